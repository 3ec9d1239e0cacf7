"""Addresses of the imports of other directories."""

from django.urls import path

from beffroi.web.desk import imports

urlpatterns = [
    path("", imports.runs, name="imports"),
    path("nouveau/", imports.new, name="import_new"),
    path("<uuid:ident>/", imports.report, name="import_report"),
    path("<uuid:ident>/rapport.csv", imports.report_csv, name="import_csv"),
]
