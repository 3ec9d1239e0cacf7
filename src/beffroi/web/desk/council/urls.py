"""Addresses under /desk/conseil/."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
