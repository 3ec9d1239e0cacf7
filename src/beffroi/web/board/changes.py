"""Changes asked to a plan: the list, one of them, and where it goes next."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.steering import permissions, queries
from beffroi.steering.enums import ChangeState
from beffroi.web.board import forms
from beffroi.web.board.common import (
    Act,
    Section,
    actor_of,
    column,
    day,
    line_url,
    pairs,
    shown,
    tabs,
    the_plan,
)

_TONES = {
    ChangeState.DRAFT: "", ChangeState.SEEN: "amber", ChangeState.GRANTED: "copper",
    ChangeState.REFUSED: "red", ChangeState.APPLIED: "green", ChangeState.DROPPED: "",
}  # fmt: skip


def changes(request: HttpRequest, plan: str) -> HttpResponse:
    """This function will list the changes asked to a plan, with the form that asks one."""
    held = the_plan(request, plan)
    rows = [
        [
            {"text": f"{one.number} · {one.get_kind_display()}", "url": reverse("board:change", args=[plan, one.number]), "sub": one.reason[:120]},
            f"{one.line}" if one.line else _("nouvelle"),
            {"tag": one.get_state_display(), "tone": _TONES[ChangeState(one.state)]},
            day(one.effective_date),
        ]
        for one in queries.changes_of(held)
    ]  # fmt: skip
    heads = column(_("Demande"), _("Ligne"), _("Où en est-on"), _("Prend effet le"))
    sections = [Section(_("Demandes"), "", heads, rows, _("Aucun changement n’est demandé."))]
    if permissions.can_steer(actor_of(request)):
        form = forms.ChangeForm(choices=forms.change_choices(held), auto_id="demander-%s")
        partner = forms.PartnerForm(auto_id="partenaire-%s")
        sections += [
            Section(
                _("Demander un changement"),
                _("La commission donne son avis, puis le conseil décide. Le plan ne change qu’ensuite, par une nouvelle version."),
                acts=[Act("demander", _("Préparer la demande"), form, plan)],
            ),
            Section(
                _("Ajouter un partenaire"), _("Une organisation, jamais une personne."),
                acts=[Act("partenaire", _("Ajouter ce partenaire"), partner, plan, variant="secondary")],
            ),
        ]  # fmt: skip
    return shown(request, _("Modifications du plan"), "", sections, tabs=tabs(held, "changes"))


def change(request: HttpRequest, plan: str, number: int) -> HttpResponse:
    """This function will show a change, what was said of it, and the act that comes next."""
    held = the_plan(request, plan)
    one = queries.changes_of(held).filter(number=number).first()
    if one is None:
        raise Http404(str(number))
    label = {"code": _("Action"), "partner": _("Partenaire"), "delivery": _("Réalisation"), **{
        name: str(field.label) for name, field in forms.ChangeForm.base_fields.items()
    }}  # fmt: skip
    rows: list[list[Any]] = [[_("Pourquoi"), one.reason]]
    if one.line:
        address = line_url(plan, one.line.number)
        rows.append([_("Ligne"), {"text": str(one.line), "url": address}])
    rows += [[label.get(name, name), value] for name, value in one.proposed.items()]
    for said, words, when in (
        (_("Avis de la commission"), one.opinion, one.opinion_date),
        (_("Décision"), one.decision, one.decision_date),
    ):
        if words:
            rows.append([said, {"text": words, "sub": day(when)}])
    if one.effective_date:
        rows.append([_("Prend effet le"), day(one.effective_date)])
    if one.version:
        rows.append([_("Version du plan"), str(one.version.number)])
    heads = pairs()
    sections = [Section(_("Ce qui est demandé"), "", heads, rows), *_next(request, plan, one)]
    title = f"{one.number} · {one.get_kind_display()}"
    crumbs = [
        {"label": _("Modifications du plan"), "url": reverse("board:changes", args=[plan])},
        {"label": title},
    ]
    return shown(request, title, f"{one.get_state_display()}.", sections, crumbs=crumbs)


def _next(request: HttpRequest, plan: str, one: Any) -> list[Section]:
    """The acts that this agent may do on the change as it stands."""
    actor, ref = actor_of(request), f"{plan}/{one.number}"
    today = {"on": timezone.localdate()}
    acts = []
    steers, decides = permissions.can_steer(actor), permissions.can_note_decision(actor)
    if one.state == ChangeState.DRAFT and steers:
        form = forms.OpinionForm(initial=today, auto_id="avis-%s")
        acts.append(Act("avis", _("Noter cet avis"), form, ref))
    if one.state == ChangeState.SEEN and decides:
        decided = forms.DecisionForm(initial={**today, "granted": "yes"}, auto_id="decider-%s")
        acts.append(Act("decider", _("Noter cette décision"), decided, ref))
    if one.state == ChangeState.GRANTED and steers:
        acts.append(Act("appliquer", _("Appliquer au plan"), None, ref))
    if one.state in (ChangeState.DRAFT, ChangeState.SEEN) and steers:
        acts.append(Act("abandonner", _("Abandonner cette demande"), None, ref, variant="quiet"))
    return [Section(_("La suite"), acts=acts)] if acts else []
