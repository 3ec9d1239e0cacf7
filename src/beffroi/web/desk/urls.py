"""Addresses of the desk."""

from django.urls import path

from beffroi.web.desk import views

app_name = "desk"
urlpatterns = [path("", views.first_page, name="first_page")]
