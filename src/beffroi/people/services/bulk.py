"""Many persons at once, from a register kept elsewhere until now."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice

from django.db import transaction
from django.utils.translation import gettext as _

from beffroi.audit import services as audit
from beffroi.audit.enums import ActKind
from beffroi.core.actors import Actor, ActorKind
from beffroi.core.errors import NotAllowed
from beffroi.documents import services as documents
from beffroi.people.enums import Precision
from beffroi.people.models import Person
from beffroi.people.services.identity import Identity
from beffroi.people.services.index import index_many

_AT_ONCE = 5_000


def _batches(persons: Iterable[Identity]) -> Iterator[list[Identity]]:
    source = iter(persons)
    while batch := list(islice(source, _AT_ONCE)):
        yield batch


@transaction.atomic
def enter_many(*, persons: Iterable[Identity], by: Actor, at: datetime) -> list[str]:
    """This function will enter persons in bulk and give their references, in the same order.

    They are findable at once; duplicates are looked for by the nightly command. The journal
    holds one row for the whole.

    Raises: NotAllowed for anybody but the system.
    """
    if by.kind is not ActorKind.SYSTEM:
        raise NotAllowed(_("Une reprise se fait par une commande."))
    references: list[str] = []
    for batch in _batches(persons):
        numbers = documents.next_numbers(register="P", year=at.year, count=len(batch))
        rows = Person.objects.bulk_create(
            Person(
                reference=f"P{at.year % 100:02d}{number:06d}",
                last_name=one.last_name, first_name=one.first_name, called_name=one.called_name,
                gender=one.gender, birth_date=one.birth_date,
                birth_precision=one.birth_precision
                or (Precision.DAY if one.birth_date else Precision.UNKNOWN),
                birth_place=one.birth_place, nationality=one.nationality, lang=one.lang,
                created_at=at, changed_at=at,
            )
            for number, one in zip(numbers, batch, strict=True)
        )  # fmt: skip
        index_many(rows)
        references += [row.reference for row in rows]
    audit.record(
        by=by, kind=ActKind.WRITE, verb="person.enter_many", object_kind="person_list",
        object_ref="reprise", at=at, detail={"count": len(references)},
    )  # fmt: skip
    return references
