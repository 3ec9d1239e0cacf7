"""Nights: one bed, one guest, one night, whoever asks first; what was counted changes with a reason."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import TransactionTestCase
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories.stays import (
    HOUSE,
    NOW,
    TONIGHT,
    closed,
    day_house,
    guest,
    house,
    night,
    opening,
    visit,
)
from tests.journal import FlushesJournal
from tests.threads import database_for_threads, in_threads

from beffroi.acts.stays import guest_queries, queries
from beffroi.acts.stays import services as stays
from beffroi.acts.stays.enums import RefusalReason, Service, Sex, StayState
from beffroi.acts.stays.models import Bed, Opening, OpeningCount, Refusal, Stay, Tally, Visit
from beffroi.acts.stays.services import Arrival, GuestDraft, NoBed
from beffroi.acts.stays.workflow import HOLDS_BED, STAY_MOVES
from beffroi.audit.models import JournalEntry
from beffroi.core.errors import InvalidInput, WrongState

MORROW = TONIGHT + timedelta(days=1)
TAKEN = {"by": HOUSE, "at": NOW}


def _move(of: Stay, key: str, why: str = "") -> Stay:
    return stays.move_stay(stay=of.pk, key=key, why=why, **TAKEN)


@pytest.mark.django_db
def test_last_bed_goes_to_the_first_and_the_next_one_is_told() -> None:
    of = house(2)
    beds = [night(of, guest(of)).bed.code, night(of, guest(of)).bed.code]
    assert beds == ["1", "2"]
    with pytest.raises(NoBed) as told:
        night(of, guest(of))
    assert "Il n’y a plus de lit" in str(told.value)
    assert "refus" in told.value.todo


class LastBed(FlushesJournal, TransactionTestCase):
    def test_fifty_at_once_for_the_last_bed(self) -> None:
        of = house(1)
        people = [guest(of) for _n in range(50)]

        def ask(who) -> str:
            try:
                return f"bed {night(of, who).bed.code}"
            except WrongState as refused:
                return refused.what

        with database_for_threads():
            told = in_threads(ask, people, threads=10)
            held = in_threads(lambda day: Stay.objects.filter(night=day).count(), [TONIGHT])
        assert (told.count("bed 1"), held) == (1, [1])
        assert {one for one in told if one != "bed 1"} == {f"Il n’y a plus de lit à « {of.name} »."}


@pytest.mark.django_db
def test_the_database_refuses_a_second_guest_in_a_bed_and_a_second_bed_for_a_guest() -> None:
    of, other = house(2), house(2)
    ann, bea = guest(of), guest(of)
    held = night(of, ann)
    there = Opening.objects.create(house=other, date=TONIGHT)
    more = {"night": TONIGHT, "state": StayState.IN, "arrived_at": NOW, "at": NOW}
    for bed, who, where in (
        (held.bed, bea, held.opening),
        (Bed.objects.filter(house=other).first(), ann, there),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Stay.objects.create(bed=bed, guest=who, opening=where, **more)
    with pytest.raises(IntegrityError), transaction.atomic():
        Opening.objects.filter(pk=there.pk).update(state="closed", beds=2, slept=3)


@pytest.mark.django_db
def test_a_guest_sleeps_in_one_house_a_night() -> None:
    one, two = house(), house()
    ann = guest(one)
    night(one, ann)
    with pytest.raises(WrongState, match=f"« {one.name} »"):
        night(two, ann)
    assert night(two, ann, MORROW, at=NOW + timedelta(days=1)).night == MORROW


@pytest.mark.django_db
def test_sent_twice_it_is_one_stay_and_one_guest() -> None:
    of, mark = house(), uuid4()
    newcomer = Arrival(newcomer=GuestDraft("Rico", Sex.MAN))
    both = [
        stays.take_in(house=of.pk, day=TONIGHT, arrival=newcomer, mark=mark, **TAKEN)
        for _n in range(2)
    ]
    assert both[0].pk == both[1].pk
    assert guest_queries.guest_called(of.team_id, " RICO ").pk == both[0].guest_id
    assert (Stay.objects.count(), JournalEntry.objects.filter(verb="stay.take_in").count()) == (
        1,
        1,
    )


@pytest.mark.django_db
def test_an_alias_that_the_team_knows_is_not_written_twice() -> None:
    of = house()
    guest(of, "Loïc")
    with pytest.raises(InvalidInput) as told:
        guest(of, "LOIC")
    assert "ajoutez un mot" in told.value.fields["alias"]


@pytest.mark.django_db
def test_women_s_beds_go_to_women_first_and_to_no_man() -> None:
    of = house(1)
    stays.add_beds(
        house=of.pk, draft=stays.BedDraft(1, "F", sex=Sex.WOMAN), since=date(2020, 1, 1), **TAKEN
    )
    ann, max_, leo = guest(of, sex="f"), guest(of, sex="m"), guest(of, sex="m")
    own = Bed.objects.get(house=of, sex="f")
    with pytest.raises(InvalidInput, match="l’autre dortoir"):
        night(of, max_, bed=own.pk)
    assert night(of, ann).bed_id == own.pk
    assert night(of, max_).bed.sex == ""
    with pytest.raises(NoBed):
        night(of, leo)


@pytest.mark.django_db
def test_whose_sex_is_not_said_goes_last_among_women_alone() -> None:
    of = house(1)
    stays.add_beds(
        house=of.pk, draft=stays.BedDraft(1, "F", sex=Sex.WOMAN), since=date(2020, 1, 1), **TAKEN
    )
    assert night(of, guest(of)).bed.sex == ""
    assert night(of, guest(of)).bed.sex == "f"  # none other is left: the team decides


@pytest.mark.django_db
def test_a_kept_bed_is_held_until_she_comes_or_the_curfew() -> None:
    of = house(2)
    ann, bea, cleo = guest(of), guest(of), guest(of)
    kept = [
        stays.keep_bed(house=of.pk, day=TONIGHT, arrival=Arrival(who.mark), **TAKEN)
        for who in (ann, bea)
    ]
    with pytest.raises(NoBed):
        night(of, cleo)
    assert night(of, ann).pk == kept[0].pk
    assert stays.release_awaited(house=of.pk, day=TONIGHT, **TAKEN) == 1
    assert night(of, cleo).bed_id == kept[1].bed_id
    sheet = queries.sheet(of, TONIGHT)
    assert (len(sheet.inside), len(sheet.awaited), len(sheet.free)) == (2, 0, 0)


@pytest.mark.django_db
def test_who_slept_last_night_is_awaited_in_the_same_bed() -> None:
    of, tomorrow = house(3), NOW + timedelta(days=1)
    ann, bea, cleo = guest(of), guest(of), guest(of)
    beds = {who.pk: night(of, who).bed_id for who in (ann, bea, cleo)}
    _move(Stay.objects.get(guest=bea), "leave")
    given = {"by": HOUSE, "at": tomorrow}
    stays.exclude(
        guest=cleo.pk, house=of.pk, since=MORROW, until=MORROW, reason="Coup", decided_by="Équipe",
        hearing="heard", **given,
    )  # fmt: skip
    assert stays.await_last_night(house=of.pk, day=MORROW, **given) == 1
    assert stays.await_last_night(house=of.pk, day=MORROW, **given) == 0
    found = Stay.objects.get(night=MORROW)
    assert (found.guest_id, found.bed_id, found.state) == (ann.pk, beds[ann.pk], StayState.EXPECTED)


@pytest.mark.django_db
@pytest.mark.parametrize("key", STAY_MOVES)
@pytest.mark.parametrize("state", StayState.values)
def test_each_state_meets_each_move(key: str, state: str) -> None:
    of = house()
    ways = {
        "expected": (), "in": ("arrive",), "left": ("arrive", "leave"), "released": ("release",),
        "taken_back": ("take_back",),
    }  # fmt: skip
    row = stays.keep_bed(house=of.pk, day=TONIGHT, arrival=Arrival(guest(of).mark), **TAKEN)
    for step in ways[state]:
        _move(row, step, "Une erreur" if step == "take_back" else "")
    if state in STAY_MOVES[key].sources:
        assert _move(row, key, "Une erreur").state == STAY_MOVES[key].target
    else:
        with pytest.raises(WrongState, match="n’est plus possible"):
            _move(row, key, "Une erreur")
        row.refresh_from_db()
        assert row.state == state


@pytest.mark.django_db
def test_an_excluded_guest_is_not_taken_in_until_it_is_over_or_lifted() -> None:
    of = house()
    ann = guest(of, "Momo")
    bar = stays.exclude(
        guest=ann.pk, house=of.pk, since=TONIGHT, until=MORROW, reason="Menaces",
        decided_by="Réunion d’équipe", hearing="offered", **TAKEN,
    )  # fmt: skip
    with pytest.raises(WrongState, match="exclu·e jusqu’au 25/11/2026"):
        night(of, ann)
    stays.lift_exclusion(exclusion=bar.pk, why="S’est excusé", **TAKEN)
    assert night(of, ann).state == StayState.IN


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "value"),
    [("until", date(2026, 11, 1)), ("reason", " "), ("decided_by", ""), ("hearing", "?")],
)
def test_an_exclusion_says_until_when_why_who_and_whether_she_was_heard(name, value) -> None:
    of = house()
    whole = {
        "since": TONIGHT,
        "until": MORROW,
        "reason": "Coup",
        "decided_by": "Équipe",
        "hearing": "heard",
    }
    with pytest.raises(InvalidInput) as told:
        stays.exclude(guest=guest(of).pk, house=of.pk, **(whole | {name: value}), **TAKEN)
    assert set(told.value.fields) == {name}


@pytest.mark.django_db
def test_a_closed_night_is_frozen_and_a_correction_is_a_row_with_its_reason() -> None:
    of = house(3)
    night(of, guest(of), with_dog=True)
    night(of)
    stays.refuse(house=of.pk, day=TONIGHT, reason=RefusalReason.FULL, **TAKEN)
    stays.serve(house=of.pk, day=TONIGHT, service=Service.MEAL, delta=4, **TAKEN)
    one = closed(of)
    told = (one.beds, one.slept, one.slept_unnamed, one.dogs, one.refused_full, one.meals)
    assert told == (3, 2, 1, 1, 1, 4)
    with pytest.raises(stays.AlreadyClosed):
        night(of, guest(of))
    night(of, guest(of), why="Arrivé pendant qu’on fermait")
    one.refresh_from_db()
    rows = list(OpeningCount.objects.values_list("revision", "slept", "why"))
    assert (one.slept, rows) == (3, [(1, 2, ""), (2, 3, "Arrivé pendant qu’on fermait")])
    with pytest.raises(WrongState, match="déjà clos"):
        closed(of)


@pytest.mark.django_db
def test_beds_still_kept_are_given_back_when_the_night_is_closed() -> None:
    of = house(2)
    stays.keep_bed(house=of.pk, day=TONIGHT, arrival=Arrival(guest(of).mark), **TAKEN)
    assert closed(of).slept == 0
    assert Stay.objects.get().state == StayState.RELEASED


@pytest.mark.django_db
def test_a_house_that_is_not_open_takes_nobody_in() -> None:
    of = house(2, since=TONIGHT + timedelta(days=3))
    with pytest.raises(WrongState, match="n’est pas ouverte"):
        night(of, guest(of))
    with pytest.raises(WrongState, match="pas encore venue"):
        night(of, guest(of), TONIGHT + timedelta(days=4))


@pytest.mark.django_db
def test_a_refusal_is_counted_without_a_name_and_once() -> None:
    of, mark = house(), uuid4()
    for _n in range(2):
        stays.refuse(
            house=of.pk, day=TONIGHT, reason="full", referred_to="Relais social", mark=mark, **TAKEN
        )
    assert queries.refusals_of(opening(of).pk)["full"] == 1
    held = {f.name for f in Refusal._meta.get_fields()}
    assert held == {"id", "mark", "opening", "reason", "referred_to", "taken_back_at", "at",
                    "by_ref", "by_label"}  # fmt: skip
    assert stays.take_back_refusal(house=of.pk, day=TONIGHT, **TAKEN)
    assert not stays.take_back_refusal(house=of.pk, day=TONIGHT, **TAKEN)


@pytest.mark.django_db
def test_a_day_counts_each_guest_once_and_the_others_beside() -> None:
    of = day_house()
    ann, mark = guest(of), uuid4()
    for _n in range(2):
        visit(of, ann)
        stays.visit_unnamed(house=of.pk, day=TONIGHT, count=6, mark=mark, **TAKEN)
    with pytest.raises(InvalidInput, match="sans descendre sous zéro"):
        stays.visit_unnamed(house=of.pk, day=TONIGHT, count=-7, **TAKEN)
    stays.visit_unnamed(house=of.pk, day=TONIGHT, count=-2, **TAKEN)
    one = closed(of)
    assert (one.visits, one.visits_unnamed, one.slept, one.beds) == (5, 4, 0, 0)
    assert Visit.objects.filter(guest__isnull=False).count() == 1
    assert stays.take_back_visit(
        house=of.pk, day=TONIGHT, guest=ann.mark, why="Ce n’était pas elle", **TAKEN
    )
    one.refresh_from_db()
    assert one.visits == 4
    with pytest.raises(WrongState, match="On ne dort pas"):
        night(of, ann)


@pytest.mark.django_db
def test_a_tally_never_goes_below_zero_and_counts_once() -> None:
    of, mark = house(), uuid4()
    given = {"house": of.pk, "day": TONIGHT, "service": Service.SHOWER} | TAKEN
    assert [stays.serve(mark=mark, **given), stays.serve(mark=mark, **given)] == [1, 1]
    assert stays.serve(delta=-1, **given) == 0
    with pytest.raises(InvalidInput):
        stays.serve(delta=-1, **given)
    assert Tally.objects.count() == 2


_ACTS = st.lists(
    st.tuples(st.sampled_from(["in", "keep", "leave", "back", "take_back", "release"]),
              st.integers(0, 5), st.integers(0, 1)),
    max_size=25,
)  # fmt: skip


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(acts=_ACTS)
def test_whatever_is_tapped_beds_and_guests_stay_single(acts) -> None:
    with transaction.atomic():
        houses = [house(2), house(2)]
        people = [guest(houses[0]) for _n in range(6)]
        for act, who, where in acts:
            _try(act, people[who], houses[where])
        held = list(Stay.objects.filter(night=TONIGHT, state__in=HOLDS_BED))
        assert len({row.bed_id for row in held}) == len(held)
        assert len({row.guest_id for row in held}) == len(held)
        for of in houses:
            if Opening.objects.filter(house=of).exists():
                assert closed(of).slept <= 2
        transaction.set_rollback(True)


def _try(act: str, who, of) -> None:
    given = {"house": of.pk, "day": TONIGHT, "arrival": Arrival(who.mark)} | TAKEN
    try:
        if act in ("in", "keep"):
            (stays.take_in if act == "in" else stays.keep_bed)(**given)
            return
        last = Stay.objects.filter(guest=who, opening__house=of).order_by("-pk").first()
        if last is not None:
            key = {"back": "come_back"}.get(act, act)
            _move(last, key, "Erreur" if act == "take_back" else "")
    except WrongState:
        return
