"""A new site, and what a site is: on a screen, without a programmer."""

import re
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from beffroi.accounts import queries as accounts
from beffroi.acts.supplies import permissions, queries
from beffroi.acts.supplies import services as supplies
from beffroi.acts.supplies.enums import SiteKind
from beffroi.core.actors import Actor
from beffroi.core.counting import KeyKind
from beffroi.directory import place_queries
from beffroi.web.desk.small_acts import DayField, SmallForm, attempt
from beffroi.web.desk.supplies.sites import visible_site


def _keys(typed: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for key in re.split(r"[\s,;]+", typed.strip()) if key))


class SiteForm(SmallForm):
    """What a site is."""

    name = forms.CharField(label=lazy("Nom"), max_length=120)
    place = forms.ChoiceField(label=lazy("Lieu"), required=False)
    starts_on = DayField(label=lazy("Depuis le"))
    ends_on = DayField(label=lazy("Jusqu’au"), required=False)
    lines = forms.CharField(
        label=lazy("Lignes du plan"), max_length=200, required=False,
        help_text=lazy("Les numéros, séparés par une virgule : c’est là que tout compte."),
    )  # fmt: skip
    actions = forms.CharField(
        label=lazy("Actions du catalogue"), max_length=200, required=False,
        help_text=lazy("Par exemple 4.4.01."),
    )  # fmt: skip
    offer_days = forms.IntegerField(
        label=lazy("Jours pour répondre à une parcelle proposée"), min_value=1, max_value=90,
        initial=14, help_text=lazy("Pour un potager."),
    )  # fmt: skip

    def choose(self, about: Any) -> None:
        places = place_queries.places().order_by("-is_house", "name")
        self.fields["place"].choices = [  # type: ignore[attr-defined]
            ("", _("Aucun lieu de l’annuaire")), *((str(one.pk), one.name) for one in places)
        ]  # fmt: skip

    def given(self) -> dict[str, Any]:
        found = dict(self.cleaned_data)
        place = found["place"]
        draft = supplies.SiteDraft(
            name=found["name"], starts_on=found["starts_on"], ends_on=found["ends_on"],
            place=UUID(place) if place else None, offer_days=found["offer_days"],
            lines=_keys(found["lines"]), actions=_keys(found["actions"]),
        )  # fmt: skip
        return {"draft": draft}


class NewSiteForm(SiteForm):
    """What a new site is: its kind and its team too, which do not change after."""

    kind = forms.ChoiceField(label=lazy("Sorte"), choices=SiteKind.choices)
    team = forms.ChoiceField(label=lazy("Équipe qui le tient"))
    field_order = ("kind", "name", "team")

    def choose(self, about: Actor) -> None:
        super().choose(about)
        teams = [one for one in accounts.teams() if permissions.can_set_up(about, one.key)]
        self.fields["team"].choices = [(one.key, one.name) for one in teams]  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        kept = {name: self.cleaned_data[name] for name in ("kind", "team")}
        return {**super().given(), **kept}


def new(request: HttpRequest) -> HttpResponse:
    """This function will open a new site of any kind."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    first = {"starts_on": timezone.localdate()}
    form = NewSiteForm(request.POST or None, about=actor, initial=first)
    made: list[Any] = []
    if request.method == "POST" and attempt(
        form, lambda **given: made.append(supplies.create_site(**given)), by=actor,
        at=timezone.now(),
    ):  # fmt: skip
        messages.success(request, _("Le site est ouvert."))
        return redirect("desk:supplies_site", made[0].pk)
    return render(request, "desk/supplies/form.html", {
        "form": form, "title": _("Nouveau site"), "button": _("Ouvrir ce site"), "back": "desk:supplies",
        "lead": _("Une épicerie, une réserve, une donnerie, un potager… Rien d’autre à installer."),
    })  # fmt: skip


def _first(site: Any, today: date) -> dict[str, Any]:
    held = queries.keys_on(site.pk, today)
    return {
        "name": site.name, "place": str(site.place_id or ""), "starts_on": site.starts_on,
        "ends_on": site.ends_on, "offer_days": site.offer_days,
        "lines": ", ".join(key.key for key in held if key.kind == KeyKind.LINE),
        "actions": ", ".join(key.key for key in held if key.kind == KeyKind.ACTION),
    }  # fmt: skip


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """This function will change what a site is."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    site, now = visible_site(request, pk), timezone.now()
    first = _first(site, timezone.localdate(now))
    form = SiteForm(request.POST or None, about=actor, initial=first)
    if request.method == "POST" and attempt(
        form, supplies.change_site, site=pk, by=actor, at=now
    ):  # fmt: skip
        messages.success(request, _("C’est noté."))
        return redirect("desk:supplies_site", pk)
    return render(request, "desk/supplies/form.html", {
        "form": form, "title": site.name, "button": _("Garder ces changements"),
        "back": "desk:supplies",
        "lead": _("Ce qui change compte à partir d’aujourd’hui ; ce qui est compté reste où c’est."),
    })  # fmt: skip
