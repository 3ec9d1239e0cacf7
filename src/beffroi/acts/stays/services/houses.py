"""Houses: written, opened from a day to a day, furnished with beds; more of them when it is cold."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from beffroi.accounts import queries as accounts
from beffroi.acts.stays import queries
from beffroi.acts.stays.enums import HouseKind, Sex
from beffroi.acts.stays.models import Bed, ColdPlan, House, Season, Stay
from beffroi.acts.stays.permissions import can_set_up
from beffroi.acts.stays.services.common import must_say, set_up_house, trace
from beffroi.acts.stays.workflow import HOLDS_BED
from beffroi.core.actors import Actor
from beffroi.core.counting import count_to
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState

#: A house is furnished with so many beds at a time, at most.
MOST_BEDS = 200


@dataclass(frozen=True)
class HouseDraft:
    """What a house is, and to what its acts count."""

    name: str
    kind: str
    opens_at: time
    closes_at: time
    curfew_at: time | None = None
    place: UUID | None = None
    lines: Sequence[str] = ()
    actions: Sequence[str] = ()


def _checked(draft: HouseDraft) -> None:
    wrong = {}
    if not draft.name.strip():
        wrong["name"] = _("Donnez un nom à la maison.")
    if draft.kind not in HouseKind.values:
        wrong["kind"] = _("Choisissez une sorte de maison.")
    if draft.curfew_at and draft.kind == HouseKind.DAY:
        wrong["curfew_at"] = _("On ne garde pas de lit dans un accueil de jour.")
    if wrong:
        raise InvalidInput(" ".join(wrong.values()), fields=wrong)


def _columns(draft: HouseDraft) -> dict[str, object]:
    return {
        "name": draft.name.strip()[:120], "kind": draft.kind, "opens_at": draft.opens_at,
        "closes_at": draft.closes_at, "curfew_at": draft.curfew_at, "place_id": draft.place,
    }  # fmt: skip


def _taken(name: str) -> InvalidInput:
    words = _("« %(name)s » existe déjà.") % {"name": name.strip()}
    return InvalidInput(words, fields={"name": words})


@transaction.atomic
def create_house(
    *, draft: HouseDraft, team: str, since: date, by: Actor, at: datetime, until: date | None = None
) -> House:
    """This function will write a house, open from a day on. Raises: NotAllowed; InvalidInput."""
    row = accounts.team_by_key(team)
    if row is None or not can_set_up(by, team):
        raise NotAllowed(_("Vous ne pouvez pas créer de maison pour cette équipe."))
    _checked(draft)
    try:
        with transaction.atomic():
            made = House.objects.create(team=row, made_at=at, made_by=by.label, **_columns(draft))
    except IntegrityError as error:
        raise _taken(draft.name) from error
    open_season(house=made.pk, since=since, until=until, by=by, at=at)
    count_to(made.keys, lines=draft.lines, actions=draft.actions, since=since)
    trace("stay_house.create", by=by, at=at, house=made)
    return made


@transaction.atomic
def change_house(*, house: int, draft: HouseDraft, since: date, by: Actor, at: datetime) -> House:
    """This function will change a house; from `since` on it counts to what the draft says.

    Its kind stays once nights or days are written. Raises: NotAllowed; InvalidInput.
    """
    found = set_up_house(house, by)
    _checked(draft)
    if draft.kind != found.kind and found.openings.exists():
        words = _("La sorte ne change plus : des nuits ou des journées sont comptées.")
        raise InvalidInput(words, fields={"kind": words})
    try:
        with transaction.atomic():
            House.objects.filter(pk=found.pk).update(**_columns(draft))
    except IntegrityError as error:
        raise _taken(draft.name) from error
    count_to(found.keys, lines=draft.lines, actions=draft.actions, since=since)
    found.refresh_from_db()
    trace("stay_house.change", by=by, at=at, house=found)
    return found


@transaction.atomic
def open_season(
    *, house: int, since: date, by: Actor, at: datetime, until: date | None = None
) -> Season:
    """This function will open a house from a day to a day. Raises: NotAllowed; InvalidInput."""
    found = set_up_house(house, by)
    _must_follow(since, until)
    if Season.objects.filter(queries.overlapping(since, until), house=found).exists():
        words = _("La maison est déjà ouverte pendant une partie de ces jours.")
        raise InvalidInput(words, fields={"since": words})
    made = Season.objects.create(house=found, since_date=since, until_date=until)
    trace("stay_house.open", by=by, at=at, house=found, detail={"since": since.isoformat()})
    return made


def _must_follow(since: date, until: date | None) -> None:
    if until is not None and until < since:
        words = _("La fin vient après le début.")
        raise InvalidInput(words, fields={"until": words})


def _must_shorten(row: Bed | ColdPlan, on: date) -> None:
    _must_follow(row.since_date, on)
    if row.until_date and on > row.until_date:
        words = _("C’est déjà fini plus tôt, le %(day)s.") % {"day": f"{row.until_date:%d/%m/%Y}"}
        raise InvalidInput(words, fields={"on": words})


@transaction.atomic
def end_season(*, season: int, on: date, by: Actor, at: datetime) -> Season:
    """This function will end a period of opening on a day. Raises: NotAllowed; InvalidInput."""
    row = Season.objects.filter(pk=season).first()
    if row is None:
        raise NotAllowed(_("Cette période n’existe pas."))
    found = set_up_house(row.house_id, by)
    row.refresh_from_db()
    _must_follow(row.since_date, on)
    last = found.openings.aggregate(last=Max("date"))["last"]
    if row.until_date and on > row.until_date:
        raise InvalidInput(_("Elle finit déjà plus tôt : ouvrez-en une autre."))
    if last and row.holds_on(last) and on < last:
        words = _("Une nuit ou une journée est déjà écrite après ce jour.")
        raise InvalidInput(words, fields={"on": words})
    Season.objects.filter(pk=row.pk).update(until_date=on)
    row.refresh_from_db()
    trace("stay_house.end_season", by=by, at=at, house=found, detail={"on": on.isoformat()})
    return row


@dataclass(frozen=True)
class BedDraft:
    """Some beds alike: how they are called, in which room, for whom."""

    count: int
    prefix: str = ""
    room: str = ""
    sex: str = Sex.UNSAID


@transaction.atomic
def add_beds(
    *, house: int, draft: BedDraft, since: date, by: Actor, at: datetime, until: date | None = None
) -> list[Bed]:
    """This function will put beds in a house from a day on, numbered after those that are there.

    Raises: NotAllowed; InvalidInput; WrongState in a day shelter.
    """
    found = set_up_house(house, by)
    made = _put_beds(found, draft, since, until)
    trace("stay_house.add_beds", by=by, at=at, house=found, detail={"beds": len(made)})
    return made


def _put_beds(
    house: House, draft: BedDraft, since: date, until: date | None, plan: ColdPlan | None = None
) -> list[Bed]:
    if not house.sleeps:
        raise WrongState(_("On ne dort pas à « %(house)s ».") % {"house": house.name})
    _must_follow(since, until)
    wrong = {}
    if not 1 <= draft.count <= MOST_BEDS:
        wrong["count"] = _("Écrivez un nombre de 1 à %(most)d.") % {"most": MOST_BEDS}
    if draft.sex not in (Sex.MAN, Sex.WOMAN, Sex.UNSAID):
        wrong["sex"] = _("Un lit est pour les hommes, pour les femmes ou pour tous.")
    if wrong:
        raise InvalidInput(" ".join(wrong.values()), fields=wrong)
    last = Bed.objects.filter(house=house).aggregate(last=Max("rank"))["last"] or 0
    prefix = draft.prefix.strip()[:14]
    return Bed.objects.bulk_create(
        Bed(
            house=house, plan=plan, code=f"{prefix} {rank}".strip(), room=draft.room.strip()[:60],
            sex=draft.sex, rank=rank, since_date=since, until_date=until,
        )
        for rank in range(last + 1, last + 1 + draft.count)
    )  # fmt: skip


@transaction.atomic
def end_beds(*, beds: Sequence[int], on: date, by: Actor, at: datetime) -> int:
    """This function will take beds away; `on` is their last night. How many.

    Raises: NotAllowed; InvalidInput when somebody sleeps in one of them after that night.
    """
    asked = Bed.objects.filter(pk__in=list(beds))
    own = sorted(set(asked.values_list("house", flat=True)))
    houses = {pk: set_up_house(pk, by) for pk in own}
    rows = list(asked)
    if not rows:
        raise NotAllowed(_("Ces lits n’existent pas."))
    _must_be_empty_after(rows, on)
    for row in rows:
        _must_shorten(row, on)
    Bed.objects.filter(pk__in=[row.pk for row in rows]).update(until_date=on)
    for found in houses.values():
        trace("stay_house.end_beds", by=by, at=at, house=found, detail={"beds": len(rows)})
    return len(rows)


def _must_be_empty_after(beds: Sequence[Bed], on: date) -> None:
    held = Stay.objects.filter(bed__in=[row.pk for row in beds], night__gt=on, state__in=HOLDS_BED)
    if held.exists():
        words = _("Quelqu’un dort dans un de ces lits après ce jour.")
        raise InvalidInput(words, fields={"on": words})


@transaction.atomic
def start_cold_plan(
    *, house: int, since: date, until: date, beds: int, why: str, by: Actor, at: datetime,
    room: str = "",
) -> ColdPlan:  # fmt: skip
    """This function will put more beds in a house between two dates, because of the cold.

    Raises: NotAllowed; InvalidInput; WrongState in a day shelter.
    """
    found = set_up_house(house, by)
    _must_follow(since, until)
    said = must_say(why, _("Dites ce qui déclenche le plan."))
    if ColdPlan.objects.filter(queries.overlapping(since, until), house=found).exists():
        words = _("Un plan grand froid est déjà écrit pour une partie de ces jours.")
        raise InvalidInput(words, fields={"since": words})
    plan = ColdPlan.objects.create(
        house=found, since_date=since, until_date=until, why=said[:200], at=at, by_ref=by.ref,
        by_label=by.label,
    )  # fmt: skip
    draft = BedDraft(beds, _("Froid"), room)
    _put_beds(found, draft, since, until, plan)
    trace("stay_house.cold_plan", by=by, at=at, house=found, detail={"beds": beds})
    return plan


@transaction.atomic
def end_cold_plan(*, plan: int, on: date, by: Actor, at: datetime) -> ColdPlan:
    """This function will end a cold plan; `on` is the last night of its beds.

    Raises: NotAllowed; InvalidInput when somebody sleeps in one of them after that night.
    """
    row = ColdPlan.objects.filter(pk=plan).first()
    if row is None:
        raise NotAllowed(_("Ce plan n’existe pas."))
    found = set_up_house(row.house_id, by)
    row.refresh_from_db()
    _must_shorten(row, on)
    _must_be_empty_after(list(Bed.objects.filter(plan=row)), on)
    Bed.objects.filter(plan=row).update(until_date=on)
    ColdPlan.objects.filter(pk=row.pk).update(until_date=on)
    row.refresh_from_db()
    trace("stay_house.end_cold_plan", by=by, at=at, house=found, detail={"on": on.isoformat()})
    return row
