"""Addresses of the portal, each in four languages."""

from django.urls import include, path

from beffroi.web.portal import arrival, gatherings, views
from beffroi.web.portal.browse_urls import urlpatterns as browse_urls
from beffroi.web.portal.estimate.urls import urlpatterns as estimate_urls
from beffroi.web.portal.place_urls import place_urls
from beffroi.web.portal.plan_urls import plan_urls

app_name = "portal"
urlpatterns = [
    *browse_urls,
    path("accueil/arrivee/", arrival.arrive, name="arrival"),
    path("activites/", gatherings.show_all, name="gatherings"),
    path("activites/<int:pk>/", gatherings.show, name="gathering"),
    path("activites/<str:reference>/<str:secret>/", gatherings.show_own, name="gathering_own"),
    path("activites/<str:reference>/<str:secret>/acte/", gatherings.act, name="gathering_act"),
    path("quitter/", views.quick_exit, name="quick_exit"),
    *place_urls,
    *plan_urls,
    *estimate_urls,
    path("", include("beffroi.web.portal.requests_urls")),
]
