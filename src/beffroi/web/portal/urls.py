"""Addresses of the portal, each in four languages."""

from django.urls import include, path

from beffroi.web.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("quitter/", views.quick_exit, name="quick_exit"),
    path("plan/", views.alert, name="alert"),
    path("", include("beffroi.web.portal.requests_urls")),
]
