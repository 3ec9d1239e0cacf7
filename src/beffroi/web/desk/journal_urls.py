"""Addresses of the journal and of retention."""

from django.urls import path

from beffroi.web.desk.journal import pages, retention

urlpatterns = [
    path("journal/", pages.journal, name="journal"),
    path("journal/extrait.csv", pages.export, name="journal_export"),
    path("journal/reference/<slug:reference>/", pages.about, name="journal_about"),
    path("conservation/", retention.show, name="retention"),
]
