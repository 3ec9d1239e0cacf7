"""What the phones, the desk and the services ask of houses, of nights and of who is there."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Max, Q, QuerySet, Sum
from django.utils import timezone

from beffroi.acts.stays.enums import RefusalReason, Service, StayState
from beffroi.acts.stays.models import (
    Bed,
    ColdPlan,
    Exclusion,
    Guest,
    Handover,
    HealthNote,
    House,
    HouseKey,
    Incident,
    Opening,
    OpeningCount,
    Refusal,
    Season,
    Stay,
    Tally,
    Visit,
)
from beffroi.acts.stays.workflow import COUNTS, HOLDS_BED
from beffroi.core.counting import in_force

if TYPE_CHECKING:
    from beffroi.directory.models import Place

#: A night belongs to the evening on which it begins, until noon of the day after.
_NOON = timedelta(hours=12)
#: Who came in these last days stands on the sheet before she is tapped.
_KNOWN_FOR = timedelta(days=14)


@dataclass(frozen=True)
class BedRow:
    """A bed in force on a night, and who has it, if anybody."""

    pk: int
    code: str
    room: str
    sex: str
    is_extra: bool
    stay: Stay | None

    @property
    def is_free(self) -> bool:
        """This property says whether nobody has the bed."""
        return self.stay is None


@dataclass(frozen=True)
class Sheet:
    """One night or one day as the team sees it while it lasts."""

    beds: tuple[BedRow, ...]
    visits: tuple[Visit, ...]
    unnamed_visits: int
    #: Guests of the last nights who are not there yet.
    known: tuple[Guest, ...]
    excluded: frozenset[int]
    refusals: Mapping[str, int]
    services: Mapping[str, int]

    def _in(self, *states: str) -> tuple[BedRow, ...]:
        return tuple(row for row in self.beds if row.stay and row.stay.state in states)

    @property
    def inside(self) -> tuple[BedRow, ...]:
        return self._in(StayState.IN)

    @property
    def gone(self) -> tuple[BedRow, ...]:
        return self._in(StayState.LEFT)

    @property
    def awaited(self) -> tuple[BedRow, ...]:
        return self._in(StayState.EXPECTED)

    @property
    def free(self) -> tuple[BedRow, ...]:
        return tuple(row for row in self.beds if row.is_free)

    @property
    def slept(self) -> int:
        return len(self._in(*COUNTS))

    @property
    def came(self) -> int:
        """This property counts the visits of the day, with and without an alias."""
        return len(self.visits) + self.unnamed_visits

    @property
    def refused(self) -> int:
        return sum(self.refusals.values())


def day_of(house: House, at: datetime) -> date:
    """This function will give the date of the night, or of the day, that `at` belongs to."""
    return timezone.localdate(at - _NOON if house.sleeps else at)


def end_of(house: House, day: date) -> datetime:
    """This function will give the moment at which a night, or a day, is another one."""
    after = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
    return after + _NOON if house.sleeps else after


def on(day: date) -> Q:
    """This function will give the condition of what holds on a day, both ends included."""
    return Q(since_date__lte=day) & (Q(until_date__isnull=True) | Q(until_date__gte=day))


def overlapping(since: date, until: date | None) -> Q:
    """This function will give the condition of what holds on some day of a period."""
    found = Q(until_date__isnull=True) | Q(until_date__gte=since)
    return found if until is None else found & Q(since_date__lte=until)


def is_open(house: int, day: date) -> bool:
    """This function will say whether a house is open on a day."""
    return Season.objects.filter(on(day), house=house).exists()


def beds_on(house: int, day: date) -> QuerySet[Bed]:
    """This function will give the beds in force in a house on a night, in their order."""
    return Bed.objects.filter(on(day), house=house).order_by("rank", "pk")


def house(houses: QuerySet[House], pk: int) -> House | None:
    """This function will give one of these houses with its team and place, or nothing."""
    return houses.select_related("team", "place").filter(pk=pk).first()


def opening(openings: QuerySet[Opening], pk: int) -> Opening | None:
    """This function will give one of these openings with its house, or nothing."""
    return openings.select_related("house__team").filter(pk=pk).first()


def opening_on(house: int, day: date) -> Opening | None:
    """This function will give the night or the day of a house on a date, or nothing."""
    return Opening.objects.select_related("house").filter(house=house, date=day).first()


@dataclass(frozen=True)
class HouseNow:
    """A house at a moment: its night or day, how many are there, how many beds are left."""

    house: House
    day: date
    is_open: bool
    beds: int
    taken: int
    came: int
    state: str
    opening: int | None

    @property
    def left(self) -> int:
        return max(0, self.beds - self.taken)


def houses_now(houses: QuerySet[House], at: datetime) -> list[HouseNow]:
    """This function will say where each of these houses stands, in a fixed number of queries."""
    found = list(houses.select_related("team", "place").order_by("kind", "name"))
    days = {one.pk: day_of(one, at) for one in found}
    both = set(days.values())
    first, last = (min(both), max(both)) if both else (timezone.localdate(at),) * 2
    keys = list(days)
    seasons = Season.objects.filter(overlapping(first, last), house__in=keys)
    beds = Bed.objects.filter(overlapping(first, last), house__in=keys)
    opened = {
        (row.house_id, row.date): row
        for row in Opening.objects.filter(house__in=keys, date__in=both)
    }
    held = _per_opening(Stay.objects.filter(state__in=HOLDS_BED), opened.values(), Count("pk"))
    visits = Visit.objects.filter(taken_back_at__isnull=True)
    came = _per_opening(visits, opened.values(), Sum("count"))
    seasons_, beds_ = list(seasons), list(beds)
    rows = []
    for one in found:
        day = days[one.pk]
        row = opened.get((one.pk, day))
        rows.append(HouseNow(
            one, day, any(s.house_id == one.pk and s.holds_on(day) for s in seasons_),
            sum(b.house_id == one.pk and b.holds_on(day) for b in beds_),
            held.get(row.pk, 0) if row else 0, max(0, came.get(row.pk, 0)) if row else 0,
            row.state if row else "", row.pk if row else None,
        ))  # fmt: skip
    return rows


def _per_opening(rows: QuerySet, openings: Iterable[Opening], what: Count | Sum) -> dict[int, int]:  # type: ignore[type-arg]
    keys = [one.pk for one in openings]
    found = rows.filter(opening__in=keys).order_by().values_list("opening").annotate(n=what)
    return dict(found)


def sheet(house: House, day: date) -> Sheet:
    """This function will give the sheet of a night or of a day, in a fixed number of queries."""
    row = Opening.objects.filter(house=house, date=day).first()
    key = row.pk if row else None
    held = Stay.objects.filter(opening=key, state__in=HOLDS_BED).select_related("guest")
    by_bed = {stay.bed_id: stay for stay in held}
    beds = [
        BedRow(b.pk, b.code, b.room, b.sex, b.plan_id is not None, by_bed.get(b.pk))
        for b in beds_on(house.pk, day)
    ]
    visits = Visit.objects.filter(opening=key, taken_back_at__isnull=True)
    seen = list(visits.select_related("guest").order_by("-at", "-pk"))
    named = tuple(one for one in seen if one.guest_id)
    here = {s.guest_id for s in by_bed.values()} | {v.guest_id for v in named}
    known = [one for one in guests_of_late(house, day) if one.pk not in here]
    return Sheet(
        tuple(beds), named, max(0, sum(one.count for one in seen if not one.guest_id)),
        tuple(known), excluded_on(house.pk, day), refusals_of(key), services_of(key),
    )  # fmt: skip


def guests_of_late(house: House, day: date, most: int = 80) -> list[Guest]:
    """This function will give who came to a house in the two weeks before a day, by alias."""
    since, before = day - _KNOWN_FOR, Q(opening__house=house, opening__date__lt=day)
    slept = Stay.objects.filter(before, opening__date__gte=since, state__in=COUNTS)
    came = Visit.objects.filter(before, opening__date__gte=since, taken_back_at__isnull=True)
    rows = Guest.objects.filter(
        Q(pk__in=slept.values("guest")) | Q(pk__in=came.values("guest")),
        joined_to__isnull=True, emptied_at__isnull=True,
    )  # fmt: skip
    return list(rows.order_by("folded", "pk")[:most])


def excluded_on(house: int, day: date) -> frozenset[int]:
    """This function will give the guests who may not come into a house on a day."""
    rows = Exclusion.objects.filter(on(day), house=house, lifted_at__isnull=True)
    return frozenset(rows.values_list("guest_id", flat=True))


def exclusion_of(guest: int, house: int, day: date) -> Exclusion | None:
    """This function will give why a guest may not come in on a day, or nothing."""
    rows = Exclusion.objects.filter(on(day), guest=guest, house=house, lifted_at__isnull=True)
    return rows.order_by("-until_date").first()


def exclusions(houses: QuerySet[House], day: date) -> QuerySet[Exclusion]:
    """This function will give the exclusions of these houses that hold on a day or after."""
    rows = Exclusion.objects.filter(house__in=houses, until_date__gte=day, lifted_at__isnull=True)
    return rows.select_related("guest", "house").order_by("until_date", "pk")


def refusals_of(opening: int | None) -> dict[str, int]:
    """This function will count the refusals of an opening by reason, zero for the reasons unused."""
    rows = Refusal.objects.filter(opening=opening, taken_back_at__isnull=True).order_by()
    found = dict(rows.values_list("reason").annotate(n=Count("pk")))
    return {reason: found.get(reason, 0) for reason in RefusalReason.values}


def last_refusal(opening: int) -> Refusal | None:
    """This function will give the refusal noted last in an opening, or nothing."""
    rows = Refusal.objects.filter(opening=opening, taken_back_at__isnull=True)
    return rows.order_by("-at", "-pk").first()


def services_of(opening: int | None) -> dict[str, int]:
    """This function will count meals, showers and laundry of an opening, never below zero."""
    rows = Tally.objects.filter(opening=opening).order_by().values_list("service")
    found = dict(rows.annotate(n=Sum("delta")))
    return {service: max(0, found.get(service, 0)) for service in Service.values}


def counts_of(opening: int) -> list[OpeningCount]:
    """This function will give every count of an opening, the first first."""
    return list(OpeningCount.objects.filter(opening=opening).order_by("revision"))


def last_revisions(openings: Collection[int]) -> dict[int, int]:
    """This function will give the number of the last count of each opening that has one."""
    rows = OpeningCount.objects.filter(opening__in=openings).order_by()
    return dict(rows.values_list("opening").annotate(last=Max("revision")))


def nights_listed(openings: QuerySet[Opening], since: date, until: date) -> QuerySet[Opening]:
    """This function will give openings from a day to a day, the last first."""
    rows = openings.select_related("house").filter(date__range=(since, until))
    return rows.order_by("-date", "house__name", "pk")


def unclosed(openings: QuerySet[Opening], day: date) -> QuerySet[Opening]:
    """This function will give the openings before a day that nobody closed, the oldest first."""
    rows = openings.select_related("house").filter(state="open", date__lt=day)
    return rows.order_by("date", "pk")


def stays_of(opening: int) -> QuerySet[Stay]:
    """This function will give every stay of an opening with its bed and guest, by bed."""
    rows = Stay.objects.filter(opening=opening).select_related("bed", "guest")
    return rows.order_by("bed__rank", "bed_id", "pk")


def visits_of(opening: int) -> QuerySet[Visit]:
    """This function will give the visits of an opening that stand, with their guests."""
    rows = Visit.objects.filter(opening=opening, taken_back_at__isnull=True)
    return rows.select_related("guest").order_by("at", "pk")


def book(openings: Collection[int]) -> tuple[list[Incident], list[Handover]]:
    """This function will give incidents and words to the next team of openings, the last first."""
    incidents = Incident.objects.filter(opening__in=openings, emptied_at__isnull=True)
    words = Handover.objects.filter(opening__in=openings)
    return (
        list(incidents.select_related("opening__house")),
        list(words.select_related("opening__house")),
    )


def last_openings(house: int, day: date, most: int = 3) -> list[int]:
    """This function will give the openings of a house until a day, the last ones, by key."""
    rows = Opening.objects.filter(house=house, date__lte=day).order_by("-date")
    return list(rows.values_list("pk", flat=True)[:most])


def health_notes(team: int, day: date) -> list[HealthNote]:
    """This function will give what must be known of the health of guests of a team on a day."""
    rows = HealthNote.objects.filter(guest__team=team, erase_on__gt=day)
    return list(rows.select_related("guest").order_by("guest__folded", "pk"))


@dataclass(frozen=True)
class SetUp:
    """How a house stands on a day: seasons and cold plans whole, beds and keys in force."""

    seasons: list[Season]
    beds: list[Bed]
    plans: list[ColdPlan]
    keys: list[HouseKey]


def set_up_of(house: int, day: date) -> SetUp:
    """This function will give seasons, beds in force, cold plans and keys of a house on a day."""
    plans = ColdPlan.objects.filter(house=house).annotate(n=Count("beds"))
    return SetUp(
        list(Season.objects.filter(house=house).order_by("-since_date")),
        list(beds_on(house, day)),
        list(plans.order_by("-since_date")),
        list(HouseKey.objects.filter(on(day), house=house)),
    )


def team_of(house: int) -> int:
    """This function will give the team that keeps a house. Raises: House.DoesNotExist."""
    return House.objects.values_list("team_id", flat=True).get(pk=house)


def is_begun() -> bool:
    """This function will say whether any house is written."""
    return House.objects.exists()


def places_counted(day: date) -> list[tuple[str, str, "Place"]]:
    """This function will give to what each house with a place counts on `day`: kind, key, place."""
    rows = HouseKey.objects.filter(in_force(day), house__place__isnull=False)
    return [(row.kind, row.key, row.house.place) for row in rows.select_related("house__place")]  # type: ignore[misc]
