"""Facts: stated with their source, never without."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput
from beffroi.directory.enums import FactKind, FactState
from beffroi.directory.models import Fact, Organisation, Place, Revision, Service, Source
from beffroi.directory.values import value_of


@dataclass(frozen=True)
class Provenance:
    """Where a fact comes from, the day it was true, and how long it is held to be."""

    source: Source
    as_of_date: date | None = None
    as_of_note: str = ""
    valid_from_date: date | None = None
    valid_until_date: date | None = None
    review_date: date | None = None


def bump_revision() -> None:
    """This function will move on the stamp of all that the public reads."""
    if not Revision.objects.filter(pk="public").update(number=F("number") + 1):
        Revision.objects.create(pk="public", number=1)


@transaction.atomic
def state_fact(
    *,
    about: Organisation | Service | Place,
    kind: FactKind,
    text: str,
    provenance: Provenance,
    by: Actor,
    at: datetime,
    value: dict[str, Any] | None = None,
    state: FactState = FactState.STATED,
    lang: str = "",
) -> Fact:
    """This function will enter a fact with its source; the older ones stay.

    Raises: InvalidInput when the text is empty or is not of its kind.
    """
    text = " ".join(text.split()) if kind != FactKind.DETAIL else text.strip()
    if not text:
        raise InvalidInput("Écrivez ce que l’on sait, ou laissez « pas encore connu ».")
    fact = Fact(
        kind=kind,
        text=text,
        value=value_of(kind, text) if value is None else value,
        lang=lang,
        state=state,
        source=provenance.source,
        as_of_date=provenance.as_of_date,
        as_of_note=provenance.as_of_note,
        valid_from_date=provenance.valid_from_date,
        valid_until_date=provenance.valid_until_date,
        review_date=provenance.review_date,
    )
    setattr(fact, type(about).__name__.lower(), about)
    if state == FactState.CONFIRMED:
        fact.confirmed_by, fact.confirmed_at = by.label, at
    fact.save()
    bump_revision()
    return fact
