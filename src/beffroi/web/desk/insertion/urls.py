"""Addresses under /desk/insertion/."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
