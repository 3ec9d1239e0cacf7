"""Beds go while somebody comes: whichever is first, the other sees it."""

from collections.abc import Callable
from datetime import timedelta
from unittest.mock import patch

from django.test import TransactionTestCase
from tests.factories.stays import HOUSE, NOW, TONIGHT, guest, house, night
from tests.journal import FlushesJournal
from tests.threads import Between, database_for_threads, in_threads

from beffroi.acts.stays import services as stays
from beffroi.acts.stays.models import Bed, ColdPlan, House, Stay
from beffroi.acts.stays.services import houses, nights
from beffroi.acts.stays.workflow import HOLDS_BED
from beffroi.core.errors import Refusal

EVE = TONIGHT - timedelta(days=1)
BY = {"by": HOUSE, "at": NOW}


def _told(act: Callable[[], object]) -> str:
    try:
        act()
    except Refusal as refused:
        return type(refused).__name__
    return "done"


def _sleepers_without_bed() -> int:
    held = Stay.objects.filter(state__in=HOLDS_BED).select_related("bed")
    return sum(not one.bed.holds_on(one.night) for one in held)


class BedsAndArrivals(FlushesJournal, TransactionTestCase):
    def _meet(self, first: Callable[[], object], second: Callable[[], object], where: tuple[object, str]) -> list[str]:  # fmt: skip
        """Runs `first`, and `second` between its look and its write."""
        between = Between(getattr(*where))
        with database_for_threads(), patch.object(*where, between):
            said = in_threads(
                lambda act: act(),
                [lambda: _told(first), lambda: between.second(lambda: _told(second))],
            )
            assert in_threads(lambda _once: _sleepers_without_bed(), range(1)) == [0]
        return said

    def _end(self, of: House) -> Callable[[], object]:
        beds = list(Bed.objects.filter(house=of).values_list("pk", flat=True))
        return lambda: stays.end_beds(beds=beds, on=EVE, **BY)

    def test_bed_that_goes_is_not_given(self) -> None:
        of = house(1)
        ann = guest(of)
        looks = (houses, "_must_be_empty_after")
        assert self._meet(self._end(of), lambda: night(of, ann), looks) == ["done", "NoBed"]

    def test_bed_that_is_given_does_not_go(self) -> None:
        of = house(1)
        ann = guest(of)
        said = self._meet(lambda: night(of, ann), self._end(of), (nights, "_bed"))
        assert said == ["done", "InvalidInput"]

    def test_bed_of_the_cold_is_not_given_once_the_plan_ends(self) -> None:
        of = house(0)
        until = TONIGHT + timedelta(days=9)
        stays.start_cold_plan(house=of.pk, since=EVE, until=until, beds=1, why="−6 °C", **BY)
        plan, ann = ColdPlan.objects.get().pk, guest(of)
        said = self._meet(
            lambda: stays.end_cold_plan(plan=plan, on=EVE, **BY), lambda: night(of, ann),
            (houses, "_must_be_empty_after"),
        )  # fmt: skip
        assert said == ["done", "NoBed"]

    def test_night_is_not_begun_in_a_season_that_ends(self) -> None:
        of = house(1)
        season = of.seasons.get().pk
        ann = guest(of)
        said = self._meet(
            lambda: stays.end_season(season=season, on=EVE, **BY), lambda: night(of, ann),
            (houses, "_must_follow"),
        )  # fmt: skip
        assert said == ["done", "WrongState"]
