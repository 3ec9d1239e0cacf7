"""Addresses to find a service: by words, by need, by audience, from A to Z."""

from django.urls import path

from beffroi.web.portal import browse_views, search_views

urlpatterns = [
    path("", browse_views.home, name="home"),
    path("trouver/", search_views.find, name="find"),
    path("reponse/", search_views.answer, name="answer"),
    path("besoins/", browse_views.needs, name="needs"),
    path("besoins/<slug:key>/", browse_views.need, name="need"),
    path("pour/", browse_views.audiences, name="audiences"),
    path("pour/<slug:key>/", browse_views.audience, name="audience"),
    path("services/", browse_views.services, name="services"),
    path("services/<slug:key>/", browse_views.service, name="service"),
]
