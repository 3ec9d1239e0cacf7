"""The words of a line for a year, asked of the agent who knows it: one page, one form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.rules.cohesion_plan import UnknownYear, report_due
from beffroi.steering import permissions, queries, tellers
from beffroi.steering import services as steering
from beffroi.steering.figures import figures_of_year
from beffroi.web.board import commission_forms
from beffroi.web.board.common import (
    Section,
    actor_of,
    column,
    day,
    figure_words,
    last_day,
    shown,
)
from beffroi.web.board.deeds import Deed, Done, Page
from beffroi.web.board.forms import YearTextForm

if TYPE_CHECKING:
    from beffroi.steering.models import Line

_TEXTS = ("status", "reason", "worked", "hard", "change_planned", "version")


def line_text(request: HttpRequest, plan: str, number: int, year: int) -> HttpResponse:
    """This function will ask how a line went in a year, beside what its acts already say."""
    actor, today = actor_of(request), timezone.localdate()
    rows = permissions.lines_to_tell_by(actor).filter(plan__key=plan, number=number)
    held = rows.first()
    if held is None or not held.since_date.year <= year <= today.year:
        raise Http404(f"{plan}/{number}/{year}")
    steers = permissions.can_steer(actor)
    page = Page(request, _deeds(held, year))
    if reply := page.post():
        return reply
    said = queries.years_of([held], year).get(held.pk)
    values = {name: getattr(said, name) for name in _TEXTS} if said else {"version": 0}
    copies = list(queries.history_of(held))
    sections = [
        Section(
            _("Ce que disent les actes de %(year)s") % {"year": year},
            _("Ces chiffres sont comptés : vous n’avez rien à recopier."),
            column(_("Indicateur"), _("Chiffre"), end=(1,)),
            [
                [one.indicator.label, figure_words(one)]
                for one in figures_of_year([held], year, last_day(year))
            ],
            _("Cette ligne n’est pas encore mesurée."),
        ),
        Section(_("Ce que vous seul savez"), "", acts=[page.act("dire", **values)]),
    ]
    if steers:
        sections.append(_tellers(held, page))
    title = _("Ligne %(number)s : racontez %(year)s") % {"number": held, "year": year}
    sentences = [{"text": one} for one in _due(year, said is not None)]
    crumbs = [{"label": str(copies[-1]), "url": reverse("board:line", args=[plan, number])}] if steers else []  # fmt: skip
    if crumbs:
        crumbs.append({"label": title})
    return shown(
        request, title, str(copies[-1]), sections, crumbs=crumbs, sentences=sentences,
        wrong=page.wrong,
    )  # fmt: skip


def _due(year: int, told: bool) -> list[str]:
    said = [_("C’est déjà raconté : vous pouvez encore le corriger.")] if told else []
    try:
        due = report_due(year)
    except UnknownYear:
        return said
    return [*said, _("Les rapports partent pour le %(day)s.") % {"day": day(due)}]


def _tellers(held: Line, page: Page) -> Section:
    rows = [
        [{"text": str(one.agent), "sub": "" if one.agent.email else _("pas d’adresse : elle ne reçoit pas de rappel")}, day(one.since_date)]
        for one in tellers.tellers_of(held)
    ]  # fmt: skip
    heads = column(_("Agent"), _("Depuis le"))
    text = _("Elle reçoit un rappel avec le lien de cette page, et peut l’écrire.")
    acts = [page.act("nommer")]
    if rows:
        acts.append(page.act("liberer"))
    return Section(_("Qui raconte cette ligne"), text, heads, rows, _("Personne n’est désigné."), acts)  # fmt: skip


def _deeds(held: Line, year: int) -> dict[str, Deed]:
    def tell(done: Done) -> str:
        steering.tell_year(line=held, year=year, **done.data, **done.who)
        return _("Ce que vous dites de %(year)s est enregistré. Merci.") % {"year": year}

    def agent_form(data: Any, _files: Any, **more: Any) -> commission_forms.TellerForm:
        offered = tellers.agents_who_may_tell(timezone.localdate())
        choices = {"agent": [(str(one.pk), str(one)) for one in offered]}
        return commission_forms.TellerForm(data, choices=choices, **more)

    def name(done: Done) -> str:
        row = steering.name_teller(line=held, agent=int(done.data["agent"]), **done.who)
        return _("%(who)s racontera cette ligne.") % {"who": row.agent}

    def named_form(data: Any, _files: Any, **more: Any) -> commission_forms.TellerForm:
        rows = tellers.tellers_of(held)
        choices = {"agent": [(str(one.agent_id), str(one.agent)) for one in rows]}
        return commission_forms.TellerForm(data, choices=choices, **more)

    def free(done: Done) -> str:
        row = tellers.tellers_of(held).get(agent=done.data["agent"])
        steering.drop_teller(teller=row, **done.who)
        return _("%(who)s ne sera plus sollicitée pour cette ligne.") % {"who": row.agent}

    return {
        "dire": Deed("dire", _("Enregistrer"), lambda d, _f, **m: YearTextForm(d, **m), tell),
        "nommer": Deed("nommer", _("Désigner cet agent"), agent_form, name, _("Désigner quelqu’un")),
        "liberer": Deed("liberer", _("Ne plus le solliciter"), named_form, free, _("Ne plus solliciter quelqu’un"), variant="quiet"),
    }  # fmt: skip
