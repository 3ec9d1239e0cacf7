"""Addresses of the estimate of the living income; no answer ever stands in one."""

from django.urls import path

from beffroi.web.portal.estimate import views

urlpatterns = [
    path("revenu-integration/", views.explanation, name="living_income"),
    path("revenu-integration/estimation/", views.questions, name="estimate"),
    path("revenu-integration/demander/", views.carry, name="estimate_ask"),
]
