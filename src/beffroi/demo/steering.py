"""A year of the plan of Mons, invented: what is measured, agreed with partners, spent, asked.

The lines and the partners are those that are published; every amount and every figure is made up.
"""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from beffroi.accounts import queries as accounts
from beffroi.core.actors import system_actor
from beffroi.steering import queries
from beffroi.steering import services as steering
from beffroi.steering.enums import ConventionKind, Delivery, Nature, StaffFunction, TrancheKind
from beffroi.steering.figures import indicators_of
from beffroi.steering.permissions import lines_visible_to
from beffroi.steering.services import ConventionDraft, CostDraft, IndicatorDraft

_INVENTED = "Montant inventé pour la démonstration"
#: What no room counts: line, indicator, unit, how it is counted, what each month brought, the target.
_TYPED = (
    (4, "Petits aménagements", "aménagements", "Fiches des ouvriers de quartier", (2, 3, 1, 4), 30),
    (32, "Vélos réparés", "vélos", "Cahier de l’atelier", (9, 12, 7, 14), 120),
)  # fmt: skip
#: What a room counts and the year aims at, by measure.
_AIMED = {
    "fieldwork.square_metres": 2500, "supplies.kg_out": 200, "supplies.donnerie_items": 1200,
}  # fmt: skip
_GRANTS = {1: "12000.00", 7: "9500.00", 24: "5000.00", 25: "7000.00", 26: "6500.00", 27: "4000.00"}
_SUBSIDY, _WAGE = Decimal("240000.00"), Decimal("4650.00")


def load_steering(now: datetime) -> int:
    """This function will play a year of the plan, once; the indicators that are followed."""
    steering.load_house(by=system_actor("beffroi load"), at=now)
    plan, day = queries.plans().first(), timezone.localdate(now)
    by = accounts.actor_named("projet-pcs", day)
    lines = {line.number: line for line in lines_visible_to(by).filter(plan=plan)}
    followed = queries.indicators_count(plan)
    if plan is None or followed:
        return followed
    steering.follow_usual(lines=lines.values(), by=by, at=now)
    for number, label, unit, method, months, target in _TYPED:
        _measured(lines[number], label, unit, method, months, target, by=by, now=now)
    for row in indicators_of(lines.values()):
        if row.measure in _AIMED:
            _aimed(row, _AIMED[row.measure], by=by, now=now)
    _agreed(plan, lines, now)
    _money(plan, lines, day, now)
    steering.ask_change(
        plan=plan, kind="add",
        proposed={"code": "5.5.02", "local_title": "Café du mardi à Ghlin", "publics": "Aînés isolés"},
        reason="Les habitants demandent un lieu ouvert le mardi ; rien d’autre n’existe ce jour-là.",
        by=by, at=now,
    )  # fmt: skip
    return queries.indicators_count(plan)


def _measured(
    line: Any, label: str, unit: str, method: str, months: tuple[int, ...], target: int, *, by: Any,
    now: datetime,
) -> None:  # fmt: skip
    row = steering.follow(line=line, draft=IndicatorDraft(label=label, unit=unit), by=by, at=now)
    day = timezone.localdate(now)
    for month in range(1, day.month):
        value = Decimal(months[month % len(months)])
        first = date(day.year, month, 1)
        steering.type_month(indicator=row, month=first, value=value, method=method, by=by, at=now)
    _aimed(row, target, by=by, now=now)


def _aimed(row: Any, target: int, *, by: Any, now: datetime) -> None:
    steering.aim(
        indicator=row, year=timezone.localdate(now).year, target=Decimal(target),
        baseline=Decimal(0), source=_INVENTED, by=by, at=now,
    )  # fmt: skip


def _agreed(plan: Any, lines: dict[int, Any], now: datetime) -> None:
    day = timezone.localdate(now)
    by = accounts.actor_named("directrice", day)
    version = queries.latest_version(plan)
    partners = {
        row.line.number: row.partner
        for row in (queries.lines_of(version) if version else ())
        if row.delivery == Delivery.ART20 and row.partner
    }
    first, last = date(day.year, 1, 1), date(day.year, 12, 31)
    for number, amount in _GRANTS.items():
        granted = Decimal(amount)
        draft = ConventionDraft(
            partners[number], ConventionKind.ART20, _INVENTED, first, last, granted,
            "Comptes de l’année et factures",
        )  # fmt: skip
        row = steering.draft_convention(
            plan=plan, lines=[lines[number]], draft=draft, by=by, at=now
        )
        about: dict[str, Any] = {"reference": row.reference, "by": by, "at": now}
        for move in ("approve", "sign", "start"):
            steering.move_convention(move=move, note="Conseil de janvier", on=first, **about)
        paid = (granted * 3 / 4).quantize(Decimal("0.01"))
        steering.pay_tranche(
            year=day.year, kind=TrancheKind.ADVANCE, amount=paid, on=first, mandate="DEMO", **about
        )
        if number in (1, 24):
            steering.receive_proof(
                year=day.year, label="Factures du premier semestre", amount=granted / 2,
                on=min(day, date(day.year, 7, 15)), **about,
            )  # fmt: skip


def _money(plan: Any, lines: dict[int, Any], day: date, now: datetime) -> None:
    who: dict[str, Any] = {"by": accounts.actor_named("finances", day), "at": now}
    year, first = day.year, date(day.year, 1, 15)
    steering.notify_subsidy(
        plan=plan, year=year, amount=_SUBSIDY, on=first, source=_INVENTED, **who
    )
    for nature, amount in (
        (Nature.PERSONNEL, "232000.00"), (Nature.FONCTIONNEMENT, "58000.00"),
        (Nature.INVESTISSEMENT, "10000.00"),
    ):  # fmt: skip
        steering.set_budget(plan=plan, year=year, nature=nature, amount=Decimal(amount), **who)
    for function, charged in (
        (StaffFunction.PROJECT_LEAD, "1.00"), (StaffFunction.ANIMATOR, "1.00"),
        (StaffFunction.ANIMATOR, "1.00"), (StaffFunction.SOCIAL_WORKER, "0.80"),
    ):  # fmt: skip
        steering.assign_staff(
            plan=plan, agent=None, function=function, since=date(year, 1, 1), until=None,
            fte=Decimal("1.00"), charged_fte=Decimal(charged), monthly_cost=_WAGE, **who,
        )  # fmt: skip
    for month in range(1, day.month):
        _month(plan, lines, date(year, month, 25), who)


def _month(plan: Any, lines: dict[int, Any], day: date, who: dict[str, Any]) -> None:
    costs = (
        ("Traitements", Nature.PERSONNEL, _WAGE * Decimal("3.80"), None, {"pcs": Decimal(1)}),
        ("Matériel d’animation", Nature.FONCTIONNEMENT, Decimal("1840.50"), 21, {"pcs": Decimal(1)}),
        ("Pièces de vélos", Nature.FONCTIONNEMENT, Decimal("312.75"), 32, {"pcs": Decimal(1)}),
        # The prevention plan pays half of the street work.
        ("Travail de rue", Nature.FONCTIONNEMENT, Decimal("900.00"), 9,
         {"pcs": Decimal("0.5"), "pssp": Decimal("0.5")}),
    )  # fmt: skip
    for label, nature, amount, number, shares in costs:
        draft = CostDraft(
            day, label, nature, amount.quantize(Decimal("0.01")),
            line=lines[number] if number else None, function="84010", shares=shares,
            paid_date=day + timedelta(days=5),
        )  # fmt: skip
        steering.charge(plan=plan, year=day.year, draft=draft, **who)
