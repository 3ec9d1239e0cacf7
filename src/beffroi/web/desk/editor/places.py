"""Places: the list, one place, its name and locality."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from beffroi.directory import editor_queries, permissions, services, work_to_do
from beffroi.directory.enums import FactKind
from beffroi.web.desk.editor import facts
from beffroi.web.desk.editor.acts import actor_of, history, now, run, thing_or_404


def places_list(request: HttpRequest) -> HttpResponse:
    """This function will show the places, what is not known of each, and which are heated or cooled."""
    mine = permissions.places_editable_by(actor_of(request))
    rows = editor_queries.place_rows(mine, timezone.localdate())
    columns = [
        {"label": _("Lieu")}, {"label": _("Localité")}, {"label": _("Services"), "end": True},
        {"label": _("Chauffé, rafraîchi")}, {"label": _("Inconnues"), "end": True},
    ]  # fmt: skip
    return render(request, "desk/editor/places.html", {
        "columns": columns, "rows": [_cells(row) for row in rows],
    })  # fmt: skip


def _cells(row: editor_queries.PlaceRow) -> list[Any]:
    place = row.place
    comfort = [
        w for known, w in ((row.is_heated, _("chauffé")), (row.is_cooled, _("rafraîchi"))) if known
    ]
    return [
        {
            "text": place.name, "url": reverse("desk:editor_place", args=[place.key]),
            "sub": _("maison de quartier") if place.is_house else "",
        },
        f"{place.postal_code} {place.locality}".strip() or _("pas encore connue"),
        {"text": str(row.service_count), "end": True},
        ", ".join(comfort) or _("pas encore connu"),
        {"text": str(len(row.unknown)), "end": True, "sub": ", ".join(str(k.label).lower() for k in row.unknown)},
    ]  # fmt: skip


def place(request: HttpRequest, key: str) -> HttpResponse:
    """This function will show all that is known of a place, and each act an editor may do."""
    row = thing_or_404(request, "lieux", key)
    day = timezone.localdate()
    unknown = work_to_do.unknowns_of_places([row.pk], day)[row.pk]
    return render(request, "desk/editor/place.html", {
        "place": row, "unknown": unknown, "groups": facts.groups(row, "lieux", unknown), "sort": "lieux",
        "services": row.services.all(), "closures": editor_queries.closures_of(row, day),
        "history": history("place", key), "kinds": FactKind.choices,
    })  # fmt: skip


class PlaceForm(forms.Form):
    """The name and the locality of a place."""

    name = forms.CharField(label=gettext_lazy("Nom"), max_length=200)
    postal_code = forms.CharField(label=gettext_lazy("Code postal"), max_length=4, required=False)
    locality = forms.CharField(label=gettext_lazy("Localité"), max_length=80, required=False)
    is_house = forms.BooleanField(
        label=gettext_lazy("C’est une maison de quartier"), required=False
    )


def edit(request: HttpRequest, key: str = "") -> HttpResponse:
    """This function will change a place, or add one."""
    row = thing_or_404(request, "lieux", key) if key else None
    names = ("name", "postal_code", "locality", "is_house")
    initial = {name: getattr(row, name) for name in names} if row else {}
    form = PlaceForm(request.POST or None, initial=initial)
    title = _("Changer le lieu") if row else _("Ajouter un lieu")
    if request.method == "POST":
        back = reverse("desk:editor_place", args=[key]) if row else reverse("desk:editor_places")
        done = run(
            request, form,
            lambda data: services.edit_place(place=row, by=actor_of(request), at=now(), **data),
            _("Le lieu est gardé."), back,
        )  # fmt: skip
        if done:
            return done
    crumbs = [{"label": _("Lieux"), "url": reverse("desk:editor_places")}, {"label": title}]
    return render(request, "desk/editor/form.html", {
        "form": form, "heading": title, "act": _("Garder le lieu"), "crumbs": crumbs, "back": crumbs[0]["url"],
    })  # fmt: skip
