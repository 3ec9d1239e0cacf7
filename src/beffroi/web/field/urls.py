"""Addresses under /field/."""

from django.urls import path

from beffroi.web.field import sessions

app_name = "field"
urlpatterns = [
    path("", sessions.today, name="today"),
    path("seances/<int:pk>/", sessions.show, name="session"),
    path("seances/<int:pk>/acte/<slug:act>/", sessions.act, name="act"),
]
