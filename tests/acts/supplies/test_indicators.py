"""What the counters give to a report: each figure counted again by hand."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from tests.factories import people as persons
from tests.factories.supplies import (
    HOUSE,
    NOW,
    TODAY,
    article,
    batch,
    card,
    keeper,
    later,
    lead,
    lot,
    passage,
    site,
    worker,
)

from beffroi.acts.supplies import services as supplies
from beffroi.acts.supplies.indicators import MEASURES, all_figures
from beffroi.core.measures import Additivity, Scope
from beffroi.people import services as people

pytestmark = pytest.mark.django_db
_BY = {"by": HOUSE, "at": NOW}
YEAR = Scope(date(2026, 1, 1), date(2026, 12, 31))
BY_NAME = {one.key.removeprefix("supplies."): one for one in MEASURES}


def _of(*refs: str, **more) -> Scope:
    return replace(YEAR, refs=frozenset(refs), **more)


def _figures(scope: Scope) -> dict[str, Decimal]:
    return {name: number for name, number in all_figures(scope).items() if number}


@pytest.fixture
def shops():
    """Two groceries on two lines; one person comes to both, under two cards."""
    first, second = site(lines=("14",), actions=("4.4.01",)), site(lines=("15",), actions=("4.4.01",))  # fmt: skip
    tin = article(points=2, price=Decimal("1.50"), grams=400)
    lot(first, tin, 50), lot(second, tin, 50)
    who = persons.person().reference
    here, there = card(first, person_ref=who, adults=2), card(second, person_ref=who, adults=3)
    alone = card(first)
    passage(here, {tin.pk: 2})
    passage(alone, {tin.pk: 3})
    passage(alone, {tin.pk: 1}, later(1))
    passage(there, {tin.pk: 5}, later(2))
    wrong = passage(there, {tin.pk: 5}, later(2))
    supplies.cancel_passage(passage=wrong.pk, why="erreur", **_BY)
    return first, second, tin


def test_groceries_add_up_and_households_are_counted_again_for_each_scope(shops) -> None:
    first, second, _tin = shops
    one = {
        "passages": Decimal(3), "kg_out": Decimal("2.400"), "points_out": Decimal(12),
        "turnover": Decimal("3.60"), "households": Decimal(2), "people_served": Decimal(3),
        "open_days": Decimal(2),
    }  # fmt: skip
    other = {
        "passages": Decimal(1), "kg_out": Decimal("2.000"), "points_out": Decimal(10),
        "turnover": Decimal("3.00"), "households": Decimal(1), "people_served": Decimal(3),
        "open_days": Decimal(1),
    }  # fmt: skip
    both = {name: one[name] + other[name] for name in one} | {
        # She is one household in both, of the size it had when it came last.
        "households": Decimal(2), "people_served": Decimal(4),
    }  # fmt: skip
    assert _figures(_of("line:14")) == _figures(_of(f"site:{first.pk}")) == one
    assert _figures(_of("line:15")) == _figures(_of(f"site:{second.pk}")) == other
    assert _figures(YEAR) == _figures(_of("action:4.4.01")) == _figures(_of("line:14", "line:15")) == both  # fmt: skip
    assert _figures(_of("line:99")) == _figures(_of()) == {}


def test_at_once_gives_what_each_figure_alone_gives(shops, django_assert_max_num_queries) -> None:
    first, _second, _tin = shops
    _everything_else()
    refs = ("line:14", "line:15", "line:16", "line:99", "action:4.4.01", f"site:{first.pk}")
    scope = _of(*refs)
    with django_assert_max_num_queries(60):
        found = BY_NAME["passages"].at_once(scope)
    alone = {
        (one.key, ref): one.count(_of(ref)) for one in MEASURES for ref in refs
    }  # fmt: skip
    assert {pair: n for pair, n in found.items() if n} == {pair: n for pair, n in alone.items() if n}  # fmt: skip
    assert len([n for n in alone.values() if n]) > 25


def _everything_else() -> None:
    tickets, gifts, giveaway, garden = (
        site(kind, lines=("16",)) for kind in ("tickets", "gifts", "giveaway", "garden")
    )
    handed = supplies.hand_tickets(batch=batch(tickets).pk, quantity=9, mark=uuid4(), **_BY)
    for kind, many in (("used", 4), ("lost", 1)):
        supplies.settle_tickets(handout=handed.pk, kind=kind, quantity=many, **_BY)
    campaign = supplies.open_campaign(
        site=gifts.pk, name="St-Nicolas", from_date=TODAY, until_date=TODAY, bands=[(0, 5)], **_BY
    )
    band = campaign.bands.get()
    supplies.prepare_gifts(band=band.pk, quantity=3, **_BY)
    for _n in range(2):
        supplies.enrol_child(campaign=campaign.pk, age=4, **_BY)
    supplies.hand_gift(campaign=campaign.pk, number=2, **_BY)
    draft = supplies.OpeningDraft(TODAY, 5, 3000, 7, 4500, 9)
    supplies.write_opening(site=giveaway.pk, draft=draft, **_BY)
    again = supplies.write_opening(site=giveaway.pk, draft=draft, **_BY)
    supplies.take_back_opening(opening=again.pk, why="deux fois", **_BY)
    for number in ("A", "B"):
        supplies.add_plot(site=garden.pk, number=number, surface=Decimal("12.50"), **_BY)
    gone, stays, waits = (supplies.ask_plot(site=garden.pk, **_BY) for _n in range(3))
    for one in (gone, stays):
        terms = supplies.Terms(TODAY, Decimal(20))
        supplies.take_plot(gardener=one.pk, terms=terms, **_BY)
    supplies.leave_garden(gardener=gone.pk, by=HOUSE, at=later(3))
    waits.refresh_from_db()
    assert waits.state == "offered"


def test_other_counters_are_counted_by_hand() -> None:
    _everything_else()
    assert _figures(_of("line:16")) == {
        "tickets_handed": 9, "tickets_used": 4, "gifts_handed": 1, "donnerie_openings": 1,
        "donnerie_items": 7, "donnerie_kg": Decimal("4.500"), "plots_held": 1,
        "m2_held": Decimal("12.50"), "gardeners": 2, "waiting": 1,
    }  # fmt: skip
    then = _figures(_of("line:16", until=TODAY))
    assert (then["plots_held"], then["m2_held"], then["waiting"]) == (2, 25, 1)
    before = _of("line:16", until=TODAY - timedelta(days=1))
    assert _figures(before) == {}
    after = _figures(_of("line:16", since=TODAY + timedelta(days=4)))
    assert (after["gardeners"], after["plots_held"]) == (1, 1)


def test_site_that_counts_elsewhere_moves_nothing_that_was_counted(shops) -> None:
    first, _second, tin = shops
    draft = supplies.SiteDraft(first.name, first.starts_on, lines=("20",))
    supplies.change_site(site=first.pk, draft=draft, by=HOUSE, at=later(10))
    passage(card(first), {tin.pk: 1}, later(10))
    counts = {ref: BY_NAME["passages"].count(_of(ref)) for ref in ("line:14", "line:20")}
    assert counts == {"line:14": 3, "line:20": 1}


def test_merged_person_is_one_household_and_one_gardener(shops) -> None:
    first, _second, tin = shops
    one, two = persons.person().reference, persons.person().reference
    garden = site("garden")
    for reference in (one, two):
        passage(card(first, person_ref=reference), {tin.pk: 1})
        supplies.add_plot(site=garden.pk, number=reference[-4:], surface=Decimal(10), **_BY)
        asked = supplies.ask_plot(site=garden.pk, person_ref=reference, **_BY)
        supplies.take_plot(gardener=asked.pk, terms=supplies.Terms(TODAY), **_BY)
    names = ("households", "gardeners")
    assert [BY_NAME[name].count(YEAR) for name in names] == [4, 2]
    people.merge(kept=one, absorbed=two, why="la même", **_BY)
    assert [BY_NAME[name].count(YEAR) for name in names] == [3, 1]


def test_drill_down_gives_the_acts_of_the_sites_one_sees_and_no_name(shops) -> None:
    first, _second, _tin = shops
    _everything_else()
    amounts = {}
    for name, one in BY_NAME.items():
        if one.additivity is Additivity.UNIQUE:
            assert one.acts is None
            continue
        acts = one.acts(YEAR, keeper())
        amounts[name] = sum(act.amount for act in acts)
        assert one.acts(YEAR, keeper("digital")) == one.acts(YEAR, worker()) == []
        assert one.acts(YEAR, lead()) == acts
    assert amounts == {name: BY_NAME[name].count(YEAR) for name in amounts}
    act = BY_NAME["passages"].acts(_of("line:14"), keeper())[0]
    assert (act.day, act.label, act.url_name) == (TODAY, first.name, "desk:supplies_passage")


def test_choices_are_the_sites_of_the_kind(shops) -> None:
    first, second, _tin = shops
    garden = site("garden")
    assert {one.ref for one in BY_NAME["passages"].choices()} == {f"site:{first.pk}", f"site:{second.pk}"}  # fmt: skip
    assert [one.ref for one in BY_NAME["waiting"].choices()] == [f"site:{garden.pk}"]
