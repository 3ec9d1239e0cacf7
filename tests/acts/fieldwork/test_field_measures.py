"""What the field counts, for a scope, and what is forgotten without moving a figure."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from tests.factories import fieldwork as go
from tests.factories.fieldwork import HOUSE, NOW, TODAY, lead, line, worker

from beffroi.acts.fieldwork import retention
from beffroi.acts.fieldwork import services as fieldwork
from beffroi.acts.fieldwork.enums import OutingKind
from beffroi.acts.fieldwork.indicators import MEASURES, figures, metres_by_month
from beffroi.acts.fieldwork.models import (
    CodeMark,
    Contact,
    CrewMember,
    ObservationMove,
    Outing,
    OutingMove,
    Photo,
    Surface,
)
from beffroi.core.measures import Scope

pytestmark = pytest.mark.django_db
BY_KEY = {one.key: one for one in MEASURES}


def _scope(*refs: str, since: date = date(2026, 1, 1), until: date = date(2026, 12, 31)) -> Scope:
    return Scope(since, until, frozenset(refs) if refs else None)


def _year() -> None:
    """A day of the street on line 10 with two outings, a counter on line 8, and two walls."""
    street = go.area(lines=("10",), actions=("3.2.03",))
    go.closed(street, 3, 4, minutes=90, orientation="cpas")
    go.closed(street, 1, minutes=60, orientation="health", is_refused=True)
    counter = go.area("prevention", OutingKind.DRUGS, lines=("8",))
    kit, needle = go.kit("prevention", 2), go.kit("prevention", 1)
    one = go.outing(counter)
    for code in ("MA0412F", "ma0412f", "ZO0101H"):
        go.met(one, 1, code=code, kits=(line(kit, 5), line(needle, 0, 8)))
    seen = go.fault(street)
    fieldwork.mend_observation(observation=seen.pk, on=TODAY, by=HOUSE, at=NOW)
    go.fault(street)
    walls = go.area("tags", OutingKind.SURFACES, lines=("7",))
    go.done(walls, "12.50")
    go.done(walls, "0.75")


def test_every_sum_of_everything() -> None:
    _year()
    assert figures(_scope()) == {
        "outings": 2, "hours": Decimal("2.50"), "contacts": 6, "people_met": 11,
        "orientations": 2, "kits_out": 15, "kits_back": 24, "observations": 2, "mended": 1,
        "interventions": 2, "square_metres": Decimal("13.25"),
    }  # fmt: skip


def test_scope_narrows_by_line_action_area_team_and_kind() -> None:
    _year()
    people = BY_KEY["fieldwork.people_met"].count
    asked = {
        "line:10": 8, "line:8": 3, "line:99": 0, "action:3.2.03": 8, "team:prevention": 3,
        "kind:drugs": 3, "kind:surfaces": 0,
    }  # fmt: skip
    assert {ref: people(_scope(ref)) for ref in asked} == asked
    assert people(_scope("line:10", "action:3.2.03", "line:8")) == 11  # each once
    assert people(Scope(TODAY, TODAY, frozenset())) == 0


def test_codes_count_once_and_needles_come_back() -> None:
    _year()
    assert BY_KEY["fieldwork.codes_unique"].count(_scope("line:8")) == 2
    rate = BY_KEY["fieldwork.return_rate"]
    halves = rate.numerator(_scope()), rate.denominator(_scope())
    assert halves == (24, 30)
    assert rate.is_sensitive
    assert rate.factor == 100


def test_at_once_is_what_each_counts_alone() -> None:
    _year()
    refs = ("line:10", "line:8", "line:7", "action:3.2.03", "team:tags")
    for key, measure in BY_KEY.items():
        if measure.at_once is None:
            continue
        found = measure.at_once(_scope(*refs))
        assert {ref: found.get((key, ref), 0) for ref in refs} == {
            ref: measure.count(_scope(ref)) for ref in refs
        }, key


def test_at_once_costs_one_query_a_sum(django_assert_num_queries) -> None:
    _year()
    lines = [f"line:{n}" for n in range(40)]
    with django_assert_num_queries(11):
        BY_KEY["fieldwork.contacts"].at_once(_scope(*lines))


def test_act_counts_to_the_line_of_its_own_day() -> None:
    area = go.area(lines=("10",))
    go.closed(area, 4)
    draft = fieldwork.AreaDraft(area.name, area.kind, area.since_date, lines=("11",))
    fieldwork.change_area(area=area.pk, draft=draft, by=HOUSE, at=NOW + timedelta(days=1))
    people = BY_KEY["fieldwork.people_met"].count
    assert (people(_scope("line:10")), people(_scope("line:11"))) == (4, 0)


def test_what_was_taken_back_or_cancelled_counts_nothing() -> None:
    one = go.outing(at=go.later(-60))
    go.met(one, 5)
    fieldwork.take_back_contact(contact=Contact.objects.get().pk, why="x", by=HOUSE, at=NOW)
    fieldwork.cancel_outing(outing=one.pk, why="x", by=HOUSE, at=NOW)
    assert set(figures(_scope()).values()) == {0}


def test_acts_behind_a_figure_add_up_to_it_for_whom_may_see_them() -> None:
    _year()
    whole = {key: m for key, m in BY_KEY.items() if m.acts is not None}
    for key, measure in whole.items():
        acts = measure.acts(_scope(), HOUSE)
        assert sum(one.amount for one in acts) == pytest.approx(measure.count(_scope())), key
    contacts = BY_KEY["fieldwork.contacts"].acts
    seen = {who: len(contacts(_scope(), actor)) for who, actor in
            {"mine": worker(), "other": worker("tags"), "lead": lead()}.items()}  # fmt: skip
    assert seen == {"mine": 3, "other": 0, "lead": 0}
    assert len(BY_KEY["fieldwork.outings"].acts(_scope(), lead())) == 2


def test_metres_by_month() -> None:
    walls = go.area("tags", OutingKind.SURFACES)
    go.done(walls, "2.25", date(2026, 3, 2))
    go.done(walls, "1.00", date(2026, 3, 30))
    found = metres_by_month(2026, worker("tags"))
    assert found[2] == (3, 2, Decimal("3.25"))
    assert sum(number for _month, number, _metres in found) == 2
    assert sum(number for _month, number, _metres in metres_by_month(2026, worker())) == 0


def test_codes_are_forgotten_and_contacts_stay() -> None:
    _year()
    assert retention.forget_codes(NOW + timedelta(days=729)) == 0
    assert retention.forget_codes(NOW + timedelta(days=731)) == 3
    assert CodeMark.objects.count() == 0
    assert figures(_scope())["people_met"] == 11


def test_who_was_out_and_who_owned_the_wall_are_forgotten_and_figures_stay() -> None:
    _year()
    me = worker()
    fieldwork.close_outing(outing=go.outing(by=me, at=go.later(-30)).pk, by=me, at=NOW)
    wall = go.surface(owner="private")
    given = {"surface": wall.pk, "by": HOUSE, "at": NOW}
    fieldwork.settle_consent(is_given=True, who="Ann", on=TODAY, proof="classeur", **given)
    fieldwork.finish_surface(work=go.work(), **given)
    before, late = figures(_scope()), NOW + timedelta(days=5 * 365 + 1)
    retention.empty_outings(late)
    retention.empty_surfaces(late)
    retention.empty_observations(late)
    assert figures(_scope()) == before
    assert CrewMember.objects.filter(is_out=False).count() == 0
    assert not Outing.objects.exclude(by_ref="").exists()
    assert list(Surface.objects.exclude(consent_by="", address="")) == []


def test_wall_that_still_waits_is_not_forgotten() -> None:
    wall = go.surface()
    assert retention.empty_surfaces(NOW + timedelta(days=9999)) == 0
    wall.refresh_from_db()
    assert wall.address


def test_photos_go_with_their_files() -> None:
    go.photo(surface=go.surface().pk)
    assert retention.forget_photos(NOW + timedelta(days=729)) == 0
    assert retention.forget_photos(NOW + timedelta(days=731)) == 1
    assert Photo.objects.count() == 0


def test_words_about_what_was_corrected_are_forgotten_with_the_rest() -> None:
    out = go.closed(go.area(), 2)
    given = {"by": HOUSE, "at": NOW}
    contact = Contact.objects.get(outing=out)
    fieldwork.take_back_contact(contact=contact.pk, why="C’était Ann", **given)
    fieldwork.correct_outing(
        outing=out.pk,
        starts_at=out.starts_at,
        ends_at=out.ends_at,
        why="Ann s’est trompée",
        **given,
    )
    fieldwork.send_observation(observation=go.fault().pk, to="Ann, aux travaux", **given)
    late = NOW + timedelta(days=5 * 365 + 1)
    retention.empty_outings(late)
    retention.empty_observations(late)
    contact.refresh_from_db()
    assert contact.why == "–"
    assert set(OutingMove.objects.values_list("move", "why")) == {("close", ""), ("correct", "–")}
    assert set(ObservationMove.objects.values_list("note", flat=True)) == {""}


@pytest.mark.parametrize("ref", ["area:²", "area:" + "9" * 30])
def test_reference_that_is_no_number_names_nothing(ref: str) -> None:
    _year()
    assert figures(_scope(ref))["outings"] == 0
