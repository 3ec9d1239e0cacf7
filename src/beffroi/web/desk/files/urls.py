"""Addresses under /desk/dossiers/."""

from django.urls import path

from beffroi.web.desk.files import application, computation, decisions, lists, page

urlpatterns = [
    path("", lists.files, name="files"),
    path("nouveau/", page.new_file, name="file_new"),
    path("ouvertures/", decisions.openings, name="file_openings"),
    path("demandes/<str:reference>/acter/", decisions.record, name="decision_record"),
    path("decisions/<str:number>/<slug:act>/", decisions.act, name="decision_act"),
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
    path("<str:number>/demande/", page.open_application, name="application_new"),
    path("<str:number>/delais/<int:clock>/", page.clock, name="file_clock"),
]
