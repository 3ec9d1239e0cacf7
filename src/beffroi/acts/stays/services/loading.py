"""Loads nights and day visits counted elsewhere: all of a file, or nothing; loaded again, nothing more."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.acts.stays import guest_queries, queries
from beffroi.acts.stays.enums import OpeningState, StayState
from beffroi.acts.stays.models import Bed, Guest, House, Opening, Season, Stay, Visit
from beffroi.acts.stays.permissions import can_keep
from beffroi.acts.stays.reading import BadFile, Line, label_of, read_lines
from beffroi.acts.stays.services.common import note_last_date, trace
from beffroi.acts.stays.services.counting import count_all
from beffroi.acts.stays.services.nights import fits
from beffroi.acts.stays.workflow import HOLDS_BED
from beffroi.core.actors import Actor
from beffroi.people import queries as people

_BATCH = 1000


@dataclass(frozen=True)
class Loaded:
    """What a file added, and how many of its lines were known already."""

    guests: int
    nights: int
    visits: int
    openings: int
    known: int


@dataclass
class _Plan:
    """What is there, what the file adds, and what is wrong with it."""

    houses: dict[str, House]
    at: datetime
    by: Actor
    faults: dict[str, str] = field(default_factory=dict)
    guests: dict[tuple[int, str], Guest] = field(default_factory=dict)
    fresh: list[Guest] = field(default_factory=list)
    changed: dict[int, Guest] = field(default_factory=dict)
    openings: dict[tuple[int, date], Opening] = field(default_factory=dict)
    stays: list[Stay] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)
    seen: dict[tuple[object, ...], int] = field(default_factory=dict)
    known: int = 0

    def wrong(self, line: Line, words: str) -> None:
        self.faults.setdefault(label_of(line.number), words)


@transaction.atomic
def load_file(*, content: str, by: Actor, at: datetime) -> Loaded:
    """This function will write the nights and visits of a CSV and close what they belong to.

    A line that is known already is passed over. Raises: BadFile, and then nothing is written.
    """
    lines = read_lines(content)
    plan = _Plan(_houses(), at, by)
    good = [line for line in lines if _has_house(plan, line)]
    _find_openings(plan, good)
    for line in good:
        _find_guest(plan, line)
    if not plan.faults:
        _write_guests(plan)
        _lay_nights(plan, [line for line in good if line.sleeps])
        _lay_days(plan, [line for line in good if not line.sleeps])
    if plan.faults:
        raise BadFile(plan.faults)
    return _write(plan)


def _houses() -> dict[str, House]:
    rows = (
        House.objects.select_for_update(of=("self",), no_key=True)
        .select_related("team")
        .order_by("pk")
    )
    return {guest_queries.fold(one.name): one for one in rows}


def _has_house(plan: _Plan, line: Line) -> bool:
    found = plan.houses.get(guest_queries.fold(line.house))
    words = ""
    if found is None or not can_keep(plan.by, found):
        words = _("Aucune maison ne s’appelle « %(house)s » : écrivez-la d’abord au bureau.")
    elif found.sleeps != line.sleeps:
        words = _("« %(house)s » ne s’ouvre pas ainsi : vérifiez « night » ou « day ».")
    elif line.day > timezone.localdate(plan.at):
        words = _("Cette date n’est pas encore venue.")
    if words:
        plan.wrong(line, words % {"house": line.house} if "%" in words else words)
    return not words


def _house(plan: _Plan, line: Line) -> House:
    return plan.houses[guest_queries.fold(line.house)]


def _find_openings(plan: _Plan, lines: list[Line]) -> None:
    """The nights and days of the file, those that are missing made but not written yet."""
    keys = {_house(plan, line).pk for line in lines}
    days = {line.day for line in lines}
    if not days:
        return
    named = {(_house(plan, line).pk, line.day) for line in lines}
    rows = Opening.objects.select_for_update(no_key=True).filter(house__in=keys, date__in=days)
    held = {(row.house_id, row.date): row for row in rows.order_by("pk")}
    # Another house’s night of the same date is not in the file: it stays open.
    plan.openings = {key: row for key, row in held.items() if key in named}
    seasons = list(Season.objects.filter(house__in=keys))
    for line in lines:
        house = _house(plan, line)
        if not any(s.house_id == house.pk and s.holds_on(line.day) for s in seasons):
            plan.wrong(line, _("La maison n’est pas ouverte à cette date."))
        elif (house.pk, line.day) not in plan.openings:
            plan.openings[house.pk, line.day] = Opening(house=house, date=line.day)


def _find_guest(plan: _Plan, line: Line) -> None:
    if not line.guest:
        return
    house, folded = _house(plan, line), guest_queries.fold(line.guest)
    if not folded:
        plan.wrong(line, _("Ce surnom n’a ni lettre ni chiffre."))
        return
    if not plan.guests:
        teams = {one.team_id for one in plan.houses.values()}
        rows = list(Guest.objects.filter(team__in=teams).exclude(folded=""))
        known = {row.pk: row for row in rows}
        # Who stands by an alias comes after who was joined to somebody, and takes its place.
        for row in sorted(rows, key=lambda one: (one.joined_to_id is None, one.pk)):
            plan.guests[row.team_id, row.folded] = known.get(row.joined_to_id or row.pk, row)
    key = (house.team_id, folded)
    found = plan.guests.get(key)
    if found is None:
        found = plan.guests[key] = Guest(
            mark=_mark("guest", house.team_id, folded), team=house.team,
            alias=line.guest[:80], folded=folded, since_at=plan.at,
        )  # fmt: skip
        plan.fresh.append(found)
    _complete(plan, found, line)


def _complete(plan: _Plan, guest: Guest, line: Line) -> None:
    """What a line says of a guest is added; two lines may not say two things."""
    said = {"sex": line.sex, "birth_year": line.birth_year, "person_id": _person(plan, line)}
    for name, value in said.items():
        held = getattr(guest, name)
        if value and held and value != held:
            words = _("« %(guest)s » : cette ligne dit autre chose que ce qui est déjà connu.")
            plan.wrong(line, words % {"guest": line.guest})
        elif value and not held:
            setattr(guest, name, value)
            if guest.pk:
                plan.changed[guest.pk] = guest


def _person(plan: _Plan, line: Line) -> int | None:
    if not line.person:
        return None
    found = people.id_of(line.person)
    if found is None:
        plan.wrong(line, _("Aucune personne n’a la référence « %(ref)s ».") % {"ref": line.person})
    return found


def _write_guests(plan: _Plan) -> None:
    if _has_one_person_twice(plan):
        words = _("Une même personne est donnée à deux surnoms : réunissez-les d’abord.")
        plan.faults[label_of(1)] = words
        return
    Guest.objects.bulk_create(plan.fresh, batch_size=_BATCH)
    Guest.objects.bulk_update(
        plan.changed.values(), ["sex", "birth_year", "person"], batch_size=_BATCH
    )
    missing = [row for row in plan.openings.values() if row.pk is None]
    Opening.objects.bulk_create(missing, batch_size=_BATCH)


def _has_one_person_twice(plan: _Plan) -> bool:
    held: dict[tuple[int, int], Guest] = {}
    for one in plan.guests.values():
        if one.person_id and held.setdefault((one.team_id, one.person_id), one) != one:
            return True
    return False


def _mark(*parts: object) -> UUID:
    return uuid5(NAMESPACE_URL, "stays:" + "|".join(map(str, parts)))


def _twice(plan: _Plan, line: Line, *key: object) -> bool:
    """Whether a line says again what another of the file said."""
    before = plan.seen.setdefault(key, line.number)
    if before == line.number:
        return False
    plan.wrong(line, _("Dit déjà la même chose que la ligne %(number)d.") % {"number": before})
    return True


def _lay_nights(plan: _Plan, lines: list[Line]) -> None:
    """Each line gets a bed that is free and fits; what is there already stays where it is."""
    if not lines:
        return
    span = (min(line.day for line in lines), max(line.day for line in lines))
    held = list(Stay.objects.filter(night__range=span, state__in=HOLDS_BED))
    taken: dict[tuple[int, date], set[int]] = defaultdict(set)
    where: dict[tuple[int, date], int] = {}
    for row in held:
        taken[row.opening_id, row.night].add(row.bed_id)
        if row.guest_id:
            where[row.guest_id, row.night] = row.opening_id
    # What was loaded before and taken back since stays taken back.
    marks = set(Stay.objects.filter(night__range=span).values_list("mark", flat=True))
    beds = list(Bed.objects.filter(queries.overlapping(*span)).order_by("rank", "pk"))
    for line in lines:
        opening = plan.openings[_house(plan, line).pk, line.day]
        if _twice(plan, line, "night", line.day, opening.pk, guest_queries.fold(line.guest)):
            continue
        for nth in range(line.count):
            _lay(plan, line, nth, opening, beds, taken[opening.pk, line.day], where, marks)


def _lay(
    plan: _Plan, line: Line, nth: int, opening: Opening, beds: list[Bed], taken: set[int],
    where: dict[tuple[int, date], int], marks: set[UUID],
) -> None:  # fmt: skip
    house = _house(plan, line)
    guest = plan.guests[house.team_id, guest_queries.fold(line.guest)] if line.guest else None
    mark = _mark("stay", opening.pk, guest.pk if guest else f"unnamed {nth}")
    there = where.get((guest.pk, line.day)) if guest else None
    if there == opening.pk or mark in marks:
        plan.known += 1
        return
    if there is not None:
        plan.wrong(
            line, _("« %(guest)s » dort déjà ailleurs cette nuit-là.") % {"guest": line.guest}
        )
        return
    free = [
        bed for bed in beds
        if bed.house_id == house.pk and bed.holds_on(line.day) and bed.pk not in taken
        and fits(bed, guest.sex if guest else "")
    ]  # fmt: skip
    if not free:
        plan.wrong(line, _("Il n’y a plus de lit cette nuit-là."))
        return
    bed = min(free, key=lambda one: (not one.sex, one.rank, one.pk))
    taken.add(bed.pk)
    if guest:
        where[guest.pk, line.day] = opening.pk
    plan.stays.append(Stay(
        mark=mark, opening=opening, night=line.day, bed=bed, guest=guest, state=StayState.IN,
        with_dog=line.dog, arrived_at=_opens(house, line.day), at=plan.at, by_ref=plan.by.ref,
        by_label=plan.by.label,
    ))  # fmt: skip


def _opens(house: House, day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, house.opens_at))


def _lay_days(plan: _Plan, lines: list[Line]) -> None:
    openings = {plan.openings[_house(plan, line).pk, line.day].pk for line in lines}
    rows = list(Visit.objects.filter(opening__in=openings))
    named = {(v.opening_id, v.guest_id) for v in rows if v.guest_id and not v.taken_back_at}
    back = {v.mark for v in rows if v.taken_back_at}
    counts = {v.mark: v.count for v in rows if not v.guest_id}
    for line in lines:
        house = _house(plan, line)
        opening = plan.openings[house.pk, line.day]
        if _twice(plan, line, "day", opening.pk, guest_queries.fold(line.guest)):
            continue
        guest = plan.guests[house.team_id, guest_queries.fold(line.guest)] if line.guest else None
        mark = _mark("visit", opening.pk, guest.pk if guest else "unnamed")
        is_known = guest and (opening.pk, guest.pk) in named
        if is_known or mark in back or counts.get(mark) == line.count:
            plan.known += 1
        elif mark in counts:
            plan.wrong(
                line, _("Ce jour est déjà chargé avec un autre nombre : corrigez-le au bureau.")
            )
        elif line.count:
            plan.visits.append(Visit(
                mark=mark, opening=opening, guest=guest, count=line.count,
                at=_opens(house, line.day), by_ref=plan.by.ref, by_label=plan.by.label,
            ))  # fmt: skip


def _write(plan: _Plan) -> Loaded:
    Stay.objects.bulk_create(plan.stays, batch_size=_BATCH)
    Visit.objects.bulk_create(plan.visits, batch_size=_BATCH)
    touched = {row.opening_id for row in plan.stays} | {row.opening_id for row in plan.visits}
    done = [
        row for row in plan.openings.values()
        if row.pk in touched or row.state == OpeningState.OPEN
    ]  # fmt: skip
    awaited = Stay.objects.filter(opening__in=done, state=StayState.EXPECTED)
    awaited.update(state=StayState.RELEASED)
    count_all(done, by=plan.by, at=plan.at, why=_("Repris d’un fichier."))
    note_last_date(_latest(plan.stays, plan.visits))
    for house in plan.houses.values():
        written = sum(row.house_id == house.pk for row in done)
        if written:
            trace("stay.load", by=plan.by, at=plan.at, house=house, detail={"openings": written})
    return Loaded(len(plan.fresh), len(plan.stays), len(plan.visits), len(done), plan.known)


def _latest(stays: Iterable[Stay], visits: Iterable[Visit]) -> dict[int, date]:
    days = [(one.guest_id, one.night) for one in stays if one.guest_id]
    days += [(one.guest_id, one.opening.date) for one in visits if one.guest_id]
    found: dict[int, date] = {}
    for guest, day in days:
        found[guest] = max(day, found.get(guest, day))
    return found
