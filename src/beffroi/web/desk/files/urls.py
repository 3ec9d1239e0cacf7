"""Addresses under /desk/dossiers/."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
