"""Addresses of the open standards."""

from django.urls import include, path

urlpatterns = [
    path("hsds/", include("beffroi.web.api.hsds.urls")),
]
