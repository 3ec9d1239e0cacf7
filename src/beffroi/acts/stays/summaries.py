"""A period of every house at once, as a page tells it: sums house by house, people counted anew."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet, Sum

from beffroi.acts.stays.enums import Sex
from beffroi.acts.stays.indicators import identities, openings_in
from beffroi.acts.stays.models import House, Opening, Stay, Visit
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


def summary_of(openings: QuerySet[Opening], since: date, until: date) -> Summary:
    """This function will sum up these closed openings from a day to a day, in seven queries at most."""
    rows = openings_in(Scope(since, until)).filter(pk__in=openings.values("pk"))
    sums = {
        row["house"]: dict[str, int](row)  # type: ignore[arg-type]
        for row in rows.values("house").annotate(
            openings=Count("pk"), all_beds=Sum("beds"), nights=Sum("slept"), days=Sum("visits"),
            nights_unnamed=Sum("slept_unnamed"), days_unnamed=Sum("visits_unnamed"),
            turned_away=Sum("refused"), full=Sum("refused_full"),
        )
    }  # fmt: skip
    keys = rows.values("pk")
    stays = Stay.objects.filter(opening__in=keys, state__in=COUNTS, guest__isnull=False)
    visits = Visit.objects.filter(opening__in=keys, taken_back_at__isnull=True, guest__isnull=False)
    pairs = {
        pair
        for there in (stays, visits)
        for pair in there.order_by().values_list("opening__house", "guest").distinct()
    }
    known = identities({guest for _house, guest in pairs})
    by_house: dict[int, dict[Hashable, str]] = {}
    for house, guest in pairs:
        who, sex = known[guest]
        by_house.setdefault(house, {})[who] = sex
    houses = House.objects.filter(pk__in=sums).order_by("-kind", "name")
    return Summary(
        tuple(_house(one, sums[one.pk], by_house.get(one.pk, {})) for one in houses),
        len({who for there in by_house.values() for who in there}),
    )


def _house(house: House, row: dict[str, int], there: dict[Hashable, str]) -> HouseSummary:
    sexes = list(there.values())
    return HouseSummary(
        house, row["openings"], row["all_beds"], row["nights"], row["days"],
        row["nights_unnamed"] + row["days_unnamed"], row["turned_away"], row["full"], len(there),
        sexes.count(Sex.MAN), sexes.count(Sex.WOMAN),
    )  # fmt: skip
