"""Addresses under /desk/personnes/."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
