"""A plan line by line under its axes, and the rules of a year with what is not verified."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from beffroi.rules.cohesion_plan import RegimeValue, UnknownYear
from beffroi.rules.cohesion_plan import regime as regime_of
from beffroi.steering import queries
from beffroi.steering.enums import Delivery, LineState
from beffroi.steering.figures import Figure, figures_of_year
from beffroi.web.board.common import (
    Section,
    column,
    day,
    figure_words,
    last_day,
    line_url,
    shown,
    tabs,
    the_plan,
    year_of,
)

if TYPE_CHECKING:
    from beffroi.steering.models import PlanLine

#: A line of the list shows this many figures; its own page has them all.
_FIGURES = 2
_TONES = {
    LineState.ACTIVE: "green", LineState.SUSPENDED: "amber", LineState.COMPLETED: "",
    LineState.REMOVED: "red",
}  # fmt: skip


def plan(request: HttpRequest, plan: str) -> HttpResponse:
    """This function will show the lines of a plan under their axes, with their first figures."""
    held, year = the_plan(request, plan), year_of(request)
    version = queries.version_on(held, last_day(year)) or queries.latest_version(held)
    rows = list(queries.lines_of(version)) if version else []
    figures: dict[int, list[Figure]] = {}
    for figure in figures_of_year([row.line for row in rows], year, last_day(year)):
        figures.setdefault(figure.indicator.line_id, []).append(figure)
    sections = []
    for axis in queries.axes_of(held.programme):
        lines = [row for row in rows if row.action.axis_id == axis.pk]
        rights = ", ".join(right.name for right in axis.rights.all())
        sections.append(
            Section(
                str(axis), _("Droits : %(rights)s.") % {"rights": rights},
                column(_("Ligne"), _("Réalisée par"), _("État"), _("Chiffres %(year)s") % {"year": year}, end=(3,)),
                [_row(plan, row, figures.get(row.line_id, [])) for row in lines],
                _("Aucune ligne de ce plan ne sert cet axe."),
            )
        )  # fmt: skip
    intro = _("%(state)s. Porté par : %(who)s. Version %(number)s.") % {
        "state": held.get_state_display(), "who": held.pilot_service,
        "number": version.number if version else "–",
    }  # fmt: skip
    return shown(request, held.name, intro, sections, tabs=tabs(held, "plan"))


def _row(plan: str, row: PlanLine, figures: list[Figure]) -> list[Any]:
    number = row.line.number
    words = [figure_words(figure)["text"] for figure in figures[:_FIGURES]]
    return [
        {"text": f"{number:02d} · {row}", "url": line_url(plan, number), "sub": row.action.code},
        {
            "text": row.partner.name if row.partner else _("nos services"),
            "tag": row.get_delivery_display() if row.delivery == Delivery.ART20 else "",
        },
        {"tag": row.get_state_display(), "tone": _TONES[LineState(row.state)]},
        {"text": " · ".join(words) or _("pas encore mesurée"), "end": True},
    ]


def regime(request: HttpRequest, plan: str, year: int) -> HttpResponse:
    """This function will show the rules of a year, each with its source or « non vérifiée »."""
    held = the_plan(request, plan)
    try:
        values = regime_of(year)
    except UnknownYear as unknown:
        raise Http404(str(year)) from unknown
    heads = column(_("Règle"), _("Vaut"), _("Vérifiée ?"), _("D’où cela vient"))
    years = [[{"text": str(n), "url": reverse("board:regime", args=[plan, n])}] for n in _years()]
    sections = [
        Section(_("Règles de %(year)s") % {"year": year}, "", heads, [_rule(one) for one in values]),
        Section(_("Autres années"), "", column(_("Année")), years),
    ]  # fmt: skip
    intro = _("Une règle non vérifiée se confirme au texte avant de s’y fier.")
    title = _("Règles du plan, %(year)s") % {"year": year}
    return shown(request, title, intro, sections, tabs=tabs(held, "regime"))


def _years() -> list[int]:
    found = []
    for year in range(2020, 2040):
        try:
            regime_of(year)
        except UnknownYear:
            break
        found.append(year)
    return found


def _rule(one: RegimeValue) -> list[Any]:
    said = {True: _("oui"), False: _("non"), None: _("à demander au SPW")}
    value = said[one.value] if one.value is None or isinstance(one.value, bool) else str(one.value)
    mark = {"tag": _("vérifiée"), "tone": "green"} if one.is_verified else {
        "tag": _("règle non vérifiée"), "tone": "amber", "sub": one.note,
    }  # fmt: skip
    source = {"text": one.source, "url": one.url, "sub": one.reference}
    return [{"text": one.description, "sub": one.unit}, value, mark, source]


def line_facts(row: PlanLine) -> tuple[str, list[list[Any]]]:
    """This function will give what a line says: what it leaves unsaid, then the rows of a table."""
    facts = (
        (_("Action du catalogue"), str(row.action)),
        (_("Axe"), str(row.action.axis)),
        (_("But"), row.objective),
        (_("Pour qui"), row.publics),
        (_("Où"), row.sites),
        (_("Dispositif complété"), row.completes),
        (_("Réalisation"), row.get_delivery_display()),
        (_("Partenaire"), row.partner.name if row.partner else ""),
        (_("Responsable"), row.responsible),
        (_("Du"), day(row.starts_date)),
        (_("Au"), day(row.ends_date)),
        (_("Résultats attendus"), row.expected),
    )
    silent = {_("Partenaire"), _("Au")}
    unsaid = [label.lower() for label, value in facts if not value and label not in silent]
    words = _("Pas encore dit : %(what)s.") % {"what": ", ".join(unsaid)} if unsaid else ""
    return words, [[label, value] for label, value in facts if value]
