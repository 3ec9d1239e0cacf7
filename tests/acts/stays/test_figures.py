"""What the plan and the pages make of the nights: the same figures, people counted anew each time."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories import people as persons
from tests.factories import steering as plan
from tests.factories.stays import (
    HOUSE,
    NOW,
    TONIGHT,
    WINTER,
    as_csv,
    closed,
    day_house,
    draft,
    guest,
    house,
    keeper,
    lead,
    leader,
    night,
    visit,
    winter,
    winter_houses,
)

from beffroi.accounts.models import Agent
from beffroi.acts.stays import services as stays
from beffroi.acts.stays.permissions import houses_visible_to
from beffroi.acts.stays.summaries import summary_of
from beffroi.core.actors import Actor
from beffroi.core.measures import Additivity, Scope
from beffroi.people import services as people
from beffroi.steering import figures
from beffroi.steering import services as steering
from beffroi.steering.measures import all_measures, measure_named
from beffroi.steering.services import IndicatorDraft

pytestmark = pytest.mark.django_db
YEAR = (date(2026, 1, 1), date(2026, 12, 31))
OURS = {key: one for key, one in all_measures().items() if key.startswith("stays.")}
BACKEND = "django.contrib.auth.backends.ModelBackend"


def _figure(key: str, *refs: str, period: tuple[date, date] = YEAR) -> Decimal | None:
    scope = Scope(*period, frozenset(refs) if refs else None)
    return figures.count(measure_named(f"stays.{key}"), scope)[0]


def _browser(who: Actor) -> Client:
    browser = Client()
    browser.force_login(Agent.objects.get(pk=who.ref), backend=BACKEND)
    return browser


def _follow(number: int, *keys: str) -> None:
    for key in keys:
        draft = IndicatorDraft(measure=f"stays.{key}")
        steering.follow(line=plan.line(number), draft=draft, **plan.GIVEN)


@pytest.fixture
def mons() -> None:
    winter_houses()
    stays.load_file(content=as_csv(winter()), by=HOUSE, at=NOW)


def test_lines_of_the_plan_show_the_winter(mons) -> None:
    plan.plan()
    _follow(3, "nights", "guests", "guests_men", "guests_women", "occupancy", "mean_beds")
    _follow(11, "day_visits", "day_visitors", "nights")
    found = figures.figures_of_period([plan.line(3), plan.line(11)], *WINTER)
    told = {(one.indicator.line.number, one.indicator.measure): one.value for one in found}
    assert told == {
        (3, "stays.nights"): 2762, (3, "stays.guests"): 146, (3, "stays.guests_men"): 120,
        (3, "stays.guests_women"): 26, (3, "stays.occupancy"): Decimal("52.55"),
        (3, "stays.mean_beds"): Decimal("18.92"), (11, "stays.day_visits"): 3203,
        (11, "stays.day_visitors"): 155, (11, "stays.nights"): 0,
    }  # fmt: skip
    alone = {one.indicator.pk: figures.figure_of(one.indicator, *WINTER).value for one in found}
    assert alone == {one.indicator.pk: one.value for one in found}
    nights = next(one.indicator for one in found if one.indicator.measure == "stays.nights")
    behind = figures.behind(nights, *WINTER, lead())
    assert (len(behind.acts), behind.shown, behind.unseen) == (146, 2762, 0)


def test_page_of_a_period_tells_the_winter_and_nobody_is_added_up(mons, settings) -> None:
    settings.BEFFROI_SECOND_FACTOR = False
    path = "/desk/abri/chiffres/?du=2020-11-06&au=2021-03-31"
    told = _browser(leader()).get(path).content.decode()
    for said in ("2\u202f762", "52,5 %", "18,92 lits", "146", "120 hommes, 26 femmes", "3\u202f203",
                 "155", '<b class="num">204</b>'):  # fmt: skip
        assert said in told, said
    assert "301" not in told
    for year in (2020, 2021):
        plan.plan()
        page = _browser(plan.lead()).get(f"/board/plans/mons-pcs-2020/lignes/3/?annee={year}")
        assert "301" not in page.content.decode()


def test_page_of_a_period_costs_the_same_for_one_house_and_three(settings) -> None:
    settings.BEFFROI_SECOND_FACTOR = False
    browser, path = _browser(leader()), "/desk/abri/chiffres/?du=2026-11-01&au=2026-11-30"
    costs = []
    for _n in range(3):
        of = house(2)
        night(of, guest(of))
        closed(of)
        costs.append(_queries(browser, path))
    assert costs == [costs[0]] * 3 == [9] * 3
    refused = browser.get("/desk/abri/chiffres/?du=2026-11-30&au=2026-11-01").content.decode()
    assert "La fin vient après le début." in refused
    assert 'value="2026-11-30"' in refused


def _queries(browser: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert browser.get(path).status_code == 200
    return sum("SAVEPOINT" not in query["sql"] for query in seen)


def test_only_closed_nights_count_and_a_correction_is_counted() -> None:
    of = house(3)
    night(of, guest(of))
    assert _figure("nights") == _figure("guests") == 0
    closed(of)
    assert (_figure("nights"), _figure("guests")) == (1, 1)
    night(of, guest(of), why="Oubliée")
    assert (_figure("nights"), _figure("guests"), _figure("occupancy")) == (2, 2, Decimal("66.67"))


def test_who_gave_no_alias_is_in_the_nights_and_beside_the_people() -> None:
    of, days = house(3), day_house()
    night(of, guest(of))
    night(of)
    stays.visit_unnamed(house=days.pk, day=TONIGHT, count=7, by=HOUSE, at=NOW)
    visit(days, guest(days))
    closed(of), closed(days)
    assert {key: _figure(key) for key in (
        "nights", "nights_unnamed", "guests", "day_visits", "visits_unnamed", "day_visitors", "people",
    )} == {
        "nights": 2, "nights_unnamed": 1, "guests": 1, "day_visits": 8, "visits_unnamed": 7,
        "day_visitors": 1, "people": 2,
    }  # fmt: skip
    assert OURS["stays.guests"].beside == "stays.nights_unnamed"
    assert OURS["stays.day_visitors"].beside == "stays.visits_unnamed"


def test_one_person_known_to_two_teams_under_two_aliases_counts_once() -> None:
    of, days = house(3), day_house(team_key="street_work")
    ann, bea = guest(of), guest(days)
    first, second = persons.person(), persons.person()
    for who, person in ((ann, first), (bea, second)):
        stays.bind_guest(guest=who.pk, person_ref=person.reference, by=HOUSE, at=NOW)
    night(of, ann)
    visit(days, bea)
    closed(of), closed(days)
    assert _figure("people") == 2
    people.merge(
        kept=first.reference,
        absorbed=second.reference,
        why="Même personne",
        by=persons.HOUSE,
        at=NOW,
    )
    assert (_figure("people"), _figure("guests"), _figure("day_visitors")) == (1, 1, 1)
    scope = Scope(*YEAR)
    assert (
        figures.people_of([(OURS["stays.guests"], scope), (OURS["stays.day_visitors"], scope)]) == 1
    )
    assert summary_of(houses_visible_to(HOUSE), *YEAR).people == 1


def test_guests_joined_keep_every_night_and_are_one() -> None:
    of, other = house(3), house(3)
    ann, anna = guest(of, "Ann", sex="f"), guest(of, "Anna")
    night(of, ann, TONIGHT - timedelta(days=2))
    night(of, anna, TONIGHT - timedelta(days=1))
    night(of, ann)
    night(other, anna)  # the same night in two beds: one of them was noted by mistake
    for where, day in ((of, 2), (of, 1), (of, 0), (other, 0)):
        closed(where, TONIGHT - timedelta(days=day))
    before = (_figure("nights"), _figure("guests"))
    stays.join_guests(kept=ann.pk, other=anna.pk, by=HOUSE, at=NOW)
    assert (before, _figure("nights"), _figure("guests")) == ((4, 2), 4, 1)
    assert (_figure("guests_women"), _figure("guests_other"), _figure("guests_new")) == (1, 0, 1)
    assert _figure("guests", f"house:{other.pk}") == 1


def test_new_guests_are_those_whose_first_night_ever_is_in_the_period() -> None:
    of = house(3)
    ann, bea = guest(of), guest(of)
    for who, days in ((ann, 40), (ann, 1), (bea, 1)):
        night(of, who, TONIGHT - timedelta(days=days))
    for days in (40, 1):
        closed(of, TONIGHT - timedelta(days=days))
    november = (date(2026, 11, 1), date(2026, 11, 30))
    assert (_figure("guests", period=november), _figure("guests_new", period=november)) == (2, 1)


def test_refusals_are_counted_by_reason_and_lead_back_to_their_night() -> None:
    of = house(1)
    for reason in ("full", "full", "excluded", "state", "other"):
        stays.refuse(house=of.pk, day=TONIGHT, reason=reason, by=HOUSE, at=NOW)
    row = closed(of)
    assert {key: _figure(f"refusals{key}") for key in ("", "_full", "_excluded", "_state", "_other")} == {
        "": 5, "_full": 2, "_excluded": 1, "_state": 1, "_other": 1,
    }  # fmt: skip
    scope = Scope(*YEAR)
    for key, amount in (("refusals_full", 2), ("refusals_state", 1)):
        acts = OURS[f"stays.{key}"].acts(scope, keeper())
        assert [(a.day, a.amount, a.url_kwargs) for a in acts] == [
            (TONIGHT, amount, (("pk", str(row.pk)),))
        ]
        assert OURS[f"stays.{key}"].acts(scope, keeper("street_work")) == []


def test_a_house_counts_to_another_line_from_the_day_it_is_said() -> None:
    of = house(3, lines=("3",), name="Abri de nuit")
    night(of, guest(of), TONIGHT - timedelta(days=1))
    night(of, guest(of))
    for days in (1, 0):
        closed(of, TONIGHT - timedelta(days=days))
    stays.change_house(
        house=of.pk, draft=draft(name="Abri de nuit", lines=("4",)), since=TONIGHT, by=HOUSE, at=NOW
    )
    assert [_figure("nights", f"line:{n}") for n in (3, 4)] == [1, 1]
    assert _figure("nights", "line:3", "line:4") == 2
    assert _figure("guests", "line:3", "line:4") == 2


def test_many_lines_at_once_give_what_each_gives_alone(mons) -> None:
    refs = ("line:3", "line:11", "action:2.4.01", "line:99")
    ask = OURS["stays.nights"].at_once
    found = ask(Scope(*WINTER, frozenset(refs)))
    for key, one in OURS.items():
        if one.at_once is ask:
            for ref in refs:
                alone = one.count(Scope(*WINTER, frozenset({ref})))
                assert found.get((key, ref), Decimal(0)) == alone, (key, ref)


def test_every_measure_says_how_and_protects_what_must_be() -> None:
    assert all(str(one.how) and str(one.label) and str(one.unit) for one in OURS.values())
    assert {key for key, one in OURS.items() if one.is_sensitive} == {
        "stays.refusals_excluded", "stays.refusals_state", "stays.refusals_other",
    }  # fmt: skip
    uniting = {key for key, one in OURS.items() if one.people}
    assert uniting == {
        "stays.guests", "stays.guests_men", "stays.guests_women", "stays.guests_other",
        "stays.day_visitors", "stays.people",
    }  # fmt: skip
    assert {one.additivity for key, one in OURS.items() if key in uniting} == {Additivity.UNIQUE}


def test_line_said_again_before_the_day_it_ended_counts_each_night_once() -> None:
    of = house(3, lines=("3",), name="Abri de nuit")
    night(of, guest(of), TONIGHT - timedelta(days=1))
    closed(of, TONIGHT - timedelta(days=1))
    for lines, since in (((), TONIGHT), (("3",), TONIGHT - timedelta(days=9))):
        said = draft(name="Abri de nuit", lines=lines)
        stays.change_house(house=of.pk, draft=said, since=since, by=HOUSE, at=NOW)
    found = OURS["stays.nights"].at_once(Scope(TONIGHT - timedelta(days=9), TONIGHT, frozenset({"line:3"})))  # fmt: skip
    assert found["stays.nights", "line:3"] == _figure("nights", "line:3") == 1
