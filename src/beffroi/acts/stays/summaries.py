"""A period of every house at once, as a page tells it: sums house by house, people counted anew."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet, Sum

from beffroi.acts.stays.enums import Sex
from beffroi.acts.stays.indicators import identities, openings_in, within
from beffroi.acts.stays.models import House, Stay, Visit
from beffroi.acts.stays.workflow import COUNTS
from beffroi.core.measures import Scope


@dataclass(frozen=True)
class HouseSummary:
    """What a house counted in a period; people once each, by sex."""

    house: House
    openings: int
    beds: int
    slept: int
    visits: int
    unnamed: int
    refused: int
    refused_full: int
    people: int
    men: int
    women: int


@dataclass(frozen=True)
class Summary:
    """What the houses counted in a period, and how many people came to one of them at least."""

    houses: tuple[HouseSummary, ...]
    people: int


def summary_of(houses: QuerySet[House], since: date, until: date) -> Summary:
    """This function will sum up the closed openings of houses between two days, in seven queries."""
    scope = Scope(since, until)
    rows = openings_in(scope).filter(house__in=houses)
    sums = {
        row["house"]: dict[str, int](row)  # type: ignore[arg-type]
        for row in rows.values("house").annotate(
            openings=Count("pk"), all_beds=Sum("beds"), nights=Sum("slept"), days=Sum("visits"),
            nights_unnamed=Sum("slept_unnamed"), days_unnamed=Sum("visits_unnamed"),
            turned_away=Sum("refused"), full=Sum("refused_full"),
        )
    }  # fmt: skip
    named = {"opening__house__in": houses, "guest__isnull": False}
    stays = within(Stay.objects.filter(state__in=COUNTS, **named), scope, "opening__")
    unretracted = Visit.objects.filter(taken_back_at__isnull=True, **named)
    visits = within(unretracted, scope, "opening__")
    pairs = {
        pair
        for there in (
            stays.values_list("opening__house", "guest"),
            visits.values_list("opening__house", "guest"),
        )
        for pair in there.order_by().distinct()
    }
    known = identities({guest for _house, guest in pairs})
    by_house: dict[int, dict[Hashable, str]] = {}
    for house, guest in pairs:
        who, sex = known[guest]
        by_house.setdefault(house, {})[who] = sex
    found = House.objects.filter(pk__in=sums).order_by("-kind", "name")
    return Summary(
        tuple(_house(one, sums[one.pk], by_house.get(one.pk, {})) for one in found),
        len({who for there in by_house.values() for who in there}),
    )


def _house(house: House, row: dict[str, int], there: dict[Hashable, str]) -> HouseSummary:
    sexes = list(there.values())
    return HouseSummary(
        house, row["openings"], row["all_beds"], row["nights"], row["days"],
        row["nights_unnamed"] + row["days_unnamed"], row["turned_away"], row["full"], len(there),
        sexes.count(Sex.MAN), sexes.count(Sex.WOMAN),
    )  # fmt: skip
