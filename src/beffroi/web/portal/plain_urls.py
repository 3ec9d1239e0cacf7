"""Addresses of the portal that have no language."""

from django.urls import URLPattern, path

from beffroi.web.portal import place_views

urlpatterns: list[URLPattern] = [
    path("agenda/<slug:key>.ics", place_views.agenda, name="agenda"),
]
