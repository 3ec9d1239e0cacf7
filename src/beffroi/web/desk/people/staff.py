"""Which agent is which person: her own file and those of her kin then stay shut to her."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from beffroi.accounts import queries as accounts
from beffroi.core.actors import Actor
from beffroi.core.errors import NotAllowed, Refusal
from beffroi.people import queries
from beffroi.people import services as people
from beffroi.people.enums import StaffLink
from beffroi.people.staff import StaffRow, staff_rows
from beffroi.web.desk.people import words
from beffroi.web.desk.people.act_forms import ReasonForm
from beffroi.web.desk.people.forms import PeopleForm, day_field, tell


class StaffForm(PeopleForm):
    """Which agent is which person."""

    agent = forms.TypedChoiceField(label=lazy("Agent"), coerce=int)
    link = forms.ChoiceField(label=lazy("Cette personne"), choices=StaffLink.choices)
    number = forms.CharField(
        label=lazy("Numéro national de la personne, ou sa référence"), max_length=20,
        help_text=lazy("La référence commence par P."),
    )  # fmt: skip
    born = day_field(
        lazy("Sa date de naissance"), required=True,
        help_text=lazy("Pour être sûr : elle doit être celle de ce numéro."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agents = accounts.agents_with_posts(timezone.localdate()).filter(is_active=True)
        known = [(one.pk, f"{one} ({one.username})") for one in agents]
        self.fields["agent"].choices = [("", _("Choisir")), *known]  # type: ignore[attr-defined]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """This function will list which agent is which person, and note another."""
    form = StaffForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            people.link_staff(
                agent=given["agent"], born=given["born"], link=given["link"],
                reference=queries.holder_of(given["number"]) or given["number"],
                by=request.actor, at=timezone.now(),  # type: ignore[attr-defined]
            )  # fmt: skip
        except people.UnknownPerson:
            form.add_error("number", _("Personne n’a ce numéro et cette date de naissance ici."))
        except NotAllowed:
            raise
        except Refusal as refused:
            tell(form, refused)
        else:
            messages.success(
                request, _("C’est noté : cette personne et ses proches sont fermés à cet agent.")
            )
            return redirect("desk:staff_people")
    return render(request, "desk/people/staff.html", _context(request, form), status=_status(form))


def _status(form: forms.Form) -> int:
    return 422 if form.errors else 200


def _context(request: HttpRequest, form: StaffForm) -> dict[str, Any]:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    rows = staff_rows(actor)
    people.note_list_read(
        references=[row.reference for row in rows if row.reference], name="agents", by=actor,
        at=timezone.now(),
    )  # fmt: skip
    heads = (_("Agent"), _("Personne"), _("Lien"), _("Noté le"))
    return {
        "form": form,
        "columns": [*({"label": head} for head in heads), {"label": _("Acte"), "hidden": True}],
        "rows": [_row(row, actor) for row in rows],
        "empty": {
            "title": _("Aucun agent n’est encore noté comme personne."),
            "text": _("Sans cela, rien n’empêche un agent d’ouvrir son propre dossier."),
        },
    }


def _row(row: StaffRow, actor: Actor) -> list[dict[str, Any]]:
    agent = {"text": row.agent, "tag": "" if row.is_active else _("parti"), "tone": ""}
    known = row.person or (_("Un proche") if row.reference else _("Fermée à vous"))
    person = {"text": known, "sub": row.reference}
    end: dict[str, Any] = {"text": ""}
    if row.reference and str(row.agent_id) != actor.ref:
        url = reverse("desk:staff_people_end", args=[row.agent_id, row.reference])
        end = {"text": _("Retirer"), "url": url}
    return [
        agent,
        person,
        {"text": row.link_label},
        {"text": words.day(timezone.localtime(row.declared_at))},
        end,
    ]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, agent: int, reference: str) -> HttpResponse:
    """This function will take back that an agent is a person, with a reason."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    rows = staff_rows(actor)
    row = next((r for r in rows if (r.agent_id, r.reference) == (agent, reference)), None)
    if row is None or str(agent) == actor.ref:
        raise Http404
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            people.unlink_staff(
                agent=agent, reference=reference, reason=form.cleaned_data["reason"], by=actor,
                at=timezone.now(),
            )  # fmt: skip
        except NotAllowed:
            raise
        except Refusal as refused:
            tell(form, refused)
        else:
            messages.success(request, _("C’est retiré."))
            return redirect("desk:staff_people")
    return render(
        request, "desk/people/staff_end.html", {"form": form, "row": row}, status=_status(form)
    )
