"""What every write of this room begins and ends with."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from beffroi.audit import services as audit
from beffroi.audit.enums import ActKind
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, NotAllowed
from beffroi.people.models import Person
from beffroi.people.permissions import persons_visible_to
from beffroi.people.same import root_id


class UnknownPerson(NotAllowed):
    """No such person, or none that this actor may open: the answer is the same."""


def opened(reference: str, by: Actor) -> Person:
    """This function will give the person to write on: the one kept, when it was merged.

    Raises: UnknownPerson when it does not exist or is not the actor's to open.
    """
    rows = persons_visible_to(by)
    person = rows.filter(reference=reference.strip().upper()).first()
    if person is not None and person.merged_into_id is not None:
        person = rows.filter(pk=root_id(person.pk)).first()
    if person is None:
        raise UnknownPerson(_("Cette personne n’existe pas."))
    return person


def trace(
    person: Person,
    verb: str,
    *,
    by: Actor,
    at: datetime,
    kind: ActKind = ActKind.WRITE,
    reason: str = "",
    detail: Mapping[str, Any] | None = None,
) -> None:
    """This function will journal an act on a person and note when she was last changed.

    `detail` holds kinds and names of fields, never what they contain.
    """
    if kind is ActKind.WRITE:
        Person.objects.filter(pk=person.pk).update(changed_at=at)
    audit.record(
        by=by, kind=kind, verb=verb, object_kind="person", object_ref=person.reference,
        subject_ref=person.reference, at=at, reason=reason, detail=detail,
    )  # fmt: skip


def in_order(since: date | None, until: date | None) -> None:
    """This function will refuse an end before its beginning. Raises: InvalidInput."""
    if since and until and until < since:
        words = _("La fin est avant le début.")
        raise InvalidInput(words, fields={"until_date": words})


def needed(field: str, value: str, words: str) -> str:
    """This function will give the text without spaces around it. Raises: InvalidInput if empty."""
    if not value.strip():
        raise InvalidInput(words, fields={field: words})
    return value.strip()


def chosen(field: str, value: str, among: Iterable[str]) -> str:
    """This function will give a choice that is one of the list. Raises: InvalidInput."""
    if value not in {str(one) for one in among}:
        words = _("Choisissez dans la liste.")
        raise InvalidInput(words, fields={field: words})
    return str(value)
