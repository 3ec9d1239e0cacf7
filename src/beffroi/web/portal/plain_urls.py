"""Addresses of the portal that have no language."""

from django.urls import path

from beffroi.web.portal import place_views, sitemap

urlpatterns = [
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
    path("robots.txt", sitemap.robots, name="robots"),
    path("agenda/<slug:key>.ics", place_views.agenda, name="agenda"),
]
