"""A winter of one town: loaded from a file, or noted night by night, the figures are the same."""

from collections import Counter
from decimal import Decimal

import pytest
from tests.factories.stays import (
    HOUSE,
    IN_BOTH,
    NOW,
    SHELTER,
    WINTER,
    Row,
    as_csv,
    winter,
    winter_houses,
)

from beffroi.acts.stays import services as stays
from beffroi.acts.stays.models import Guest, Opening, Stay, Visit
from beffroi.acts.stays.services import Arrival, GuestDraft
from beffroi.core.measures import Scope
from beffroi.steering.figures import count, people_of
from beffroi.steering.measures import measure_named

pytestmark = pytest.mark.django_db
NIGHTS, DAYS = frozenset({"action:2.4.01"}), frozenset({"action:3.5.02"})
BOTH = NIGHTS | DAYS


def _figure(key: str, refs: frozenset[str] | None = None) -> Decimal | None:
    return count(measure_named(f"stays.{key}"), Scope(*WINTER, refs))[0]


def test_the_winter_of_a_town_loaded_from_a_file() -> None:
    winter_houses()
    loaded = stays.load_file(content=as_csv(winter()), by=HOUSE, at=NOW)
    assert (loaded.nights, loaded.visits, loaded.openings) == (2762, 3203, 292)
    assert {key: _figure(key, NIGHTS) for key in (
        "nights", "guests", "guests_men", "guests_women", "guests_other", "nights_open",
        "occupancy", "mean_beds", "guests_new", "day_visits",
    )} == {
        "nights": 2762, "guests": 146, "guests_men": 120, "guests_women": 26, "guests_other": 0,
        "nights_open": 146, "occupancy": Decimal("52.55"), "mean_beds": Decimal("18.92"),
        "guests_new": 146, "day_visits": 0,
    }  # fmt: skip
    assert {key: _figure(key, DAYS) for key in ("day_visits", "day_visitors", "nights")} == {
        "day_visits": 3203, "day_visitors": 155, "nights": 0,
    }  # fmt: skip


def test_uniting_both_houses_counts_people_again_and_never_adds_them() -> None:
    winter_houses()
    stays.load_file(content=as_csv(winter()), by=HOUSE, at=NOW)
    union = 146 + 155 - IN_BOTH
    assert _figure("people", BOTH) == _figure("people") == union == 204
    asked = [
        (measure_named("stays.guests"), Scope(*WINTER, NIGHTS)),
        (measure_named("stays.day_visitors"), Scope(*WINTER, DAYS)),
    ]
    assert people_of(asked) == union
    every = {
        _figure(key.removeprefix("stays."), refs)
        for key in ("stays.guests", "stays.day_visitors", "stays.people", "stays.guests_new")
        for refs in (None, NIGHTS, DAYS, BOTH)
    }
    assert 301 not in every


def test_a_file_loaded_again_adds_nothing() -> None:
    winter_houses()
    content = as_csv(winter())
    stays.load_file(content=content, by=HOUSE, at=NOW)
    before = (Guest.objects.count(), Stay.objects.count(), Visit.objects.count())
    again = stays.load_file(content=content, by=HOUSE, at=NOW)
    assert (again.guests, again.nights, again.visits, again.openings) == (0, 0, 0, 0)
    assert again.known == 2762 + 3203
    assert (Guest.objects.count(), Stay.objects.count(), Visit.objects.count()) == before
    assert set(Opening.objects.values_list("counts__revision", flat=True)) == {1}


def _first_days(many: int) -> list[Row]:
    rows = winter()
    days = sorted({row.day for row in rows})[:many]
    return [row for row in rows if row.day in days]


def _noted_by_hand(rows: list[Row], shelter: int, days: int) -> None:
    known: dict[str, Guest] = {}
    for row in rows:
        pk = shelter if row.house == SHELTER else days
        if row.guest not in known:
            known[row.guest] = stays.add_guest(
                house=pk, draft=GuestDraft(row.guest, row.sex), by=HOUSE, at=NOW
            )
        mark = known[row.guest].mark
        if row.is_night:
            stays.take_in(house=pk, day=row.day, arrival=Arrival(mark), by=HOUSE, at=NOW)
        else:
            stays.visit(house=pk, day=row.day, guest=mark, by=HOUSE, at=NOW)
    for one in Opening.objects.all():
        stays.close_opening(opening=one.pk, by=HOUSE, at=NOW)


def test_the_first_days_noted_on_the_phone_give_what_the_file_gives() -> None:
    shelter, days = winter_houses()
    rows = _first_days(6)
    _noted_by_hand(rows, shelter.pk, days.pk)
    keys = ("nights", "guests", "guests_men", "guests_women", "occupancy", "mean_beds",
            "day_visits", "day_visitors", "people")  # fmt: skip
    by_hand = {key: _figure(key) for key in keys}
    sums = Counter(row.is_night for row in rows)
    assert (by_hand["nights"], by_hand["day_visits"]) == (sums[True], sums[False])
    assert by_hand["guests"] == len({row.guest for row in rows if row.is_night})
    again = stays.load_file(content=as_csv(rows), by=HOUSE, at=NOW)
    assert (again.nights, again.visits, again.known) == (0, 0, len(rows))
    assert {key: _figure(key) for key in keys} == by_hand
