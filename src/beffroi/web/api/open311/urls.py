"""Addresses of GeoReport v2."""

from django.urls import re_path

from beffroi.web.api.open311 import views

app_name = "open311"
_FORM = r"\.(?P<form>json|xml)$"
urlpatterns = [
    re_path(rf"^services{_FORM}", views.services, name="services"),
    re_path(rf"^services/(?P<code>[\w-]+){_FORM}", views.service, name="service"),
    re_path(rf"^requests{_FORM}", views.requests, name="requests"),
    re_path(rf"^requests/(?P<reference>[\w-]+){_FORM}", views.one_request, name="request"),
]
