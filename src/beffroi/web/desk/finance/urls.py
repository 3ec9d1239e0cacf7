"""Addresses under /desk/finances/."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
