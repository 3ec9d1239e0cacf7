"""Every write on persons."""

from datetime import date, datetime

from django.db import transaction

from beffroi.audit import services as audit
from beffroi.audit.enums import ActKind
from beffroi.core.actors import Actor
from beffroi.documents import services as documents
from beffroi.people.models import Person


@transaction.atomic
def add_person(
    *,
    last_name: str,
    first_name: str,
    by: Actor,
    at: datetime,
    birth_date: date | None = None,
    lang: str = "fr",
) -> str:
    """This function will enter a person and give her reference, P followed by year and number."""
    number = documents.next_number(register="P", year=at.year)
    person = Person.objects.create(
        reference=f"P{at.year % 100:02d}{number:06d}", last_name=last_name,
        first_name=first_name, birth_date=birth_date, lang=lang, created_at=at,
    )  # fmt: skip
    audit.record(
        by=by, kind=ActKind.WRITE, verb="person.add", object_kind="person",
        object_ref=person.reference, subject_ref=person.reference, at=at,
    )  # fmt: skip
    return person.reference
