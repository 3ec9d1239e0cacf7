"""From a session to the figure of its line, in the frozen report, and back to the session."""

from datetime import date
from decimal import Decimal

import pytest
from tests.factories import steering as made
from tests.factories.activities import (
    HOUSE,
    NOW,
    TODAY,
    activity,
    animator,
    held,
    participant,
)
from tests.factories.requests import agent, ask

from beffroi.accounts.enums import Role
from beffroi.acts.activities import services as activities
from beffroi.core.measures import Scope
from beffroi.steering import figures
from beffroi.steering import services as steering
from beffroi.steering.measures import all_measures
from beffroi.steering.services import IndicatorDraft
from beffroi.steering.telling.page import earlier_of, tell
from beffroi.steering.watch import watch

pytestmark = pytest.mark.django_db
YEAR = (date(2026, 1, 1), date(2026, 12, 31))
DAY = 24.0
KEYS = tuple(
    f"activities.{name}"
    for name in ("sessions_held", "hours", "presences", "participants_unique", "participants_new")
)


def _year():
    """Two activities: both count for line 23, one for line 24 too; Ann comes to each."""
    plan = made.plan()
    steering.follow_usual(lines=[made.line(23), made.line(24)], **made.GIVEN)
    one, two = activity(lines=("23",)), activity(lines=("23", "24"))
    ann, bea = participant(), participant()
    held(one, ann, bea, hours=-2 * DAY, anonymous=4)
    held(two, ann, hours=-DAY)
    return plan


def _values(found) -> dict[tuple[int, str], Decimal | None]:
    return {(one.indicator.line.number, one.indicator.measure): one.value for one in found}


def test_activities_offer_their_measures() -> None:
    assert {key for key in all_measures() if key.startswith("activities.")} == {
        f"activities.{name}"
        for name in (
            "sessions_held", "hours", "presences", "anonymous_presences", "participants_unique",
            "participants_new", "volunteer_hours", "fees", "incidents", "sessions_at_home",
        )
    }  # fmt: skip


def test_line_counts_the_requests_of_a_service() -> None:
    made.plan()
    one, other = (ask(at=made.NOW) for _n in range(2))
    key = one.row.service.key
    draft = IndicatorDraft(
        label="Demandes", unit="demandes", measure="requests.received", refs=(f"service:{key}",)
    )
    steering.follow(line=made.line(23), draft=draft, **made.GIVEN)
    found = figures.figures_of_year([made.line(23)], made.NOW.year)
    assert [one.value for one in found] == [1 + (other.row.service.key == key)]


def test_line_counts_its_sessions_and_each_person_once() -> None:
    _year()
    found = figures.figures_of_year([made.line(23), made.line(24)], 2026)
    assert _values(found) == {
        (23, "activities.sessions_held"): 2, (23, "activities.hours"): 4,
        (23, "activities.presences"): 7, (23, "activities.participants_unique"): 2,
        (23, "activities.participants_new"): 2, (24, "activities.sessions_held"): 1,
        (24, "activities.hours"): 2, (24, "activities.presences"): 1,
        (24, "activities.participants_unique"): 1, (24, "activities.participants_new"): 1,
    }  # fmt: skip
    beside = {one.indicator.line.number: one.beside for one in found if one.beside_label}
    assert beside == {23: 4, 24: 0}
    alone = [figures.figure_of(one.indicator, *YEAR) for one in found]
    assert _values(alone) == _values(found)


def test_all_lines_cost_the_same_queries_as_two(django_assert_max_num_queries) -> None:
    plan = _year()
    lines = list(plan.lines.exclude(number__in=[23, 24]))
    for line in lines:
        for key in KEYS:
            steering.follow(line=line, draft=steering.IndicatorDraft(key), **made.GIVEN)
    with django_assert_max_num_queries(8):
        assert len(figures.figures_of_year(plan.lines.all(), 2026)) == 32 * len(KEYS)


def test_figure_leads_back_to_its_sessions_for_whoever_may_see_them() -> None:
    _year()
    row = made.line(23).indicators.get(measure="activities.presences")
    for who in (made.lead(), animator()):
        found = figures.behind(row, *YEAR, who)
        assert ([act.amount for act in found.acts], found.unseen) == ([6, 1], 0)
    found = figures.behind(row, *YEAR, agent(Role.PRESIDENT, ""))
    assert (found.acts, found.unseen) == ([], 7)


def test_hours_of_volunteers_lead_back_to_the_days_they_were_given() -> None:
    plan, of = made.plan(), activity(lines=("23",))
    who = activities.add_volunteer(
        team="houses", name="Odette", since=date(2026, 1, 1), by=HOUSE, at=NOW
    )
    activities.give_time(volunteer=who.pk, activity=of.pk, day=TODAY, minutes=90, by=HOUSE, at=NOW)
    draft = steering.IndicatorDraft(measure="activities.volunteer_hours")
    row = steering.follow(line=made.line(23), draft=draft, **made.GIVEN)
    assert figures.figure_of(row, *YEAR).value == Decimal("1.50")
    found = figures.behind(row, *YEAR, made.lead())
    assert [(act.day, act.amount) for act in found.acts] == [(TODAY, Decimal("1.5"))]
    assert figures.behind(row, *YEAR, agent(Role.PRESIDENT, "")).acts == []
    assert plan.lines.count() == 32


def test_frozen_report_holds_the_figure_of_the_acts() -> None:
    plan = _year()
    snapshot = steering.freeze(plan=plan, year=2026, kind="activity", **made.GIVEN)
    lines = steering.content_of(snapshot)["lines"]
    told = {one["measure"]: one for one in lines[22]["figures"]}
    assert told["activities.presences"]["value"] == "7"
    assert told["activities.participants_unique"]["value"] == "2"
    assert told["activities.participants_unique"]["beside"] == "4"
    page = tell(steering.content_of(snapshot), plan.key, earlier_of(())).page
    line = next(one for one in page["lines"] if one["number"] == 23)
    public = {one["measure"]: (one["shown"], one["value"]) for one in line["figures"]}
    assert public["activities.participants_unique"][1] is None  # two people: under five
    assert public["activities.sessions_held"][1] == "2"
    held(activity(lines=("23",)), participant(), hours=-DAY)
    assert steering.content_of(snapshot)["lines"] == lines


def test_board_says_which_measured_line_has_no_act_this_month() -> None:
    plan = _year()
    steering.follow_usual(lines=[made.line(25)], **made.GIVEN)
    found = watch(plan, date(2026, 11, 24))
    assert [row.line.number for row in found.silent] == [25]
    assert len(found.unmeasured) == 29


def test_every_measure_can_be_asked_alone_and_at_once_whatever_it_is_asked_for() -> None:
    wrong = frozenset({"line:1", "action:5.5.01", "service:x", "team:x", "place:x", "activity:²", "x", ""})  # fmt: skip
    for measure in all_measures().values():
        for refs in (None, frozenset(), wrong, frozenset(one.ref for one in measure.choices())):
            scope = Scope(*YEAR, refs)
            counted = figures.count(measure, scope)[0]
            assert not counted, measure.key
            if measure.at_once:
                assert not any(measure.at_once(scope).values()), measure.key
            if measure.acts:
                assert measure.acts(scope, agent(Role.PCS_LEAD, "pcs")) == [], measure.key
