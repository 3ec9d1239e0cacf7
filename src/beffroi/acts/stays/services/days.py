"""Days and taps: who came, how many without an alias, what was given, who was not let in."""

from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from beffroi.acts.stays import queries
from beffroi.acts.stays.enums import RefusalReason, Service
from beffroi.acts.stays.models import Guest, House, Opening, Refusal, Tally, Visit
from beffroi.acts.stays.services.common import held_opening, kept_house, note_last_date, trace
from beffroi.acts.stays.services.counting import settle
from beffroi.acts.stays.services.guests import GuestDraft, write_down
from beffroi.acts.stays.services.nights import known_guest, must_be_welcome
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, WrongState

#: One tap counts this many at most, in one direction or the other.
_MOST = 500


@transaction.atomic
def visit(
    *, house: int, day: date, by: Actor, at: datetime, guest: UUID | None = None,
    newcomer: GuestDraft | None = None, mark: UUID | None = None, why: str = "",
) -> Visit:  # fmt: skip
    """This function will note that a guest came by day, once a day however often it is tapped.

    Raises: NotAllowed; InvalidInput; WrongState when she is excluded; AlreadyClosed.
    """
    where = kept_house(house, by)
    opening = held_opening(where, day, at, why)
    who = _who(where, guest, newcomer, mark, at)
    must_be_welcome(opening, who)
    known = Visit.objects.filter(opening=opening, guest=who, taken_back_at__isnull=True).first()
    if known:
        return known
    made = _note(opening, who, 1, mark, by, at)
    note_last_date({who.pk: day})
    settle(opening, by=by, at=at, why=why)
    trace("stay.visit", by=by, at=at, house=where, thing=("opening", opening.pk))
    return made


def _who(
    house: House, guest: UUID | None, newcomer: GuestDraft | None, mark: UUID | None, at: datetime
) -> Guest:
    if newcomer is not None:
        return write_down(house, newcomer, mark=mark, at=at)
    if guest is None:
        words = _("Dites qui est là, ou comptez sans surnom.")
        raise InvalidInput(words, fields={"alias": words})
    return known_guest(house, guest)


def _note(
    opening: Opening, guest: Guest | None, count: int, mark: UUID | None, by: Actor, at: datetime
) -> Visit:
    try:
        with transaction.atomic():
            return Visit.objects.create(
                mark=mark or uuid4(), opening=opening, guest=guest, count=count, at=at,
                by_ref=by.ref, by_label=by.label,
            )  # fmt: skip
    except IntegrityError as error:
        raise WrongState(_("Ce passage est déjà noté.")) from error


@transaction.atomic
def visit_unnamed(
    *, house: int, day: date, count: int, by: Actor, at: datetime, mark: UUID | None = None,
    why: str = "",
) -> Visit:  # fmt: skip
    """This function will count people who came by day and gave no alias; below zero takes away.

    Raises: NotAllowed; InvalidInput when nothing, too many, or more than is there would be taken
    away; AlreadyClosed.
    """
    where = kept_house(house, by)
    opening = held_opening(where, day, at, why)
    if mark and (known := Visit.objects.filter(mark=mark, opening=opening).first()):
        return known
    seen = Visit.objects.filter(opening=opening, guest__isnull=True, taken_back_at__isnull=True)
    _must_count(count, sum(seen.values_list("count", flat=True)))
    made = _note(opening, None, count, mark, by, at)
    settle(opening, by=by, at=at, why=why)
    trace("stay.visit", by=by, at=at, house=where, thing=("opening", opening.pk))
    return made


def _must_count(count: int, already: int) -> None:
    if not count or abs(count) > _MOST or already + count < 0:
        words = _("Comptez de 1 à %(most)d, sans descendre sous zéro.") % {"most": _MOST}
        raise InvalidInput(words, fields={"count": words})


@transaction.atomic
def take_back_visit(
    *, house: int, day: date, guest: UUID, by: Actor, at: datetime, why: str = ""
) -> bool:
    """This function will take back the visit of a guest on a day; whether there was one.

    Raises: NotAllowed; AlreadyClosed.
    """
    where = kept_house(house, by)
    opening = held_opening(where, day, at, why)
    who = known_guest(where, guest)
    rows = Visit.objects.filter(opening=opening, guest=who, taken_back_at__isnull=True)
    if not rows.update(taken_back_at=at):
        return False
    settle(opening, by=by, at=at, why=why)
    trace("stay.take_back_visit", by=by, at=at, house=where, thing=("opening", opening.pk))
    return True


@transaction.atomic
def serve(
    *, house: int, day: date, service: str, by: Actor, at: datetime, delta: int = 1,
    mark: UUID | None = None, why: str = "",
) -> int:  # fmt: skip
    """This function will count meals, showers or laundry and give their number; sent twice, once.

    Raises: NotAllowed; InvalidInput; AlreadyClosed.
    """
    where = kept_house(house, by)
    if service not in Service.values:
        raise InvalidInput(_("Choisissez ce qui est compté."), fields={"service": _("Choisissez.")})
    opening = held_opening(where, day, at, why)
    mark = mark or uuid4()
    if not Tally.objects.filter(pk=mark).exists():
        _must_count(delta, queries.services_of(opening.pk)[service])
        Tally.objects.create(
            mark=mark, opening=opening, service=service, delta=delta, at=at, by_ref=by.ref,
            by_label=by.label,
        )  # fmt: skip
        settle(opening, by=by, at=at, why=why)
        trace("stay.serve", by=by, at=at, house=where, thing=("opening", opening.pk))
    return queries.services_of(opening.pk)[service]


@transaction.atomic
def refuse(
    *, house: int, day: date, reason: str, by: Actor, at: datetime, referred_to: str = "",
    mark: UUID | None = None, why: str = "",
) -> Refusal:  # fmt: skip
    """This function will count somebody who was not let in, without a name; sent twice, once.

    Raises: NotAllowed; InvalidInput; WrongState.
    """
    where = kept_house(house, by)
    if reason not in RefusalReason.values:
        raise InvalidInput(_("Choisissez une raison."), fields={"reason": _("Choisissez.")})
    opening = held_opening(where, day, at, why)
    if mark and (known := Refusal.objects.filter(mark=mark, opening=opening).first()):
        return known
    made = Refusal.objects.create(
        mark=mark or uuid4(), opening=opening, reason=reason, referred_to=referred_to.strip()[:120],
        at=at, by_ref=by.ref, by_label=by.label,
    )  # fmt: skip
    settle(opening, by=by, at=at, why=why)
    trace("stay.refuse", by=by, at=at, house=where, thing=("opening", opening.pk),
          detail={"reason": reason})  # fmt: skip
    return made


@transaction.atomic
def take_back_refusal(*, house: int, day: date, by: Actor, at: datetime, why: str = "") -> bool:
    """This function will take back the refusal noted last; whether there was one.

    Raises: NotAllowed; WrongState.
    """
    where = kept_house(house, by)
    opening = held_opening(where, day, at, why)
    last = queries.last_refusal(opening.pk)
    if last is None:
        return False
    Refusal.objects.filter(pk=last.pk).update(taken_back_at=at)
    settle(opening, by=by, at=at, why=why)
    trace("stay.take_back_refusal", by=by, at=at, house=where, thing=("opening", opening.pk))
    return True
