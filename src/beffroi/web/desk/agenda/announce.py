"""Announcing somebody at the desk: by her reference, by her name, or without an appointment."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from beffroi.accounts import queries as accounts
from beffroi.acts.agenda import permissions, queries
from beffroi.acts.agenda import services as agenda
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, Refusal
from beffroi.web.desk.agenda import words


def _desks(actor: Actor) -> list[tuple[str, str]]:
    keys = permissions.desk_teams(actor) | permissions.led_teams(actor)
    return sorted({(p.team, p.team_label) for p in actor.posts if p.team in keys}, key=lambda d: d[1])  # fmt: skip


class DeskForm(forms.Form):
    """At which desk the person stands; one alone is not asked."""

    use_required_attribute = False
    desk = forms.ChoiceField(label=lazy("Accueil"))

    def __init__(self, desks: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["desk"].choices = desks  # type: ignore[attr-defined]
        if len(desks) == 1:
            self.fields["desk"].widget = forms.HiddenInput()
            self.fields["desk"].initial = desks[0][0]
        for field in self.fields.values():
            field.error_messages["required"] = _("Il manque ceci.")


class ReferenceForm(DeskForm):
    reference = forms.CharField(
        label=lazy("Référence du rendez-vous ou de la demande"), max_length=20,
        help_text=lazy("Comme RV-7K3M9Q ou DEM-2026-00012."),
    )  # fmt: skip


class NameForm(DeskForm):
    name = forms.CharField(
        label=lazy("Nom, ou une partie"), max_length=80,
        help_text=lazy("Parmi les personnes attendues aujourd’hui."),
    )  # fmt: skip


class WalkInForm(DeskForm):
    """Somebody who comes without an appointment."""

    name = forms.CharField(label=lazy("Nom, tel que la personne le donne"), max_length=160)
    team = forms.ChoiceField(label=lazy("Pour quelle équipe"))
    subject_ref = forms.CharField(
        label=lazy("Référence de sa demande"), max_length=20, required=False
    )
    interpreter = forms.CharField(label=lazy("Interprète en"), max_length=40, required=False)
    priority_reason = forms.CharField(
        label=lazy("À recevoir d’abord : pourquoi ?"), max_length=200, required=False,
        help_text=lazy("Un nourrisson, une douleur, une peur. Vide : à son tour."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        teams = [(team.key, team.name) for team in accounts.teams()]
        self.fields["team"].choices = [("", _("Choisir")), *teams]  # type: ignore[attr-defined]


def announce(request: HttpRequest) -> HttpResponse:
    """This function will announce somebody, in one of three ways, or show the three."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    how, now = request.POST.get("how", ""), timezone.now()
    kinds: dict[str, type[DeskForm]] = {
        "reference": ReferenceForm, "name": NameForm, "walk_in": WalkInForm,
    }  # fmt: skip
    desks = _desks(actor)
    bound = {
        key: form(desks, request.POST if how == key else None, auto_id=f"{key}-%s")
        for key, form in kinds.items()
    }
    found: list[Any] | None = None
    form = bound.get(how)
    if form is not None and form.is_valid():
        given = dict(form.cleaned_data)
        if how == "name":
            found = _search(given["name"], given["desk"], actor, now)
        else:
            try:
                done = _do(how, given, actor, now)
            except InvalidInput as refused:
                for name, said in (refused.fields or {"": str(refused)}).items():
                    form.add_error(name if name in form.fields else None, said)
            except Refusal as refused:
                form.add_error(None, str(refused))
            else:
                messages.success(request, _("Ticket %(ticket)s : à remettre à la personne.") % {"ticket": done.ticket})  # fmt: skip
                return redirect("desk:agenda_waiting")
    context = {**bound, "found": found, "faulty": form if form is not None and form.errors else None}  # fmt: skip
    return render(request, "desk/agenda/announce.html", context)


def _do(how: str, given: dict[str, Any], actor: Actor, now: datetime) -> Any:
    if how == "reference":
        return agenda.announce_expected(by=actor, at=now, **given)
    given["subject_ref"] = given["subject_ref"].strip().upper()
    return agenda.announce(by=actor, at=now, **given)


def _search(typed: str, desk: str, actor: Actor, now: datetime) -> list[dict[str, str]]:
    """Who is expected today under this name; the words typed are kept nowhere."""
    sought = words.folded(typed).split()
    rows = queries.expected(permissions.appointments_visible_to(actor), timezone.localdate(now))
    hits = [row for row in rows if all(part in words.folded(row.who) for part in sought)]
    shown = agenda.read_appointments(rows=hits, name="recherche à l’accueil", by=actor, at=now)
    return [
        {
            "reference": row.reference, "who": words.who(row), "hour": words.hour(row.starts_at),
            "worker": str(row.worker), "team": row.team.name, "desk": desk,
        }
        for row in shown
    ]  # fmt: skip
