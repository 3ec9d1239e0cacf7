"""Addresses of places, of what is printed of them, and of what the portal explains."""

from django.urls import path

from beffroi.web.portal import info_views as info
from beffroi.web.portal import place_views as places

place_urls = [
    path("maisons/", places.houses, name="houses"),
    path("lieux/", places.place_list, name="places"),
    path("lieux/<slug:key>/", places.place, name="place"),
    path("lieux/<slug:key>/semaine/", places.week, name="week"),
    path("lieux/<slug:key>/semaine.pdf", places.week_pdf, name="week_pdf"),
    path("lieux/<slug:key>/carte/", places.place_card, name="place_card"),
    path("lieux/<slug:key>/carte.pdf", places.place_card_pdf, name="place_card_pdf"),
    path("services/<slug:key>/carte/", places.service_card, name="service_card"),
    path("services/<slug:key>/carte.pdf", places.service_card_pdf, name="service_card_pdf"),
    path("plan/", info.alert, name="alert"),
    path("quel-cpas/", info.which_cpas, name="which_cpas"),
    path("a-quoi-sert-le-cpas/", info.what_is_cpas, name="what_is_cpas"),
    path("questions/", info.questions, name="questions"),
    path("questions/<int:pk>/", info.question, name="question"),
    path("questions/<int:pk>/avis/", info.question_opinion, name="question_opinion"),
    path("erreur/<slug:key>/", info.mistake, name="mistake"),
    path("accessibilite/", info.accessibility, name="accessibility"),
    path("donnees/", info.own_data, name="own_data"),
    path("a-propos/", info.about, name="about"),
]
