"""Addresses of the open standards."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
