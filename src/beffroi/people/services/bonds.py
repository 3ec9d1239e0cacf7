"""Who lives with whom, and what people are to each other."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, WrongState
from beffroi.documents import services as documents
from beffroi.people.enums import INVERSE_WORDS, TIE_WORDS, MemberRole, Source, TieKind
from beffroi.people.models import Household, HouseholdMember, Tie
from beffroi.people.same import same_ids
from beffroi.people.services.common import chosen, in_order, opened, trace
from beffroi.people.services.staff import refresh_barred


@transaction.atomic
def open_household(
    *,
    reference: str,
    by: Actor,
    at: datetime,
    since: date | None = None,
    role: str = MemberRole.REFERENCE,
    source: str = Source.DECLARED,
) -> str:
    """This function will open a household around a person and give its reference, H then number.

    Raises: UnknownPerson; InvalidInput.
    """
    person = opened(reference, by)
    number = documents.next_number(register="H", year=at.year)
    household = Household.objects.create(
        reference=f"H{at.year % 100:02d}{number:06d}", created_at=at
    )
    join_household(
        household=household.reference, reference=person.reference, role=role, since=since,
        by=by, at=at, source=source,
    )  # fmt: skip
    return household.reference


def _household(reference: str) -> Household:
    row = Household.objects.filter(reference=reference.strip().upper()).first()
    if row is None:
        raise InvalidInput(_("Ce ménage n’existe pas."))
    return row


@transaction.atomic
def join_household(
    *,
    household: str,
    reference: str,
    role: str,
    by: Actor,
    at: datetime,
    since: date | None = None,
    until: date | None = None,
    source: str = Source.DECLARED,
) -> None:
    """This function will note that a person belongs to a household, from a day to a day.

    Belonging to two at once is not refused: it is a contradiction for the agent to settle,
    unless she is a child who lives with each parent in turn.

    Raises: UnknownPerson; InvalidInput; WrongState when she already belongs to it.
    """
    person = opened(reference, by)
    row = _household(household)
    in_order(since, until)
    try:
        with transaction.atomic():
            HouseholdMember.objects.create(
                household=row, person=person, since_date=since, until_date=until,
                role=chosen("role", role, MemberRole.values),
                source=chosen("source", source, Source.values),
            )  # fmt: skip
    except IntegrityError:
        raise WrongState(
            _("Ce ménage a déjà cette personne, ou une personne de référence."),
            todo=_("Choisissez une autre place dans le ménage, ou finissez la première."),
        ) from None
    trace(person, "person.household_join", by=by, at=at, detail={"household": row.reference})
    refresh_barred()


@transaction.atomic
def leave_household(
    *, household: str, reference: str, until: date, by: Actor, at: datetime
) -> None:
    """This function will note that a person left a household on a day.

    Raises: UnknownPerson; WrongState when she does not belong to it; InvalidInput.
    """
    person = opened(reference, by)
    row = HouseholdMember.objects.filter(
        household=_household(household), person_id__in=same_ids(person.pk), until_date__isnull=True
    ).first()
    if row is None:
        raise WrongState(_("Cette personne n’est plus dans ce ménage."))
    in_order(row.since_date, until)
    HouseholdMember.objects.filter(pk=row.pk).update(until_date=until)
    trace(person, "person.household_leave", by=by, at=at, detail={"household": household})
    refresh_barred()


@transaction.atomic
def add_tie(
    *,
    reference: str,
    other: str,
    word: str,
    by: Actor,
    at: datetime,
    since: date | None = None,
    until: date | None = None,
    source: str = Source.DECLARED,
) -> int:
    """This function will note what `other` is to the person: « parent », « child », « spouse »…

    It is kept once and read both ways.

    Raises: UnknownPerson for either; InvalidInput; WrongState when it is already there.
    """
    person, close = opened(reference, by), opened(other, by)
    if person.pk == close.pk:
        raise InvalidInput(_("Une personne n’a pas de lien avec elle-même."))
    chosen("word", word, TIE_WORDS)
    in_order(since, until)
    kind, turned = TIE_WORDS[word]
    # « other is parent of person »: kept from other to person; « child » is the same, turned.
    first, second = (person, close) if turned else (close, person)
    if _is_symmetric(kind) and first.pk > second.pk:
        first, second = second, first
    try:
        with transaction.atomic():
            tie = Tie.objects.create(
                from_person=first, to_person=second, kind=kind, since_date=since,
                until_date=until, source=chosen("source", source, Source.values),
            )  # fmt: skip
    except IntegrityError:
        raise WrongState(_("Ce lien est déjà noté.")) from None
    for one in (person, close):
        trace(one, "person.tie", by=by, at=at, detail={"kind": str(kind)})
    refresh_barred()
    return tie.pk


def _is_symmetric(kind: TieKind) -> bool:
    """A tie with one word is the same read from either side."""
    return kind not in INVERSE_WORDS


@transaction.atomic
def end_tie(*, reference: str, tie: int, until: date | None, by: Actor, at: datetime) -> None:
    """This function will note that a tie ended on a day (today without one).

    Raises: UnknownPerson; WrongState when it is over or not hers; InvalidInput.
    """
    person = opened(reference, by)
    mine = same_ids(person.pk)
    row = Tie.objects.filter(pk=tie, until_date__isnull=True).first()
    if row is None or not {row.from_person_id, row.to_person_id} & mine:
        raise WrongState(_("Ce lien n’est plus en cours."))
    end = until or timezone.localdate(at)
    in_order(row.since_date, end)
    Tie.objects.filter(pk=row.pk).update(until_date=end)
    trace(person, "person.tie_end", by=by, at=at, detail={"kind": row.kind})
    refresh_barred()
