"""Addresses of the open standards."""

from django.urls import include, path

from beffroi.web.api import inclusion

urlpatterns = [
    path("hsds/", include("beffroi.web.api.hsds.urls")),
    path("open311/v2/", include("beffroi.web.api.open311.urls")),
    path("data-inclusion/services.json", inclusion.services, name="inclusion_services"),
    path("data-inclusion/structures.json", inclusion.structures, name="inclusion_structures"),
]
