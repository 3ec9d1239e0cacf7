"""The board of the project lead: sentences first, then each line with what it did this month."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from beffroi.steering import permissions
from beffroi.steering.accounts import Spending, spending
from beffroi.steering.late import Late, late
from beffroi.steering.watch import Watch, watch
from beffroi.web.board import overview
from beffroi.web.board.common import (
    Section,
    actor_of,
    column,
    day,
    figure_words,
    line_url,
    number,
    shown,
    tabs,
)
from beffroi.web.board.strategic.plans import home_sentences

if TYPE_CHECKING:
    from collections.abc import Iterable

    from beffroi.steering.figures import Figure
    from beffroi.steering.models import Plan, PlanLine

#: How many figures tell a month of a line.
_MOST_FIGURES = 3


def home(request: HttpRequest) -> HttpResponse:
    """This function will show what waits on the plan of the house, and each line this month."""
    plan = permissions.plans_visible_to(actor_of(request)).first()
    if plan is None:
        intro = _("Aucun plan n’est encore chargé : un administrateur le charge avec le catalogue.")
        return shown(request, _("Tableau de bord"), intro, [])
    today = timezone.localdate()
    found = watch(plan, today)
    overdue, spent = late(plan, today, found.untold), spending(plan, today)
    sections = [
        _overdue(plan, overdue, found),
        _late(plan, found),
        *overview.spending_sections(plan, spent),
        _silent(plan, found.silent, _("Toutes les lignes mesurées ont un acte ce mois-ci.")),
        _lines(plan, _("Lignes qui ont des actes ce mois-ci"), _busy(found), found, _("Aucune ligne n’a encore d’acte ce mois-ci.")),
        *overview.rights_sections(plan),
        overview.places_section(plan, found.lines, today),
        _lines(plan, _("Lignes que rien ne mesure"), found.unmeasured, found, _("Chaque ligne est mesurée.")),
    ]  # fmt: skip
    return shown(
        request, _("Tableau de bord"), plan.name, sections,
        sentences=_sentences(plan, found, overdue, spent) + home_sentences(actor_of(request), today),
        tabs=tabs(plan, "home"), month=date_format(today, "F Y"),
    )  # fmt: skip


def _overdue(plan: Plan, overdue: Late, found: Watch) -> Section:
    heads = column(_("Quoi"), _("Ce qui manque"), _("Pour quand"))
    rows = overview.late_rows(plan, overdue, found.report_due)
    return Section(_("Ce qui est en retard"), "", heads, rows, _("Rien n’est en retard."))


def _sentences(plan: Plan, found: Watch, overdue: Late, money: Spending) -> list[dict[str, Any]]:
    silent, bare = len(found.silent), len(found.unmeasured)
    said = [
        *overview.late_sentences(overdue),
        ngettext("%(n)s ligne n’a aucun acte ce mois-ci.", "%(n)s lignes n’ont aucun acte ce mois-ci.", silent) % {"n": silent} if silent else "",
        ngettext("%(n)s ligne n’est mesurée par rien.", "%(n)s lignes ne sont mesurées par rien.", bare) % {"n": bare} if bare else "",
    ]  # fmt: skip
    if money.spent is not None:
        said.append(_("%(spent)s %% du budget est dépensé ; %(gone)s %% de l’année est passée.") % {"spent": number(money.spent), "gone": number(money.gone)})  # fmt: skip
    if found.report_due:
        said.append(_report(found, overdue))
    count = len(found.to_apply)
    if count:
        said.append(ngettext("%(n)s changement accepté attend d’être appliqué.", "%(n)s changements acceptés attendent d’être appliqués.", count) % {"n": count})  # fmt: skip
    count = len(found.ending)
    if count:
        said.append(ngettext("%(n)s convention finit dans les six mois.", "%(n)s conventions finissent dans les six mois.", count) % {"n": count})  # fmt: skip
    kept = [one for one in said if one] or [_("Rien n’attend sur ce plan.")]
    return [{"text": one} for one in kept] + _to_reports(plan, found)


def _to_reports(plan: Plan, found: Watch) -> list[dict[str, Any]]:
    if not found.report_due:
        return []
    year = found.report_due.year - 1
    return [
        {
            "text": _("Les rapports de %(year)s :") % {"year": year},
            "url": reverse("board:reports", args=[plan.key, year]),
            "link_label": _("voir ce qui manque"),
        }
    ]


def _report(found: Watch, overdue: Late) -> str:
    untold = len(found.untold)
    due = {"day": day(found.report_due), "n": untold}
    if found.report_due and found.report_due < timezone.localdate() and not overdue.reports:
        return _("Les rapports de l’an passé sont partis.")
    if found.report_due and found.report_due < timezone.localdate():
        text = _("Les rapports de l’an passé étaient attendus pour le %(day)s.") % due
    else:
        text = _("Les rapports de l’an passé sont attendus pour le %(day)s.") % due
    if not untold:
        return text
    rest = ngettext("%(n)s ligne n’a pas encore dit son année.", "%(n)s lignes n’ont pas encore dit leur année.", untold) % due  # fmt: skip
    return f"{text} {rest}"


def _busy(found: Watch) -> list[PlanLine]:
    silent = {row.line_id for row in found.silent}
    return [row for row in found.lines if row.line_id in found.month and row.line_id not in silent]


def _lines(plan: Plan, title: str, rows: list[PlanLine], found: Watch, empty: str) -> Section:
    heads = column(_("Ligne"), _("Ce mois-ci"), end=(1,))
    cells = [
        [
            _named(plan, row) | {"sub": row.partner.name if row.partner else ""},
            {"text": " · ".join(_told(found.month.get(row.line_id, []))) or "–", "end": True},
        ]
        for row in rows
    ]  # fmt: skip
    return Section(title, "", heads, cells, empty)


def _told(figures: Iterable[Figure]) -> list[str]:
    """The first figures that are known, one for each unit: « 0 constat » twice would tell nothing."""
    by_unit: dict[str, str] = {}
    for one in figures:
        if one.value is not None:
            said = str(figure_words(one)["text"]).replace(" ", "\u00a0", 1)
            by_unit.setdefault(one.indicator.unit, said)
    return list(by_unit.values())[:_MOST_FIGURES]


def _named(plan: Plan, row: PlanLine) -> dict[str, Any]:
    return {"text": f"{row.line} · {row}", "url": line_url(plan.key, row.line.number)}


def _silent(plan: Plan, rows: list[PlanLine], empty: str) -> Section:
    """Lines where nothing was done: their nothing needs no figure, who does them helps."""
    heads = column(_("Ligne"), _("Réalisée par"))
    cells = [
        [_named(plan, row), row.partner.name if row.partner else _("nos services")] for row in rows
    ]
    return Section(_("Lignes sans acte ce mois-ci"), "", heads, cells, empty)


def _late(plan: Plan, found: Watch) -> Section:
    rows: list[list[Any]] = []
    for one in (*found.to_apply, *found.to_decide):
        url = reverse("board:change", args=[plan.key, one.number])
        what = {"text": f"{one.number} · {one.get_kind_display()}", "url": url}
        rows.append(
            [what, {"tag": one.get_state_display(), "tone": "amber"}, day(one.effective_date)]
        )
    for convention in found.ending:
        url = reverse("board:convention", args=[plan.key, convention.reference])
        what = {"text": convention.partner.name, "url": url, "sub": convention.get_kind_display()}
        rows.append([what, {"tag": _("finit bientôt"), "tone": "amber"}, day(convention.ends_date)])
    heads = column(_("Quoi"), _("Où en est-on"), _("Date"))
    return Section(_("Ce qui attend quelqu’un"), "", heads, rows, _("Rien n’attend."))
