"""Addresses under /desk/dettes/."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
