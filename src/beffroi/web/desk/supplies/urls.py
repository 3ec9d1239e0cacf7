"""Addresses under /desk/distributions/."""

from django.urls import path

from beffroi.web.desk.supplies import articles, cards, counting, recalls, site_forms, sites, till

_ONE, _CARD, _PASSAGE = "<int:pk>/", "cartes/<int:pk>/", "passages/<int:pk>/"

urlpatterns = [
    path("", sites.show_all, name="supplies"),
    path("nouveau/", site_forms.new, name="supplies_site_new"),
    path("articles/", articles.show_all, name="supplies_articles"),
    path("articles/nouveau/", articles.new, name="supplies_article_new"),
    path("articles/<int:pk>/", articles.edit, name="supplies_article"),
    path("rappels/", recalls.show_all, name="supplies_recalls"),
    path("rappels/<int:pk>/", recalls.show, name="supplies_recall"),
    path(_CARD, cards.show, name="supplies_card"),
    path(f"{_CARD}acte/<slug:act>/", cards.act, name="supplies_card_act"),
    path(f"{_CARD}caisse/", till.basket, name="supplies_till_card"),
    path(_PASSAGE, till.passage, name="supplies_passage"),
    path(f"{_PASSAGE}acte/<slug:act>/", till.act, name="supplies_passage_act"),
    path(_ONE, sites.show, name="supplies_site"),
    path(f"{_ONE}modifier/", site_forms.edit, name="supplies_site_edit"),
    path(f"{_ONE}acte/<slug:act>/", sites.act, name="supplies_act"),
    path(f"{_ONE}inventaire/", counting.show, name="supplies_count"),
    path(f"{_ONE}cartes/", cards.show_all, name="supplies_cards"),
    path(f"{_ONE}cartes/nouvelle/", cards.new, name="supplies_card_new"),
    path(f"{_ONE}caisse/", till.search, name="supplies_till"),
]
