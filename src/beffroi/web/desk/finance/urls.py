"""Addresses under /desk/finances/."""

from django.urls import URLPattern, path

from beffroi.web.desk.finance import acts, files, follow_up, pages, runs, subsidies

urlpatterns: list[URLPattern] = [
    path("", pages.month, name="finance"),
    path("echeances/", pages.dues, name="finance_dues"),
    path("paiements/", runs.listed, name="finance_runs"),
    path("paiements/<str:reference>/", runs.show, name="finance_run"),
    path("paiements/<str:reference>/fichier/", files.run_file, name="finance_run_file"),
    path("banque/", follow_up.bank, name="finance_bank"),
    path("retours/", follow_up.returns, name="finance_returns"),
    path("comptes/", follow_up.accounts, name="finance_accounts"),
    path("retenues/", follow_up.holds, name="finance_holds"),
    path("recuperations/", follow_up.claims, name="finance_claims"),
    path("recuperations/<str:reference>/", follow_up.claim, name="finance_claim"),
    path("comptabilite/", pages.ledger, name="finance_ledger"),
    path("subvention/", subsidies.refunds, name="finance_refunds"),
    path("subvention/<int:year>/<int:month>/", subsidies.refund, name="finance_refund"),
    path(
        "subvention/<int:year>/<int:month>/<slug:kind>/",
        files.refund_file,
        name="finance_refund_file",
    ),
    path("acte/<slug:act>/", acts.act, name="finance_act"),
]
