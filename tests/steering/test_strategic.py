"""A strategic plan: its tree, its road, what each field said before, its budget, who may write."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from tests.factories.requests import agent
from tests.factories.steering import GIVEN, NOW, lead, line, plan
from tests.factories.strategic import HALF, action, element, ongoing, person, pst

from beffroi.accounts.enums import Role
from beffroi.audit.models import JournalEntry
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState
from beffroi.core.versions import EditConflict
from beffroi.steering import services as steering
from beffroi.steering.models import Element, ElementBudget, ElementMove, Responsible
from beffroi.steering.services import AlreadyMoved, IndicatorDraft
from beffroi.steering.strategic_enums import ElementState, Level
from beffroi.steering.strategic_figures import figures_of_elements
from beffroi.steering.strategic_permissions import elements_visible_to, strategic_plans_visible_to
from beffroi.steering.strategic_queries import Node, elements_of, tree_of, waiting_on
from beffroi.steering.strategic_workflow import ELEMENT_MOVES, SAY_WHY
from beffroi.web.desk.journal.strategic_verbs import strategic_verbs

pytestmark = pytest.mark.django_db
DAY = date(2020, 5, 4)


def _move(row: Element, move: str, **more):
    return steering.move_element(
        element=row, move=move, on=DAY, **{"why": "Parce que", **GIVEN, **more}
    )


def _nodes(made) -> dict[str, Node]:
    return {n.element.reference: n for top in tree_of(elements_of(made)) for n in top.all_below()}


def test_elements_are_numbered_by_level_and_never_twice() -> None:
    made = pst()
    first = action(made)
    second = action(made, first.parent)
    under = element(made, Level.SUBACTION, second)
    refs = [row.reference for row in (first.parent.parent, first.parent, first, second, under)]
    assert refs == ["OS.1", "OO.1", "A.1", "A.2", "SA.1"]


def test_element_stands_under_the_right_level() -> None:
    made = pst()
    top = element(made, Level.STRATEGIC)
    for level, parent in ((Level.ACTION, top), (Level.OPERATIONAL, None), (Level.STRATEGIC, top)):
        with pytest.raises(InvalidInput):
            steering.add_element(
                plan=made,
                level=level,
                parent=parent,
                part="external",
                values={"title": "x"},
                **GIVEN,
            )


@pytest.mark.parametrize("state", list(ElementState))
@pytest.mark.parametrize("move", sorted(ELEMENT_MOVES))
def test_each_state_and_move_follows_the_table(state, move) -> None:
    row = action(pst())
    Element.objects.filter(pk=row.pk).update(state=state)
    row.refresh_from_db()
    if state in ELEMENT_MOVES[move].sources:
        assert _move(row, move).state == ELEMENT_MOVES[move].target
        step = ElementMove.objects.get()
        assert (step.source, step.target, step.why) == (state, row.state, "Parce que")
    else:
        with pytest.raises(AlreadyMoved):
            _move(row, move)
        assert not ElementMove.objects.exists()


@pytest.mark.parametrize("move", sorted(SAY_WHY))
def test_step_back_says_why(move) -> None:
    row = action(pst())
    Element.objects.filter(pk=row.pk).update(state=ELEMENT_MOVES[move].sources[0])
    row.refresh_from_db()
    with pytest.raises(InvalidInput):
        _move(row, move, why=" ")


def test_planning_wants_dates() -> None:
    with pytest.raises(InvalidInput, match="dates"):
        _move(action(pst(), planned_end=None), "schedule")


def test_objective_waits_for_what_is_below() -> None:
    row = ongoing(pst(), progress=100)
    above = row.parent
    _move(above, "start")
    with pytest.raises(WrongState, match="1 élément ouvert"):
        _move(above, "finish")
    _move(row, "finish")
    assert _move(above, "finish").effective_end == DAY


def test_progress_is_the_weighted_mean_of_what_is_not_apart() -> None:
    made = pst()
    first = ongoing(made, progress=50)
    objective = first.parent
    ongoing(made, objective, progress=80, weight=3)
    stopped = ongoing(made, objective, progress=100)
    _move(stopped, "stop")
    found = _nodes(made)
    # (50 × 1 + 80 × 3) / 4; the stopped one, at 100, does not count.
    assert (found["OO.1"].progress, found["OO.1"].apart) == (Decimal("72.50"), 1)
    assert found["OS.1"].progress == Decimal("72.50")


def test_objective_of_which_all_is_stopped_says_nothing_rather_than_100() -> None:
    made = pst()
    row = ongoing(made, progress=100)
    _move(row, "stop")
    found = _nodes(made)
    assert (found["OO.1"].progress, found["OS.1"].progress) == (None, None)


def test_objective_without_action_is_at_zero() -> None:
    made = pst()
    element(made, Level.OPERATIONAL)
    assert _nodes(made)["OS.1"].progress == 0


def test_action_takes_its_progress_from_its_subactions_until_it_says_its_own() -> None:
    made = pst()
    row = action(made)
    one, two = (element(made, Level.SUBACTION, row) for _ in range(2))
    for sub, value in ((one, 40), (two, 60)):
        _move(sub, "start")
        steering.tell_progress(
            element=sub, progress=value, health="good", words="", version=sub.version, **GIVEN
        )
    _move(row, "start")
    assert _nodes(made)["A.1"].progress == 50
    steering.tell_progress(
        element=row, progress=10, health="good", words="", version=row.version, **GIVEN
    )
    assert _nodes(made)["A.1"].progress == 10


def test_objective_has_no_progress_of_its_own() -> None:
    row = element(pst(), Level.OPERATIONAL)
    with pytest.raises(InvalidInput) as refused:
        steering.tell_progress(
            element=row, progress=50, health="good", words="", version=0, **GIVEN
        )
    assert set(refused.value.fields) == {"progress"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Element.objects.filter(pk=row.pk).update(progress=50)


@pytest.mark.parametrize(("health", "words", "progress"), [
    ("bad", "", 10), ("watch", " ", 10), ("perfect", "x", 10), ("good", "", 101), ("good", "", -1),
])  # fmt: skip
def test_bad_health_says_why_and_progress_stays_within_100(health, words, progress) -> None:
    row = action(pst())
    with pytest.raises(InvalidInput):
        steering.tell_progress(
            element=row, progress=progress, health=health, words=words, version=0, **GIVEN
        )


def test_each_field_keeps_what_it_said() -> None:
    row = action(pst(), title="Acheter un logement")
    who = lead()
    steering.edit_element(
        element=row, values={"title": "Acheter deux logements", "fte": Decimal("0.50")}, version=0,
        by=who, at=NOW,
    )  # fmt: skip
    kept = {one.field: (one.before, one.after, one.by_label) for one in row.changes.all()}
    assert kept == {
        "title": ("Acheter un logement", "Acheter deux logements", who.label),
        "fte": ("", "0.50", who.label),
    }
    assert JournalEntry.objects.filter(verb="strategic.edit").get().detail == {
        "fields": ["fte", "title"]
    }


def test_journal_says_each_act_in_words() -> None:
    known = strategic_verbs()
    assert {f"strategic.{move}" for move in ELEMENT_MOVES} <= set(known)
    row = ongoing(pst(), progress=10)
    steering.set_element_budget(element=row, year=2020, amount=Decimal(1), parts=HALF, **GIVEN)
    said = set(
        JournalEntry.objects.filter(verb__startswith="strategic.").values_list("verb", flat=True)
    )
    assert said == {
        "strategic.open",
        "strategic.add",
        "strategic.start",
        "strategic.edit",
        "strategic.budget",
    }
    assert said <= set(known)


def test_second_writer_is_told() -> None:
    row = action(pst())
    same = Element.objects.get(pk=row.pk)
    steering.edit_element(element=row, values={"title": "Un"}, version=0, **GIVEN)
    with pytest.raises(EditConflict):
        steering.edit_element(element=same, values={"title": "Deux"}, version=0, **GIVEN)


@pytest.mark.parametrize(("values", "field"), [
    ({"title": " "}, "title"), ({"title": "x" * 501}, "title"),
    ({"planned_start": date(2020, 1, 2), "planned_end": date(2020, 1, 1)}, "planned_end"),
    ({"effective_end": DAY}, "effective_start"), ({"fte": Decimal(-1)}, "fte"),
    ({"weight": 0}, "weight"), ({"synergy_kind": "pooling"}, "synergy_note"),
    ({"synergy_note": "Ensemble"}, "synergy_note"),
])  # fmt: skip
def test_element_refuses_what_cannot_be(values, field) -> None:
    row = action(pst(), planned_start=None, planned_end=None)
    with pytest.raises(InvalidInput) as refused:
        steering.edit_element(element=row, values=values, version=0, **GIVEN)
    assert set(refused.value.fields) == {field}


def test_links_to_lines_are_kept_in_the_history() -> None:
    plan()
    row = action(pst())
    steering.edit_element(element=row, values={"lines": [line(13)]}, version=0, **GIVEN)
    assert [(c.field, c.before) for c in row.changes.all()] == [("lines", "")]
    assert list(row.lines.values_list("number", flat=True)) == [13]


@pytest.mark.parametrize("parts", [
    {"cpas": Decimal(50), "wallonia": Decimal("49.99")}, {"cpas": Decimal("100.01")}, {},
    {"cpas": Decimal("33.333"), "wallonia": Decimal("66.667")}, {"mars": Decimal(100)},
    {"cpas": Decimal(150), "wallonia": Decimal(-50)},
])  # fmt: skip
def test_budget_whose_parts_do_not_make_exactly_100_is_refused(parts) -> None:
    with pytest.raises(InvalidInput):
        steering.set_element_budget(
            element=action(pst()), year=2020, amount=Decimal(1000), parts=parts, **GIVEN
        )


def test_budget_in_three_thirds_makes_exactly_100() -> None:
    third = Decimal("33.33")
    row = steering.set_element_budget(
        element=action(pst()), year=2020, amount=Decimal("1000.00"),
        parts={"cpas": third, "wallonia": third, "federal": Decimal("33.34")}, **GIVEN,
    )  # fmt: skip
    assert (row.cpas, row.wallonia, row.federal) == (3333, 3333, 3334)


def test_database_refuses_parts_that_do_not_make_the_whole() -> None:
    row = steering.set_element_budget(
        element=action(pst()), year=2020, amount=Decimal(10), parts=HALF, **GIVEN
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        ElementBudget.objects.filter(pk=row.pk).update(cpas=4999)


def test_civility_is_what_the_person_says_or_nothing() -> None:
    made = pst()
    row = person(made)
    assert (row.civility, row.civility_said_date, str(row)) == ("", None, "Camille Dupont")
    with pytest.raises(InvalidInput):
        person(made, civility="madame")
    steering.say_civility(person=row, civility="mx", said=DAY, **GIVEN)
    assert str(row) == "Mx Camille Dupont"
    with pytest.raises(IntegrityError), transaction.atomic():
        Responsible.objects.filter(pk=row.pk).update(civility_said_date=None)


def test_figure_of_an_action_is_that_of_its_line() -> None:
    plan()
    row = action(pst(), lines=[line(32)])
    followed = steering.follow(
        line=line(32), draft=IndicatorDraft(label="Vélos réparés", unit="vélos"), **GIVEN
    )
    steering.type_month(
        indicator=followed, month=date(2026, 3, 1), value=Decimal(12), method="Cahier", **GIVEN
    )
    steering.measure_element(
        element=row, indicator=followed, target=Decimal(100), target_year=2026, **GIVEN
    )
    steering.measure_element(element=row, measure="activities.sessions_held", **GIVEN)
    found = figures_of_elements([row], 2026, date(2026, 12, 31))[row.pk]
    assert [(one.figure.value, one.target) for one in found] == [(12, 100), (0, None)]
    assert row.indicators.last().refs == ["line:32"]


def test_measure_without_acts_to_count_is_refused() -> None:
    with pytest.raises(InvalidInput):
        steering.measure_element(element=action(pst()), measure="activities.sessions_held", **GIVEN)


def test_what_waits_is_late_beginning_late_or_unwell() -> None:
    made = pst()
    late = ongoing(made, planned_end=date(2020, 5, 3))
    begins = action(made, late.parent, planned_start=date(2020, 5, 3))
    sick = ongoing(made, late.parent, planned_end=date(2020, 5, 4))
    steering.tell_progress(
        element=sick,
        progress=5,
        health="bad",
        words="Pas de terrain",
        version=sick.version,
        **GIVEN,
    )
    found = waiting_on(elements_of(made), DAY)
    assert (found.ending, found.beginning, found.unwell) == ([late], [begins], [sick])


def test_council_adopts_once_and_only_the_council_of_the_plan() -> None:
    made = pst()
    about = {"plan": made, "on": DAY, "title": "Adoption du PST", "adopts": True, **GIVEN}
    with pytest.raises(InvalidInput):
        steering.note_strategic_decision(body="communal_council", **about)
    steering.note_strategic_decision(body="cpas_council", item="12", **about)
    assert made.adopted_date == DAY
    with pytest.raises(WrongState):
        steering.note_strategic_decision(body="cpas_council", **about)


def test_four_people_and_what_each_may(stranger) -> None:
    made = pst()
    mine = agent(Role.PRESIDENT, "")
    row = action(made, responsible=person(made, mine))
    reader, steers = agent(Role.FINANCE_DIRECTOR, ""), lead()
    seen = {
        who.ref: elements_visible_to(who, made).filter(pk=row.pk).exists()
        for who in (mine, reader, steers, stranger)
    }
    assert [seen[who.ref] for who in (mine, reader, steers, stranger)] == [True, True, True, False]
    assert not strategic_plans_visible_to(stranger).exists()
    for who, allowed in ((mine, True), (steers, True), (reader, False), (stranger, False)):
        row.refresh_from_db()
        about = {"element": row, "progress": 0, "health": "good", "words": "", "by": who, "at": NOW}
        if allowed:
            steering.tell_progress(version=row.version, **about)
        else:
            with pytest.raises(NotAllowed):
                steering.tell_progress(version=row.version, **about)
    for who in (mine, reader, stranger):
        with pytest.raises(NotAllowed):
            steering.edit_element(
                element=row, values={"title": "x"}, version=row.version, by=who, at=NOW
            )
        with pytest.raises(NotAllowed):
            steering.move_element(element=row, move="cancel", why="x", on=DAY, by=who, at=NOW)
    assert (
        steering.move_element(element=row, move="start", on=DAY, by=mine, at=NOW).state == "ongoing"
    )
