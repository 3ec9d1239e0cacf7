"""Addresses under /desk/conseil/."""

from django.urls import path

from beffroi.web.desk.council import acts, blocks, items, live, mandates, minutes, papers, sittings

_SITTING = "seances/<slug:reference>/"
urlpatterns = [
    path("", sittings.home, name="council"),
    path("seances/nouvelle/", sittings.new, name="council_sitting_new"),
    path(_SITTING, sittings.show, name="council_sitting"),
    path(f"{_SITTING}ordre-du-jour/", sittings.agenda, name="council_agenda"),
    path(f"{_SITTING}acte/<slug:act>/", acts.act, name="council_act"),
    path(f"{_SITTING}direct/", live.show, name="council_live"),
    path(f"{_SITTING}vote-groupe/", blocks.show, name="council_block"),
    path(f"{_SITTING}direct/<slug:act>/", live.act, name="council_live_act"),
    path(f"{_SITTING}convocation.pdf", papers.convocation, name="council_convocation"),
    path(f"{_SITTING}proces-verbal/", minutes.show, name="council_minutes"),
    path(
        f"{_SITTING}proces-verbal/<int:part>/", minutes.edit, name="council_minutes_edit"
    ),
    path(f"{_SITTING}proces-verbal.pdf", papers.minutes, name="council_minutes_pdf"),
    path("points/<slug:reference>/", items.show, name="council_item"),
    path("points/<slug:reference>/interet/", items.recuse, name="council_recuse"),
    path("points/<slug:reference>/extrait.pdf", papers.extract, name="council_extract"),
    path("propositions/", items.fates, name="council_fates"),
    path("mandats/", mandates.show, name="council_mandates"),
    path("mandats/organe/", mandates.body_new, name="council_body_new"),
    path("mandats/organe/<slug:key>/", mandates.mandate_new, name="council_mandate_new"),
    path("mandats/<int:pk>/", mandates.mandate, name="council_mandate"),
    path("mandats/matieres/", mandates.attribution, name="council_attribution"),
    path("mandats/aide-urgente/", mandates.limit, name="council_limit"),
]  # fmt: skip
