"""Opening a person and looking for one: each leaves its row in the journal."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from beffroi.audit import services as audit
from beffroi.audit.enums import ActKind
from beffroi.core.actors import Actor
from beffroi.core.errors import NotAllowed
from beffroi.people.models import Person
from beffroi.people.permissions import barred_ids, may_look_for_persons
from beffroi.people.search import Found, search
from beffroi.people.services.common import opened, trace


@transaction.atomic
def read_person(*, reference: str, by: Actor, at: datetime, reason: str = "") -> Person:
    """This function will give a person to an agent who may open her, and journal the reading.

    A reference that was merged gives the person kept.

    Raises: UnknownPerson.
    """
    person = opened(reference, by)
    trace(person, "person.read", by=by, at=at, kind=ActKind.READ, reason=reason)
    return person


@transaction.atomic
def search_persons(*, words: str, by: Actor, at: datetime, most: int = 20) -> list[Found]:
    """This function will find persons from what was typed, best first, and journal whom it showed.

    What was typed is kept nowhere. Those whom the actor may not open are left out.

    Raises: NotAllowed.
    """
    if not may_look_for_persons(by):
        raise NotAllowed(_("Seuls l’accueil et le service social cherchent des personnes."))
    found = search(words, actor=by, at=at, most=most, without=barred_ids(by))
    note_list_read(references=[one.reference for one in found], name="recherche", by=by, at=at)
    return found


@transaction.atomic
def note_list_read(*, references: Sequence[str], name: str, by: Actor, at: datetime) -> None:
    """This function will journal, in one row, which persons a list showed."""
    if references:
        audit.record(
            by=by, kind=ActKind.READ, verb="list.read", object_kind="person_list",
            object_ref=name, at=at, detail={"references": list(dict.fromkeys(references))},
        )  # fmt: skip
