"""Addresses of the desk."""

from django.urls import include, path

from beffroi.web.components import views as components
from beffroi.web.desk import public_words, views

app_name = "desk"
urlpatterns = [
    path("", views.first_page, name="first_page"),
    path("composants/", components.show, name="components"),
    path("redaction/", include("beffroi.web.desk.editor_urls")),
    path("signalements/<str:reference>/", public_words.edit, name="public_words"),
    path("imports/", include("beffroi.web.desk.imports_urls")),
]
