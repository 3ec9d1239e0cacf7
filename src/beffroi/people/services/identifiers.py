"""Numbers that name a person: checked, kept with their history, compared with the others'."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput
from beffroi.people.enums import SOCIAL_NUMBERS, IdentifierKind, Source
from beffroi.people.models import Identifier, Person
from beffroi.people.numbers import compact, social_kind
from beffroi.people.services.common import chosen, in_order, needed, opened, trace
from beffroi.people.services.doubles import propose_for


def _checked(kind: str, value: str) -> tuple[str, str]:
    """The number as it is kept, with its true kind: NISS and BIS are told apart by themselves."""
    kind = chosen("kind", kind, IdentifierKind.values)
    number = compact(needed("value", value, _("Écrivez le numéro.")))
    if kind not in SOCIAL_NUMBERS:
        return kind, number[:40]
    found = social_kind(number)
    if found is None:
        wrong = _(
            "Ce numéro ne passe pas le contrôle : onze chiffres, dont les deux derniers "
            "dépendent des autres. Relisez-le sur le document."
        )
        raise InvalidInput(wrong, fields={"value": wrong})
    return found, number


@transaction.atomic
def add_identifier(
    *,
    reference: str,
    kind: str,
    value: str,
    by: Actor,
    at: datetime,
    source: str = Source.DECLARED,
    since: date | None = None,
    until: date | None = None,
) -> Identifier:
    """This function will add a number; a new NISS or BIS ends the one that was open.

    The same number open for somebody else is a possible duplicate. Nothing else about the
    person is taken from it.

    Raises: UnknownPerson; InvalidInput when its check digits are wrong.
    """
    person = opened(reference, by)
    kind, number = _checked(kind, value)
    in_order(since, until)
    own = Identifier.objects.filter(person=person, until_date__isnull=True)
    if until is None:
        if same := own.filter(kind=kind, value=number).first():
            return same
        if kind in SOCIAL_NUMBERS:
            _end_former(person, since or timezone.localdate(at))
    row = Identifier.objects.create(
        person=person, kind=kind, value=number, since_date=since, until_date=until,
        source=chosen("source", source, Source.values),
    )  # fmt: skip
    trace(person, "person.identifier", by=by, at=at, detail={"kind": str(kind)})
    propose_for(person, at=at)
    return row


def _end_former(person: Person, day: date) -> None:
    for former in Identifier.objects.filter(
        person=person, until_date__isnull=True, kind__in=SOCIAL_NUMBERS
    ):
        end = max(day, former.since_date) if former.since_date else day
        Identifier.objects.filter(pk=former.pk).update(until_date=end)


@transaction.atomic
def end_identifier(
    *, reference: str, identifier: int, until: date, by: Actor, at: datetime
) -> None:
    """This function will end a number on a day; it stays in the history. Raises: InvalidInput."""
    person = opened(reference, by)
    row = Identifier.objects.filter(pk=identifier, person=person, until_date__isnull=True).first()
    if row is None:
        raise InvalidInput(_("Ce numéro n’est plus en cours."))
    in_order(row.since_date, until)
    Identifier.objects.filter(pk=row.pk).update(until_date=until)
    trace(person, "person.identifier_end", by=by, at=at, detail={"kind": row.kind})
