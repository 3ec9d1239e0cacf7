"""Addresses under /desk/dettes/."""

from django.urls import URLPattern, path

from beffroi.web.desk.debts import (
    account,
    acts,
    budget,
    creditors,
    figures,
    inventory,
    letters,
    lists,
    new,
    page,
    plan,
    simulate,
)

urlpatterns: list[URLPattern] = [
    path("", lists.show, name="debts"),
    path("nouveau/", new.choose, name="debts_new"),
    path("extrait.csv", lists.extract, name="debts_extract"),
    path("creanciers/", creditors.show, name="debts_creditors"),
    path("creanciers/<int:pk>/", creditors.change, name="debts_creditor"),
    path("chiffres/", figures.show, name="debts_figures"),
    path("<slug:reference>/", page.show, name="debts_file"),
    path("<slug:reference>/acte/<slug:act>/", acts.act, name="debts_act"),
    path("<slug:reference>/inventaire/", inventory.enter, name="debts_inventory"),
    path("<slug:reference>/inventaire/<int:debt>/", inventory.change, name="debts_debt"),
    path("<slug:reference>/budget/", budget.draw, name="debts_budget"),
    path("<slug:reference>/simulation/", simulate.show, name="debts_simulate"),
    path("<slug:reference>/plans/<int:number>/", plan.show, name="debts_plan"),
    path("<slug:reference>/plans/<int:number>/acte/<slug:act>/", plan.act, name="debts_plan_act"),
    path("<slug:reference>/plans/<int:number>/echeancier.pdf", plan.print_pdf, name="debts_plan_pdf"),
    path("<slug:reference>/lettres/", letters.write, name="debts_letters"),
    path("<slug:reference>/lettres/<int:letter>/acte/<slug:act>/", letters.act, name="debts_letter_act"),
    path("<slug:reference>/compte/", account.show, name="debts_account"),
    path("<slug:reference>/compte/acte/<slug:act>/", account.act, name="debts_account_act"),
]  # fmt: skip
