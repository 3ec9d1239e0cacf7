"""What a grant left to be followed, as pages read it: cards, guarantees, stays, nights of a month."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from beffroi.casework.models import (
    Grant,
    HomePlacement,
    MedicalCard,
    PharmacyLine,
    ReceptionStay,
    RentalGuarantee,
)
from beffroi.casework.permissions import can_read_products, files_visible_to
from beffroi.core.actors import Actor
from beffroi.rules import reception as rule
from beffroi.rules.figures import Table
from beffroi.rules.outcomes import Outcome

#: The letters a number begins with, and what it numbers.
_MODELS: dict[str, tuple[str, Any]] = {
    "CM": ("card", MedicalCard),
    "GL": ("guarantee", RentalGuarantee),
    "MR": ("placement", HomePlacement),
    "AC": ("stay", ReceptionStay),
}


def kind_of_record(number: str) -> str:
    """This function will say what a number follows: card, guarantee, placement, stay, or nothing."""
    found = _MODELS.get(number[:2].upper())
    return found[0] if found else ""


def record_visible_to(actor: Actor, number: str) -> Any | None:
    """This function will give a record of a file the actor may see, or None."""
    found = _MODELS.get(number[:2].upper())
    if found is None:
        return None
    rows = found[1].objects.filter(grant__file__in=files_visible_to(actor), number=number)
    return rows.select_related(
        "grant__file__person", "grant__file__team", "grant__decision__application"
    ).first()


def numbers_of(grants: list[Grant]) -> dict[int, str]:
    """This function will give the number of what each of these grants left, by grant."""
    found: dict[int, str] = {}
    keys = [grant.pk for grant in grants]
    for _kind, model in _MODELS.values():
        rows = model.objects.filter(grant__in=keys).values_list("grant_id", "number")
        found.update(dict(rows))
    return found


def number_of(grant: Grant) -> str:
    """This function will give the number of what one grant left, or nothing."""
    return numbers_of([grant]).get(grant.pk, "")


@dataclass(frozen=True)
class ReadLine:
    """A pharmacy line as an actor may read it: without the product for whoever need not know."""

    pk: int
    product: str
    day: date
    price: Decimal
    on_list: bool | None
    granted: Decimal | None
    reason: str
    month: date | None


def pharmacy_lines(card: MedicalCard, actor: Actor) -> list[ReadLine]:
    """This function will give the lines of a card, the newest first."""
    names = can_read_products(actor)
    rows: QuerySet[PharmacyLine] = card.lines.select_related("month").order_by("-day", "-pk")
    return [
        ReadLine(
            one.pk, one.product if names else "", one.day, one.price, one.on_list, one.granted,
            one.reason, one.month.month if one.month else None,
        )
        for one in rows
    ]  # fmt: skip


@dataclass(frozen=True)
class NightRow:
    """A stay in a month: its nights, and whose."""

    stay: ReceptionStay
    nights: int


def nights_of(actor: Actor, month: date) -> list[NightRow]:
    """This function will give the stays of a month that the actor may see, with their nights."""
    rows = ReceptionStay.objects.filter(grant__file__in=files_visible_to(actor)).select_related(
        "grant__file__person"
    )
    found = [NightRow(stay, rule.nights(_plain(stay), month)) for stay in rows.order_by("unit")]
    return [row for row in found if row.nights]


def claim_of(rows: list[NightRow], month: date, rates: Table | None = None) -> Outcome:
    """This function will give the euros to claim for these nights, or which rates lack."""
    return rule.monthly_claim([_plain(row.stay) for row in rows], month, rates)


def _plain(stay: ReceptionStay) -> rule.Stay:
    away = tuple(
        (date.fromisoformat(first), date.fromisoformat(last)) for first, last in stay.absences
    )
    kind: rule.Kind = "child" if stay.is_child else "adult"
    return rule.Stay(kind, stay.arrived_on, stay.left_on, away)
