"""What a grant leaves behind it to be followed: a card, a guarantee, a stay; one row each, once."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from beffroi.casework import computing
from beffroi.casework.aids import Aid, aid
from beffroi.casework.details import Details, details_of
from beffroi.casework.enums import GuaranteeForm, ReceptionPhase
from beffroi.casework.models import (
    Application,
    Grant,
    HomePlacement,
    MedicalCard,
    ReceptionStay,
    RentalGuarantee,
)
from beffroi.casework.services.common import new_number, trace
from beffroi.core.actors import Actor

#: What must be known before such a grant is proposed, beside the answers asked at once.
_NEEDED: dict[str, tuple[str, ...]] = {
    "home_placement": ("day_price", "pocket_money"),
    "rental_guarantee": ("is_decent",),
}
#: Two days of which the second never comes before the first.
_IN_ORDER: dict[str, tuple[str, str]] = {"medical_card": ("first_day", "last_day")}
MOST_DAYS_OF_A_CARD = 366


def lacks(application: Application) -> dict[str, str]:
    """This function will name the answers without which this aid cannot be granted."""
    kind, told = aid(application.kind), details_of(application)
    found = {
        key: _("Cette réponse manque encore.")
        for key in _NEEDED.get(kind.model, ())
        if not told.text(key)
    }
    if pair := _IN_ORDER.get(kind.model):
        first, last = told.day(pair[0]), told.day(pair[1])
        if first and last and last < first:
            found[pair[1]] = _("Le dernier jour vient avant le premier.")
        elif first and last and (last - first).days > MOST_DAYS_OF_A_CARD:
            found[pair[1]] = _("Une carte vaut un an au plus.")
    is_advance = told.text("form") == GuaranteeForm.ADVANCE
    if kind.model == "rental_guarantee" and is_advance and not told.amount("instalment"):
        found["instalment"] = _("Convenez d’une mensualité : une avance se rembourse.")
    return found


def in_words(kind: Aid, faults: dict[str, str]) -> str:
    """This function will name the questions of these faults in one sentence."""
    labels = [field.label.lower() for field in kind.fields if field.key in faults]
    return ", ".join(labels)


def keep_record(application: Application, grant: Grant, by: Actor, at: datetime) -> str:
    """This function will keep what follows a grant, in the transaction under way; its number."""
    make = _MAKERS.get(aid(application.kind).model)
    if make is None:
        return ""
    number = make(application, details_of(application), grant, at)
    if number:
        trace(application.file, "record.keep", by=by, at=at, about=number,
              detail={"grant": grant.reference})  # fmt: skip
    return number


def _card(application: Application, told: Details, grant: Grant, at: datetime) -> str:
    first, last = told.day("first_day"), told.day("last_day")
    if first is None or last is None:
        return ""
    is_refund = application.kind == "medicines"
    return MedicalCard.objects.create(
        number=new_number("CM", at), grant=grant, first_day=first, last_day=last,
        categories=["pharmacy"] if is_refund else told.keys("categories"),
        pharmacy=told.text("pharmacy")[:160], monthly_cap=told.amount("monthly_cap"),
        paid_to=told.text("paid_to") or "pharmacy",
    ).number  # fmt: skip


def _guarantee(application: Application, told: Details, grant: Grant, at: datetime) -> str:
    amount = grant.amount or computing.computed(application).amount or Decimal(0)
    return RentalGuarantee.objects.create(
        number=new_number("GL", at), grant=grant, form=told.text("form"), amount=amount,
        landlord=told.text("landlord")[:160], dwelling=told.text("dwelling")[:200],
        instalment=told.amount("instalment"),
    ).number  # fmt: skip


def _placement(application: Application, told: Details, grant: Grant, at: datetime) -> str:
    entered = told.day("entered_on") or grant.from_date
    return HomePlacement.objects.create(
        number=new_number("MR", at), grant=grant, home=told.text("home")[:160],
        day_price=told.needed("day_price"), pocket_money=told.needed("pocket_money"),
        entered_on=entered,
    ).number  # fmt: skip


def _stay(application: Application, told: Details, grant: Grant, at: datetime) -> str:
    arrived = told.day("arrived_on") or grant.from_date
    return ReceptionStay.objects.create(
        number=new_number("AC", at), grant=grant, unit=told.text("unit")[:120],
        is_child=told.text("person_kind") == "child",
        fedasil_number=told.text("fedasil_number")[:40],
        phase=told.text("phase") or ReceptionPhase.OE, phase_since=arrived, arrived_on=arrived,
    ).number  # fmt: skip


_MAKERS: dict[str, Callable[[Application, Details, Grant, datetime], str]] = {
    "medical_card": _card,
    "rental_guarantee": _guarantee,
    "home_placement": _placement,
    "reception_stay": _stay,
}
