"""Nights: a bed kept, somebody taken in, gone before the morning, or refused for want of a bed.

Who takes somebody in holds the row of the night until the bed is written: on PostgreSQL the second
waits for the first, on SQLite the whole transaction writes alone. The free beds are read after
that; whoever would go round it meets the two unique constraints of a stay.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from beffroi.acts.stays import queries
from beffroi.acts.stays.enums import Sex, StayState
from beffroi.acts.stays.models import Bed, Guest, House, Opening, Stay
from beffroi.acts.stays.permissions import can_keep
from beffroi.acts.stays.services.common import (
    held_opening,
    kept_house,
    must_say,
    note_last_date,
    trace,
)
from beffroi.acts.stays.services.counting import settle
from beffroi.acts.stays.services.guests import GuestDraft, write_down
from beffroi.acts.stays.workflow import HOLDS_BED, STAY_MOVES
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState


class NoBed(WrongState):
    """Every bed that this guest may have is taken tonight."""

    def __init__(self, house: House) -> None:
        super().__init__(
            _("Il n’y a plus de lit à « %(house)s ».") % {"house": house.name},
            todo=_("Notez un refus « plus de lit », et dites vers où vous orientez."),
        )


@dataclass(frozen=True)
class Arrival:
    """Who comes: a guest the team knows, a newcomer by an alias, or somebody who gives none."""

    guest: UUID | None = None
    newcomer: GuestDraft | None = None
    #: The bed asked for; without it, the first that is free and fits.
    bed: int | None = None
    #: Without it, as it is known of the guest.
    with_dog: bool | None = None


def take_in(
    *, house: int, day: date, arrival: Arrival, by: Actor, at: datetime, mark: UUID | None = None,
    why: str = "",
) -> Stay:  # fmt: skip
    """This function will give somebody a bed for the night of `day`; sent twice, it is one stay.

    Who was awaited keeps her bed. On a closed night, `why` is needed and a new count is written.
    Raises: NotAllowed; NoBed; WrongState when she is excluded, or sleeps already; InvalidInput.
    """
    return _occupy(house, day, arrival, StayState.IN, by=by, at=at, mark=mark, why=why)


def keep_bed(
    *, house: int, day: date, arrival: Arrival, by: Actor, at: datetime, mark: UUID | None = None
) -> Stay:
    """This function will keep a bed for who has announced herself, until she comes or the curfew.

    Raises: as `take_in`.
    """
    return _occupy(house, day, arrival, StayState.EXPECTED, by=by, at=at, mark=mark)


@transaction.atomic
def _occupy(
    house: int, day: date, arrival: Arrival, state: str, *, by: Actor, at: datetime,
    mark: UUID | None, why: str = "",
) -> Stay:  # fmt: skip
    where = _house_with_beds(house, by)
    opening = held_opening(where, day, at, why)
    if mark and (known := Stay.objects.filter(mark=mark, opening=opening).first()):
        return known
    guest = _guest(where, arrival, mark, at)
    found = _awaited(opening, guest, state) if guest else None
    if found is None:
        found = _lie_down(opening, guest, arrival, state, by=by, at=at, mark=mark)
    else:
        _move(found, "arrive", arrived_at=at)
    if guest:
        note_last_date({guest.pk: day})
    settle(opening, by=by, at=at, why=why)
    verb = "stay.take_in" if state == StayState.IN else "stay.keep_bed"
    trace(verb, by=by, at=at, house=where, thing=("opening", opening.pk), detail={"stay": found.pk})
    return found


def _house_with_beds(pk: int, by: Actor) -> House:
    """A house where one sleeps, held before its opening: whoever takes beds away waits."""
    where = kept_house(pk, by, holding=True)
    if not where.sleeps:
        raise WrongState(_("On ne dort pas à « %(house)s ».") % {"house": where.name})
    return where


def _guest(house: House, arrival: Arrival, mark: UUID | None, at: datetime) -> Guest | None:
    """The guest who comes, whoever she was joined to; none when she gives no alias."""
    if arrival.newcomer is not None:
        return write_down(house, arrival.newcomer, mark=mark, at=at)
    return known_guest(house, arrival.guest) if arrival.guest else None


def known_guest(house: House, mark: UUID) -> Guest:
    """This function will give the guest of a house with this mark, or whom she was joined to.

    Raises: NotAllowed when the team of the house knows nobody by it.
    """
    rows = Guest.objects.select_related("joined_to").filter(team=house.team)
    found = rows.filter(mark=mark, emptied_at__isnull=True).first()
    if found is None:
        raise NotAllowed(_("Cette personne n’est pas connue de votre équipe."))
    return found.joined_to or found


def must_be_welcome(opening: Opening, guest: Guest) -> None:
    """This function will refuse who is excluded on the day of an opening. Raises: WrongState."""
    bar = queries.exclusion_of(guest.pk, opening.house_id, opening.date)
    if bar is not None:
        raise WrongState(
            _("%(alias)s est exclu·e jusqu’au %(day)s.")
            % {"alias": guest.alias, "day": f"{bar.until_date:%d/%m/%Y}"},
            todo=_("Notez un refus « exclusion », ou faites lever l’exclusion par qui dirige."),
        )


def _awaited(opening: Opening, guest: Guest, state: str) -> Stay | None:
    """The bed that was kept for a guest tonight. Raises: WrongState when she sleeps somewhere."""
    must_be_welcome(opening, guest)
    rows = Stay.objects.filter(guest=guest, night=opening.date, state__in=HOLDS_BED)
    held = rows.select_related("bed", "opening__house").first()
    if held is None:
        return None
    if held.opening_id != opening.pk:
        raise WrongState(
            _("%(alias)s a déjà un lit cette nuit : « %(house)s ».")
            % {"alias": guest.alias, "house": held.opening.house.name}
        )
    if held.state == StayState.EXPECTED and state == StayState.IN:
        return held
    raise WrongState(
        _("%(alias)s a déjà le lit %(bed)s.") % {"alias": guest.alias, "bed": held.bed.code}
    )


def _lie_down(
    opening: Opening, guest: Guest | None, arrival: Arrival, state: str, *, by: Actor,
    at: datetime, mark: UUID | None,
) -> Stay:  # fmt: skip
    dog = arrival.with_dog if arrival.with_dog is not None else bool(guest and guest.has_dog)
    bed = _bed(opening, arrival.bed, guest.sex if guest else Sex.UNSAID)
    try:
        with transaction.atomic():
            return Stay.objects.create(
                mark=mark or uuid4(), opening=opening, night=opening.date, bed=bed, guest=guest,
                state=state, with_dog=dog, arrived_at=at if state == StayState.IN else None,
                at=at, by_ref=by.ref, by_label=by.label,
            )  # fmt: skip
    except IntegrityError as error:
        raise WrongState(
            _("Le lit %(bed)s vient d’être pris.") % {"bed": bed.code},
            todo=_("Choisissez-en un autre."),
        ) from error


def _bed(opening: Opening, asked: int | None, sex: str) -> Bed:
    """The bed asked for, or the first free one that fits. Raises: NoBed; InvalidInput."""
    taken = set(
        Stay.objects.filter(
            night=opening.date, opening=opening, state__in=HOLDS_BED
        ).values_list("bed_id", flat=True)
    )  # fmt: skip
    beds = list(queries.beds_on(opening.house_id, opening.date))
    fitting = [bed for bed in beds if fits(bed, sex)]
    if asked is None:
        free = [bed for bed in fitting if bed.pk not in taken]
        if not free:
            raise NoBed(opening.house)
        return min(free, key=lambda bed: (_wish(bed, sex), bed.rank, bed.pk))
    chosen = next((bed for bed in beds if bed.pk == asked), None)
    words = ""
    if chosen is None:
        words = _("Ce lit n’est pas monté cette nuit.")
    elif chosen.pk in taken:
        words = _("Le lit %(bed)s est pris.") % {"bed": chosen.code}
    elif chosen not in fitting:
        words = _("Le lit %(bed)s est dans l’autre dortoir.") % {"bed": chosen.code}
    if chosen is None or words:
        raise InvalidInput(words, fields={"bed": words})
    return chosen


def _wish(bed: Bed, sex: str) -> int:
    """The lower the better: a bed that only she may have leaves the others to whoever comes;
    somebody whose sex is not said goes last among women alone, or men alone."""
    if not bed.sex:
        return 1
    return 0 if bed.sex == sex else 2


def fits(bed: Bed, sex: str) -> bool:
    """This function will say whether a bed is for somebody of this sex; unsaid, the team decides."""
    return not bed.sex or bed.sex == sex or sex in (Sex.UNSAID, Sex.OTHER)


def _move(stay: Stay, key: str, **changes: object) -> None:
    step = STAY_MOVES[key]
    rows = Stay.objects.filter(pk=stay.pk, state=stay.state)
    if stay.state not in step.sources or not rows.update(state=step.target, **changes):
        stay.refresh_from_db(fields=["state"])
        raise WrongState(
            _("« %(act)s » n’est plus possible : %(state)s.")
            % {"act": step.label, "state": str(stay.get_state_display()).lower()},
            todo=_("Rouvrez la page pour voir ce qui a changé."),
        )
    stay.refresh_from_db()


@transaction.atomic
def move_stay(*, stay: int, key: str, by: Actor, at: datetime, why: str = "") -> Stay:
    """This function will make one move of a stay: arrive, leave, come_back, release, take_back.

    Taking back, or any move once the night is closed, needs `why`. Raises: NotAllowed;
    InvalidInput; WrongState; AlreadyClosed; KeyError for an unknown move.
    """
    row = Stay.objects.select_related("opening__house__team").filter(pk=stay).first()
    if row is None or not can_keep(by, row.opening.house):
        raise NotAllowed(_("Cette nuit n’est pas de votre équipe."))
    opening = held_opening(row.opening.house, row.night, at, why)
    moments: dict[str, dict[str, object]] = {
        "arrive": {"arrived_at": at}, "leave": {"left_at": at}, "come_back": {"left_at": None},
        "release": {}, "take_back": {},
    }  # fmt: skip
    changes = moments[key]
    if key == "take_back":
        said = must_say(why, _("Dites ce qui a été noté par erreur."))
        changes = {"why": said[:200]}
    elif key == "arrive" and row.guest is not None:
        must_be_welcome(opening, row.guest)
    row.refresh_from_db()
    _move(row, key, **changes)
    settle(opening, by=by, at=at, why=why)
    trace(
        f"stay.{key}", by=by, at=at, house=opening.house, thing=("opening", opening.pk),
        detail={"stay": row.pk},
    )  # fmt: skip
    return row


@transaction.atomic
def await_last_night(*, house: int, day: date, by: Actor, at: datetime) -> int:
    """This function will keep tonight, in the same beds, a place for who slept there last night.

    Who is excluded, has a bed already, or whose bed is taken or gone, is passed over. It says how
    many beds are kept. Raises: NotAllowed; WrongState, also when one of them is taken meanwhile.
    """
    where = _house_with_beds(house, by)
    opening = held_opening(where, day, at)
    beds = {bed.pk for bed in queries.beds_on(where.pk, day)}
    held = Stay.objects.filter(night=day, state__in=HOLDS_BED)
    taken = set(held.filter(opening=opening).values_list("bed_id", flat=True))
    there = set(held.values_list("guest_id", flat=True)) | queries.excluded_on(where.pk, day)
    slept = Stay.objects.filter(
        opening__house=where, night=day - timedelta(days=1), state=StayState.IN,
        guest__isnull=False,
    )  # fmt: skip
    kept = [
        Stay(
            opening=opening, night=day, bed_id=one.bed_id, guest_id=one.guest_id,
            state=StayState.EXPECTED, with_dog=one.with_dog, at=at, by_ref=by.ref,
            by_label=by.label,
        )
        for one in slept.order_by("pk")
        if one.bed_id in beds - taken and one.guest_id not in there
    ]  # fmt: skip
    _keep_all(kept)
    trace(
        "stay.await", by=by, at=at, house=where, thing=("opening", opening.pk),
        detail={"beds": len(kept)},
    )  # fmt: skip
    return len(kept)


def _keep_all(kept: list[Stay]) -> None:
    try:
        with transaction.atomic():
            Stay.objects.bulk_create(kept)
    except IntegrityError as error:
        raise WrongState(
            _("Quelqu’un vient de prendre un lit ailleurs : rien n’est gardé."),
            todo=_("Recommencez : les autres lits seront gardés."),
        ) from error


@transaction.atomic
def release_awaited(*, house: int, day: date, by: Actor, at: datetime) -> int:
    """This function will give back every bed kept for who has not come; how many. Raises: NotAllowed."""
    where = _house_with_beds(house, by)
    opening = held_opening(where, day, at)
    rows = Stay.objects.filter(opening=opening, state=StayState.EXPECTED)
    count = rows.update(state=StayState.RELEASED)
    trace(
        "stay.release", by=by, at=at, house=where, thing=("opening", opening.pk),
        detail={"beds": count},
    )  # fmt: skip
    return count
