"""Addresses under /desk/personnes/: numbers and references, never a word about anybody."""

from django.urls import URLPattern, path

from beffroi.web.desk.people import (
    acts,
    doubles,
    edit,
    entry,
    export,
    keepers,
    page,
    search,
    staff,
)

urlpatterns: list[URLPattern] = [
    path("", search.show, name="people"),
    path("nouvelle/", entry.new, name="person_new"),
    path("carte/", entry.card, name="person_eid"),
    path("doublons/", doubles.listed, name="duplicates"),
    path("doublons/<slug:first>/<slug:second>/", doubles.compare, name="duplicate"),
    path("doublons/<slug:first>/<slug:second>/decider/", doubles.decide, name="duplicate_decide"),
    path("fusions/<int:pk>/defaire/", doubles.undo, name="merge_undo"),
    path("agents/", staff.show, name="staff_people"),
    path("agents/<int:agent>/<slug:reference>/", staff.end, name="staff_people_end"),
    path("<slug:reference>/", page.show, name="person"),
    path("<slug:reference>/export/", export.export, name="person_export"),
    path("<slug:reference>/identite/", edit.identity, name="person_edit"),
    path("<slug:reference>/acte/<slug:act>/", acts.act, name="person_act"),
    path("<slug:reference>/finir/<slug:what>/<int:pk>/", acts.end, name="person_end"),
    path("<slug:reference>/adresses/<int:pk>/", edit.address, name="person_address"),
    path("<slug:reference>/adresses/<int:pk>/ouvrir/", page.open_seal, name="person_seal"),
    path("<slug:reference>/adresses/<int:pk>/lecteurs/", keepers.show, name="person_keepers"),
    path(
        "<slug:reference>/adresses/<int:pk>/lecteurs/<int:agent>/",
        keepers.end,
        name="person_keeper_end",
    ),
]
