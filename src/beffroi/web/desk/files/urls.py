"""Addresses under /desk/dossiers/."""

from django.urls import path

from beffroi.web.desk.files import (
    application,
    computation,
    decisions,
    from_request,
    lists,
    new,
    page,
    proofs,
    reception,
    records,
    urgent,
)

urlpatterns = [
    path("", lists.files, name="files"),
    path("nouveau/", from_request.new_file, name="file_new"),
    path("depuis/<slug:reference>/", from_request.show, name="file_from_request"),
    path("ouvertures/", decisions.openings, name="file_openings"),
    path("demandes/<str:reference>/acter/", decisions.record, name="decision_record"),
    path("decisions/<str:number>/<slug:act>/", decisions.act, name="decision_act"),
    path("decisions/<str:number>/document/<slug:kind>/", proofs.write, name="decision_proof"),
    path("suivi/<str:number>/", records.show, name="record"),
    path("suivi/<str:number>/<slug:act>/", records.act, name="record_act"),
    path("accueil/", reception.nights, name="reception_nights"),
    path("urgences/", urgent.waiting, name="urgent_aids"),
    path("urgences/<str:reference>/", urgent.decide, name="urgent_aid"),
    path("demandes/<str:reference>/", application.show, name="application"),
    path("demandes/<str:reference>/acte/<slug:act>/", application.act, name="application_act"),
    path(
        "demandes/<str:reference>/retirer/<slug:line>/<int:pk>/",
        application.remove,
        name="application_remove",
    ),
    path("calculs/<str:reference>/", computation.show, name="computation"),
    path("calculs/<str:reference>.pdf", computation.pdf, name="computation_pdf"),
    path("<str:number>/", page.show, name="file"),
    path("<str:number>/ouvrir/", page.open_with_reason, name="file_open"),
    path("<str:number>/confier/", page.assign, name="file_assign"),
    path("<str:number>/demande/", new.open_application, name="application_new"),
    path("<str:number>/delais/<int:clock>/", page.clock, name="file_clock"),
]
