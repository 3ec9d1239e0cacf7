"""Figures of lines: counted from acts, people never summed, the way to the target, what is behind."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories.requests import agent, ask
from tests.factories.steering import GIVEN, lead, line, plan

from beffroi.accounts.enums import Role
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState
from beffroi.core.measures import Additivity, CountedAct, Measure, Scope
from beffroi.steering import figures, measures
from beffroi.steering import services as steering
from beffroi.steering.attainment import attainment, is_reached
from beffroi.steering.models import Indicator, TypedValue
from beffroi.steering.services import IndicatorDraft

D = Decimal
YEAR = (date(2026, 1, 1), date(2026, 12, 31))
#: Who came on which day for which line: three came to both lines.
CAME = {
    "line:23": [(1, 3), (2, 3), (3, 4), (1, 9)],
    "line:24": [(1, 3), (2, 5), (3, 6), (7, 6), (8, 11)],
}


def _seen(scope: Scope) -> list[tuple[int, date]]:
    days = [(who, date(2026, month, 15)) for ref in scope.refs or CAME for who, month in CAME[ref]]
    return [(who, day) for who, day in days if scope.since <= day <= scope.until]


def _presences(scope: Scope) -> Decimal:
    return D(len(_seen(scope)))


def _people(scope: Scope) -> frozenset[object]:
    return frozenset(who for who, _day in _seen(scope))


def _acts(scope: Scope, actor) -> list[CountedAct]:
    rows = _seen(scope) if actor.has_role(Role.PCS_LEAD) else _seen(scope)[:1]
    return [CountedAct(day, f"Séance {who}", D(1)) for who, day in rows]


def _at_once(scope: Scope) -> dict[tuple[str, str], Decimal]:
    alone = {ref: Scope(scope.since, scope.until, frozenset({ref})) for ref in scope.refs or ()}
    return {("club.presences", ref): _presences(one) for ref, one in alone.items() if ref in CAME}


OFFERED = (
    Measure("club.presences", "Présences", "présences", Additivity.ADDITIVE, "Pointées.", list,
            count=_presences, acts=_acts, at_once=_at_once),
    Measure("club.people", "Personnes", "personnes", Additivity.UNIQUE, "Une fois chacune.", list,
            people=_people, beside="club.anonymous"),
    Measure("club.anonymous", "Sans nom", "présences", Additivity.ADDITIVE, "Au compteur.", list,
            count=lambda scope: D(40)),
    Measure("club.share", "Part", "%", Additivity.RATIO, "Présences par personne.", list,
            numerator=_presences, denominator=lambda scope: D(len(_people(scope))), factor=100),
)  # fmt: skip


@pytest.fixture
def offered(monkeypatch) -> None:
    found = {one.key: one for one in OFFERED}
    for module in (measures, figures):
        monkeypatch.setattr(module, "all_measures", lambda: found)


def _follow(number: int, **values) -> Indicator:
    return steering.follow(line=line(number), draft=IndicatorDraft(**values), **GIVEN)


# --- the way to the target ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "target", "baseline", "ascending", "expected"),
    [
        ("75", "100", "50", True, "50.0"), ("100", "100", "50", True, "100.0"),
        ("40", "100", "50", True, "-20.0"), ("120", "100", None, True, "120.0"),
        ("30", "20", "40", False, "50.0"), ("20", "20", "40", False, "100.0"),
        ("50", "20", "40", False, "-50.0"), ("30", "20", None, False, None),
        ("30", "40", "40", True, None), ("5", "0", None, True, None),
    ],
)  # fmt: skip
def test_attainment_goes_in_the_right_direction(
    value, target, baseline, ascending, expected
) -> None:
    way = attainment(D(value), D(target), D(baseline) if baseline else None, ascending=ascending)
    assert (str(way) if way is not None else None) == expected


@given(
    st.decimals(0, 1000, places=2), st.decimals(0, 1000, places=2), st.decimals(0, 1000, places=2)
)
def test_attainment_is_a_hundred_exactly_where_the_target_is_met(value, target, baseline) -> None:
    way = attainment(value, target, baseline, ascending=target > baseline)
    if way is not None and abs(target - baseline) > 1 and abs(value - target) > 1:
        assert (way > 100) == is_reached(value, target, ascending=target > baseline)


# --- counting ----------------------------------------------------------------------------


@pytest.mark.django_db
def test_people_are_counted_for_each_scope_and_never_summed(offered) -> None:
    plan()
    alone = [_follow(n, measure="club.people") for n in (23, 24)]
    both = _follow(25, measure="club.people", refs=("line:23", "line:24"))
    counted = [figures.figure_of(row, *YEAR) for row in (*alone, both)]
    assert [one.value for one in counted] == [D(3), D(5), D(5)]
    assert {one.beside for one in counted} == {D(40)}
    quarters = [(date(2026, m, 1), date(2026, m + 3, 1) - timedelta(days=1)) for m in (1, 4, 7)]
    quarters.append((date(2026, 10, 1), YEAR[1]))
    parts = [figures.figure_of(both, *quarter).value for quarter in quarters]
    assert sum(parts) == D(7)
    assert figures.figure_of(both, *YEAR).value == D(5)
    scopes = [(OFFERED[1], figures.scope_of(row, *YEAR)) for row in alone]
    assert figures.people_of(scopes) == 5
    with pytest.raises(ValueError, match="does not say who"):
        figures.people_of([(OFFERED[0], figures.scope_of(alone[0], *YEAR))])


@pytest.mark.django_db
def test_ratio_is_made_from_its_two_halves(offered) -> None:
    plan()
    one = figures.figure_of(_follow(23, measure="club.share"), *YEAR)
    assert (one.value, one.numerator, one.denominator) == (D("133.33"), D(4), D(3))
    nothing = figures.figure_of(Indicator.objects.get(), date(2025, 1, 1), date(2025, 12, 31))
    assert (nothing.value, nothing.denominator) == (None, D(0))


@pytest.mark.django_db
def test_figures_of_a_year_are_those_of_each_indicator(offered, django_assert_num_queries) -> None:
    plan()
    for number in (23, 24):
        for key in ("club.presences", "club.people"):
            _follow(number, measure=key)
    _follow(25, label="Velos", unit="vélos")
    steering.aim(
        indicator=Indicator.objects.first(), year=2026, target=D(8), baseline=D(0), **GIVEN
    )
    lines = [line(number) for number in (23, 24, 25)]
    with django_assert_num_queries(3):  # indicators, targets, what was typed
        found = figures.figures_of_year(lines, 2026)
    assert [(one.indicator.line.number, one.value) for one in found] == [
        (23, D(4)), (23, D(3)), (24, D(5)), (24, D(5)), (25, None),
    ]  # fmt: skip
    assert (found[0].attained, found[0].reached) == (D("50.0"), False)
    assert [figures.figure_of(one.indicator, *YEAR).value for one in found] == [
        one.value for one in found
    ]
    until_april = figures.figures_of_year(lines, 2026, date(2026, 4, 30))
    assert [one.value for one in until_april] == [D(3), D(3), D(1), D(1), None]


@pytest.mark.django_db
def test_figure_leads_to_its_acts_for_whoever_may_see_them(offered) -> None:
    plan()
    row = _follow(24, measure="club.presences")
    all_of_it = figures.behind(row, *YEAR, lead())
    assert (len(all_of_it.acts), all_of_it.shown, all_of_it.unseen) == (5, D(5), D(0))
    some = figures.behind(row, *YEAR, agent(Role.PRESIDENT, ""))
    assert (len(some.acts), some.shown, some.unseen) == (1, D(1), D(4))
    assert figures.behind(_follow(25, label="x", unit="x"), *YEAR, lead()) is None


# --- typed by hand -----------------------------------------------------------------------


@pytest.mark.django_db
def test_typed_months_add_up_and_a_mended_one_keeps_the_one_before() -> None:
    plan()
    row = _follow(32, label="Vélos réparés", unit="vélos")
    for month, value in ((1, "3"), (2, "4.10"), (2, "5.20"), (12, "0.10")):
        steering.type_month(
            indicator=row, month=date(2026, month, 9), value=D(value), method="Cahier", **GIVEN
        )
    assert figures.figure_of(row, *YEAR).value == D("8.30")
    assert TypedValue.objects.count() == 4
    with pytest.raises(InvalidInput):
        steering.type_month(indicator=row, month=date(2026, 1, 1), value=D(-1), method="x", **GIVEN)
    with pytest.raises(WrongState):
        steering.type_month(indicator=row, month=date(2019, 12, 1), value=D(1), method="x", **GIVEN)


@pytest.mark.django_db
def test_figure_that_a_room_counts_is_not_typed(offered) -> None:
    plan()
    row = _follow(23, measure="club.presences")
    with pytest.raises(WrongState):
        steering.type_month(indicator=row, month=date(2026, 1, 1), value=D(1), method="x", **GIVEN)


@pytest.mark.django_db
def test_follow_refuses_what_would_count_twice_or_nothing(offered) -> None:
    plan()
    assert _follow(23, measure="club.presences").refs == ["line:23"]
    for values in (
        {"measure": "club.presences"}, {"measure": "club.unknown"}, {"label": "x"}, {"unit": "x"},
        {"measure": "club.people", "refs": ("line:23", "action:5.5.01")},
    ):  # fmt: skip
        with pytest.raises(InvalidInput):
            _follow(23, **values)
    with pytest.raises(NotAllowed):
        steering.follow(
            line=line(23), draft=IndicatorDraft(measure="club.people"),
            by=agent(Role.FINANCE_DIRECTOR, ""), at=GIVEN["at"],
        )  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(("ascending", "target"), [(True, "10"), (False, "30")])
def test_target_on_the_wrong_side_of_the_baseline_is_refused(ascending, target) -> None:
    plan()
    row = _follow(3, label="Refus faute de place", unit="refus", is_ascending=ascending)
    with pytest.raises(InvalidInput):
        steering.aim(indicator=row, year=2026, target=D(target), baseline=D(20), **GIVEN)


# --- what rooms offer --------------------------------------------------------------------


@pytest.mark.django_db
def test_requests_offer_what_they_received_by_service() -> None:
    plan()
    made = [ask("question"), ask("question"), ask("call_back")]
    refs = {f"service:{one.row.service.key}" for one in made}
    assert measures.measure_named("requests.received").additivity is Additivity.ADDITIVE
    row = _follow(2, measure="requests.received", refs=tuple(refs))
    assert figures.figure_of(row, *YEAR).value == D(3)
    team = made[0].row.team.key
    worker = agent(Role.SOCIAL_WORKER, team)
    found = figures.behind(row, *YEAR, worker)
    assert {act.label for act in found.acts} == {
        one.reference for one in made if one.row.team.key == team
    }
    assert found.shown + found.unseen == D(3)
    assert figures.behind(row, *YEAR, lead()).acts == []
