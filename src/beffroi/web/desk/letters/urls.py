"""Addresses under /desk/courriers/."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
