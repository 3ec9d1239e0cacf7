"""Addresses of the portal that have no language."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
