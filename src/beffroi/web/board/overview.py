"""Drawings of the board’s first page, each with its table: spending against time, rights, places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from beffroi.steering.diagnosis import radar
from beffroi.steering.late import Behind, Lack, Late
from beffroi.steering.places import PlanPlace, places_of
from beffroi.web import charts
from beffroi.web.board.common import Section, column, day, euro, line_url, money, number
from beffroi.web.board.diagnosis import axis_section, sense
from beffroi.web.place_maps import map_of_places

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from beffroi.steering.accounts import Spending
    from beffroi.steering.models import Plan, PlanLine


def late_rows(plan: Plan, found: Late, due: date | None) -> list[list[Any]]:
    """This function will write what is late, one row each, with the way to where it is settled."""
    rows: list[list[Any]] = []
    for kind in found.reports:
        year = due.year - 1 if due else 0
        url = reverse("board:reports", args=[plan.key, year])
        rows.append([{"text": f"{kind.label} {year}", "url": url}, _red(_("pas envoyé")), day(due)])
    rows += [_convention(plan, one) for one in found.conventions]
    for decision in found.decisions:
        url = reverse("board:meeting", args=[plan.key, decision.meeting.number])
        what = {"text": decision.text, "url": url, "sub": str(decision.owner)}
        rows.append([what, _red(_("décision en retard")), day(decision.due_date)])
    return rows


def _red(words: str) -> dict[str, Any]:
    return {"tag": words, "tone": "red"}


def _convention(plan: Plan, one: Behind) -> list[Any]:
    words = {
        Lack.PAYMENT: _("aucune tranche payée"), Lack.PROOF: _("aucune preuve reçue"),
        Lack.CHECK: _("preuves à contrôler"), Lack.BALANCE: _("solde à payer"),
        Lack.RECOVERY: _("à récupérer"),
    }  # fmt: skip
    url = reverse("board:convention", args=[plan.key, one.convention.reference])
    amount = "" if one.amount is None else euro(one.amount)
    what = {"text": one.convention.partner.name, "url": url, "sub": amount}
    return [what, _red(words[one.lack]), str(one.year)]


def late_sentences(found: Late) -> list[str]:
    """This function will say in sentences what is late."""
    said = []
    count = len(found.decisions)
    if count:
        said.append(ngettext("%(n)s décision de la commission est en retard.", "%(n)s décisions de la commission sont en retard.", count) % {"n": count})  # fmt: skip
    count = len({one.convention.pk for one in found.conventions})
    if count:
        said.append(ngettext("%(n)s convention attend un paiement, une preuve ou un contrôle.", "%(n)s conventions attendent un paiement, une preuve ou un contrôle.", count) % {"n": count})  # fmt: skip
    count = len(found.unasked)
    if count:
        said.append(ngettext("Pour %(n)s ligne sans texte, personne n’est désigné : elle ne sera demandée à personne.", "Pour %(n)s lignes sans texte, personne n’est désigné : elles ne seront demandées à personne.", count) % {"n": count})  # fmt: skip
    return said


def spending_sections(plan: Plan, found: Spending) -> list[Section]:
    """This function will draw what each nature spent of its budget against the year gone."""
    shares = found.shares()
    if not shares:
        return []
    title = _("Dépenses et temps passé")
    rows = [
        [
            one.label, money(one.budget), money(one.charged),
            {"text": "–" if share is None else f"{number(share)} %", "end": True},
        ]
        for one, share in shares
    ]  # fmt: skip
    drawn: list[tuple[str, Decimal]] = [
        (one.label, share) for one, share in shares if share is not None
    ]
    mark = _("%(gone)s %% de l’année est passée") % {"gone": number(found.gone)}
    heads = column(_("Nature"), _("Budget"), _("Payé à charge du plan"), _("Part"), end=(1, 2, 3))
    section = Section(title, "", heads, rows)
    if drawn:
        section.component, section.drawing = "bars", charts.bars(title, drawn, found.gone, mark)
    return [section]


def rights_sections(plan: Plan) -> list[Section]:
    """This function will draw access to rights by axis, as the last edition imported says it."""
    seen = radar(plan)
    if seen is None:
        return []
    found = axis_section(seen)
    for section in found:
        invented = _("Valeurs inventées.") if seen.held.is_fictional else ""
        section.text = f"{sense(seen)} {section.text} {invented}".strip()
    return found


def places_section(plan: Plan, lines: list[PlanLine], today: date) -> Section:
    """This function will draw the places of the plan, with the list of what happens at each."""
    found = places_of(lines, today)
    rows = [
        [
            str(rank),
            {"text": one.name, "url": reverse("portal:place", args=[one.key]), "sub": _where(one)},
            {"links": [{"text": f"{n:02d}", "url": line_url(plan.key, n)} for n in one.lines]},
        ]
        for rank, one in enumerate(found, 1)
    ]  # fmt: skip
    title, text = _("Lieux du plan"), ""
    lost = sum(one.spot is None for one in found)
    if lost:
        text = ngettext("%(n)s lieu n’a ni coordonnées ni localité dans l’annuaire : il est dans la liste seulement.", "%(n)s lieux n’ont ni coordonnées ni localité dans l’annuaire : ils sont dans la liste seulement.", lost) % {"n": lost}  # fmt: skip
    empty = _("Aucun acte ne dit encore où il compte pour une ligne.")
    heads = column(_("N°"), _("Lieu"), _("Lignes"))
    heads[2]["named"] = True
    section = Section(title, text, heads, rows, empty)
    if lost < len(found):
        section.component = "map"
        section.drawing = map_of_places(title, [one.spot for one in found])
    return section


def _where(one: PlanPlace) -> str:
    unknown = _("adresse à vérifier") if one.is_disputed else _("adresse inconnue")
    address = one.address or unknown
    return address if one.locality in address else f"{address}, {one.locality}"
