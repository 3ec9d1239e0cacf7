"""The money of a year: what is due, by nature and by line, the forecast, the accounts beside."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.steering import accounts, permissions, queries
from beffroi.web.board import forms
from beffroi.web.board.common import (
    Act,
    Section,
    actor_of,
    column,
    day,
    money,
    number,
    pairs,
    shown,
    tabs,
    the_plan,
)
from beffroi.web.sections import MOST

if TYPE_CHECKING:
    from beffroi.steering.models import Plan

#: Above this part of wages in what is charged, the page says so.
_MUCH = Decimal(75)


def year_money(request: HttpRequest, plan: str, year: int) -> HttpResponse:
    """This function will show the money of a year and the acts that keep it."""
    held, today = the_plan(request, plan), timezone.localdate()
    if not held.programme.starts_date.year <= year <= today.year + 1:
        raise Http404(str(year))
    found = accounts.year_money(held, year)
    sections = [
        _recap(found),
        _charged(_("Par nature"), found.by_nature),
        _charged(_("Par ligne"), found.by_line, _titles(held)),
        _art20(plan, found),
    ]
    if year == today.year:
        sections.insert(1, _forecast(held, today))
    sections.append(_reconciliation(held, year))
    if permissions.can_keep_money(actor_of(request)):
        sections += _acts(held, year)
    intro = _(
        "Montants en euros. Seul ce qui est payé et admissible se justifie ; l’article 20 se compte à part."
    )
    years = [
        {"label": str(n), "url": reverse("board:money", args=[plan, n]), "current": n == year}
        for n in range(held.programme.starts_date.year, today.year + 1)
    ]
    title = _("Argent du plan, %(year)s") % {"year": year}
    tab = tabs(held, "money")
    return shown(
        request, title, intro, sections, tabs=tab, sentences=_sentences(found), years=years
    )


def _sentences(found: accounts.YearMoney) -> list[dict[str, Any]]:
    said = []
    if found.subsidy is None:
        said.append(
            _("La subvention de cette année n’est pas encore notifiée : rien ne se calcule.")
        )
    if found.justification and found.justification.gap:
        said.append(_("Il reste %(gap)s à justifier pour garder toute la subvention.") % {"gap": money(found.justification.gap)["text"]})  # fmt: skip
    if found.justification and not found.justification.is_verified:
        said.append(_("Une règle au moins de ce calcul n’est pas vérifiée."))
    if found.wage_share is not None and found.wage_share > _MUCH:
        said.append(_("Les salaires font %(share)s %% de ce qui est à charge du plan.") % {"share": number(found.wage_share)})  # fmt: skip
    return [{"text": one} for one in said]


def _recap(found: accounts.YearMoney) -> Section:
    done = found.justification
    labels = (
        (_("Subvention notifiée"), found.subsidy),
        (_("Part propre, au moins"), done.own_share_min if done else None),
        (_("Total à justifier"), done.total_to_justify if done else None),
        (_("Dépenses admissibles payées, hors article 20"), found.eligible),
        (_("Subvention due"), done.due if done else None),
        (_("Part propre payée"), done.own_paid if done else None),
        (_("Subvention non utilisée"), done.unused if done else None),
    )
    rows = [[label, money(amount)] for label, amount in labels]
    return Section(_("Justification"), "", pairs(figures=True), rows)


def _forecast(plan: Plan, today: date) -> Section:
    found = accounts.forecast(plan, today)
    done = found.justification
    labels = (
        (_("Payé"), found.paid), (_("Engagé, pas encore payé"), found.committed),
        (_("Salaires des mois à venir"), found.wages_to_come), (_("Total attendu"), found.total),
        (_("Subvention qui serait due"), done.due if done else None),
        (_("Subvention qui serait perdue"), done.unused if done else None),
    )  # fmt: skip
    rows = [[label, money(amount)] for label, amount in labels]
    heads = pairs(figures=True)
    return Section(_("Où nous en serons au 31 décembre"), "", heads, rows)


def _titles(plan: Plan) -> dict[str, str]:
    version = queries.latest_version(plan)
    lines = queries.lines_of(version) if version else []
    return {str(row.line): f"{row.line} · {row}" for row in lines}


def _charged(
    title: str, found: list[accounts.Charged], titles: Mapping[str, str] | None = None
) -> Section:
    rows = [
        [(titles or {}).get(one.label, one.label), *(money(amount) for amount in (one.budget, one.spent, one.eligible, one.charged))]
        for one in found
    ]  # fmt: skip
    heads = column(
        _("Quoi"), _("Budget"), _("Dépensé"), _("Admissible"), _("À charge du plan"), end=(1, 2, 3, 4)
    )  # fmt: skip
    return Section(title, "", heads, rows, _("Rien n’est encore encodé."), scrolls=True)


def _art20(plan: str, found: accounts.YearMoney) -> Section:
    rows = [
        [
            {"text": one.partner.name, "url": reverse("board:convention", args=[plan, one.reference])},
            *(money(amount) for amount in (account.granted, account.justified, account.accepted, account.paid, account.balance)),
        ]
        for one, account in found.art20
    ]  # fmt: skip
    heads = column(
        _("Partenaire"), _("Accordé"), _("Justifié"), _("Accepté"), _("Payé"), _("Solde"),
        end=(1, 2, 3, 4, 5),
    )  # fmt: skip
    empty = _("Aucune convention de l’article 20 cette année.")
    return Section(_("Article 20, à part"), "", heads, rows, empty, scrolls=True)


def _reconciliation(plan: Plan, year: int) -> Section:
    rows = []
    for one in accounts.reconcile(plan, year):
        state = {"tag": _("égal"), "tone": "green"}
        if one.difference:
            state = {"tag": _("expliqué"), "tone": "amber", "sub": one.why} if one.why else {"tag": _("à expliquer"), "tone": "red"}  # fmt: skip
        rows.append(
            [one.function, money(one.accounts), money(one.plan), money(one.difference), state]
        )
    heads = column(
        _("Fonction"), _("Comptabilité"), _("Plan"), _("Différence"), _("État"), end=(1, 2, 3)
    )
    empty = _("Aucun export de la comptabilité n’est encore lu.")
    return Section(_("Comptabilité et plan"), "", heads, rows, empty, scrolls=True)


def _acts(plan: Plan, year: int) -> list[Section]:
    ref, choices = f"{plan.key}/{year}", forms.money_choices(plan)
    today = {"on": timezone.localdate(), "on_date": timezone.localdate()}
    rows = list(accounts.rows_to_charge(plan, year)[:MOST])
    sections = [
        Section(_("Ajouter une dépense"), acts=[
            Act("depenser", _("Ajouter cette dépense"), forms.CostForm(choices=choices, initial=today, auto_id="depenser-%s"), ref),
        ]),
        Section(_("Budget et subvention"), acts=[
            Act("prevoir", _("Enregistrer ce budget"), forms.BudgetForm(choices=choices, auto_id="prevoir-%s"), ref, variant="secondary"),
            Act("notifier", _("Enregistrer la subvention"), forms.SubsidyForm(initial=today, auto_id="notifier-%s"), ref, variant="secondary"),
        ]),
        Section(_("Lire un export de la comptabilité"), _("Un fichier CSV. Un mandat déjà lu n’est pas lu deux fois."), acts=[
            Act("lire", _("Lire ce fichier"), forms.AccountsForm(auto_id="lire-%s"), ref, variant="secondary", takes_file=True),
        ]),
    ]  # fmt: skip
    if rows:
        offered = {**choices, "row": [(str(row.pk), f"{day(row.on_date)} · {row.mandate} · {row.label or row.supplier} · {row.amount} €") for row in rows]}  # fmt: skip
        form = forms.RowForm(choices=offered, auto_id="charger-%s")
        act = Act("charger", _("Mettre à charge du plan"), form, ref)
        sections.append(Section(_("Lignes de la comptabilité à charger"), acts=[act]))
    if functions := [one.function for one in accounts.reconcile(plan, year) if not one.is_settled]:
        offered = {"function": [(one, one) for one in functions]}
        told = forms.ExplainForm(choices=offered, auto_id="expliquer-%s")
        act = Act("expliquer", _("Enregistrer l’explication"), told, ref, variant="secondary")
        sections.append(Section(_("Expliquer une différence"), acts=[act]))
    return sections
