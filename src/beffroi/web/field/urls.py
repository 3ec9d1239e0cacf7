"""Addresses under /field/."""

from django.urls import path

from beffroi.web.field import offline, sessions

app_name = "field"
urlpatterns = [
    path("", sessions.today, name="today"),
    path("sw.js", offline.worker, name="worker"),
    path("manifest.webmanifest", offline.manifest, name="manifest"),
    path("synchro/", offline.sync, name="sync"),
    path("seances/<int:pk>/", sessions.show, name="session"),
    path("seances/<int:pk>/acte/<slug:act>/", sessions.act, name="act"),
]
