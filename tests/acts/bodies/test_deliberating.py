"""From a matter put forward to its result: agenda, convocation, quorum, votes, end."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.db.models import F
from tests.factories.council import (
    EVENING,
    HOUSE,
    NOW,
    committee,
    convened,
    council,
    item,
    open_vote,
    opened,
    planned,
    seat,
    submit,
    tied,
    vote,
)
from tests.factories.requests import agent

from beffroi.acts.bodies import queries
from beffroi.acts.bodies import services as bodies
from beffroi.acts.bodies.enums import Choice, ItemState, OutcomeState, SittingState
from beffroi.acts.bodies.models import Ballot, Recusal, Result, Sitting
from beffroi.acts.bodies.services import NoQuorum, Totals
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState

pytestmark = pytest.mark.django_db
LATER = EVENING + timedelta(minutes=5)


def _refused(error: InvalidInput) -> str:
    return " ".join([str(error), *error.fields.values()])


def test_submit_goes_to_the_council_unless_it_delegated() -> None:
    house = council()
    committee(house)
    bodies.attribute(kind="medical_card", label="Carte médicale", body_key="csss", by=HOUSE, at=NOW)
    at_council, at_committee = submit(), submit(kind="medical_card")
    assert [item(r).body.key for r in (at_council, at_committee)] == ["conseil", "csss"]
    assert item(at_committee).kind_label == "Carte médicale"


def test_attribute_refuses_what_the_law_keeps_for_the_council() -> None:
    committee(council())
    with pytest.raises(InvalidInput, match="ne se délègue pas"):
        bodies.attribute(kind="budget", label="Budget", body_key="csss", by=HOUSE, at=NOW)
    with pytest.raises(InvalidInput, match="réserve cette matière"):
        submit(kind="budget", body_key="csss")


def test_submit_refuses_a_subject_that_waits_already() -> None:
    council()
    submit(subject_ref="D-same")
    with pytest.raises(WrongState, match="attend déjà"):
        submit(subject_ref="D-same")


def test_submit_is_for_the_team_of_the_file() -> None:
    council()
    stranger = agent("social_worker", "debts")
    with pytest.raises(NotAllowed):
        bodies.submit_item(
            subject_kind="proposal", subject_ref="D", title="T", person_ref="P", kind="k",
            file_team="general_aid", by=stranger, at=NOW,
        )  # fmt: skip


def test_agenda_is_reordered_and_released() -> None:
    house = council()
    refs = [submit() for _ in range(3)]
    row = planned(house, refs)
    bodies.reorder_item(sitting=row.reference, item=refs[2], step=-1, by=house.secretary, at=NOW)
    bodies.reorder_item(sitting=row.reference, item=refs[2], step=-5, by=house.secretary, at=NOW)
    bodies.release_item(sitting=row.reference, item=refs[0], by=house.secretary, at=NOW)
    order = list(row.agenda.values_list("position", "item__reference"))
    assert order == [(1, refs[2]), (2, refs[1])]
    assert item(refs[0]).state == ItemState.READY


def test_agenda_is_fixed_once_convened() -> None:
    house = council()
    row, other = convened(house, [submit()]), submit()
    with pytest.raises(WrongState):
        bodies.schedule_items(sitting=row.reference, items=[other], by=house.secretary, at=NOW)


def test_convene_refuses_an_empty_agenda() -> None:
    house = council()
    row = planned(house, [])
    with pytest.raises(InvalidInput, match="vide"):
        bodies.convene(sitting=row.reference, by=house.secretary, at=NOW)


@pytest.mark.parametrize(("days", "in_time"), [(6, True), (5, False)])
def test_convene_leaves_five_clear_days_or_says_why(days: int, in_time: bool) -> None:
    house = council()
    row, sent = planned(house, [submit()]), EVENING - timedelta(days=days)
    if in_time:
        bodies.convene(sitting=row.reference, by=house.secretary, at=sent)
    else:
        with pytest.raises(bodies.TooLateToConvene, match="5 jours francs"):
            bodies.convene(sitting=row.reference, by=house.secretary, at=sent)
        bodies.convene(
            sitting=row.reference, by=house.secretary, at=sent, urgency_reason="Expulsion demain"
        )
    row.refresh_from_db()
    assert (row.state, row.urgency_reason == "") == (SittingState.CONVENED, in_time)


def test_convene_is_for_who_prepares() -> None:
    house = council()
    row = planned(house, [submit()])
    for who in (house.members[0], agent("director_general", ""), agent()):
        with pytest.raises(NotAllowed):
            bodies.convene(sitting=row.reference, by=who, at=NOW)


def test_open_refuses_without_quorum_and_counts_those_in_function() -> None:
    house = council()
    row = convened(house, [submit()])
    with pytest.raises(NoQuorum, match="4 présents, il en faut 5"):
        bodies.open_sitting(
            sitting=row.reference, present=house.everybody[:4], chair=house.everybody[0],
            by=house.secretary, at=EVENING,
        )  # fmt: skip
    for mandate in house.everybody[-2:]:
        bodies.end_mandate(mandate=mandate, until_date=EVENING.date(), by=HOUSE, at=NOW)
    with pytest.raises(NoQuorum):
        bodies.open_sitting(
            sitting=row.reference, present=house.everybody[:4], chair=house.everybody[0],
            by=house.secretary, at=EVENING,
        )  # fmt: skip
    bodies.end_mandate(
        mandate=house.everybody[-1], until_date=EVENING.date() - timedelta(days=1), by=HOUSE, at=NOW
    )
    bodies.end_mandate(
        mandate=house.everybody[-2], until_date=EVENING.date() - timedelta(days=1), by=HOUSE, at=NOW
    )
    bodies.open_sitting(
        sitting=row.reference, present=house.everybody[:4], chair=house.everybody[0],
        by=house.secretary, at=EVENING,
    )  # fmt: skip
    assert Sitting.objects.get(pk=row.pk).state == SittingState.OPEN


def test_member_not_sworn_in_is_not_in_function() -> None:
    council(size=8)
    late = agent("council_member", "")
    mandate = seat("conseil", late, oath_date=None)
    day = EVENING.date()
    assert len(queries.in_function(queries.council(), day)) == 8
    bodies.take_oath(mandate=mandate.pk, oath_date=day, by=HOUSE, at=NOW)
    assert len(queries.in_function(queries.council(), day)) == 9
    assert len(queries.in_function(queries.council(), day - timedelta(days=1))) == 8


@pytest.mark.parametrize(
    ("counts", "amendment", "outcome"),
    [
        ((9, 0, 0), "", OutcomeState.ADOPTED),
        ((5, 4, 0), "Pour trois mois", OutcomeState.AMENDED),
        ((4, 4, 1), "", OutcomeState.REJECTED),
        ((1, 0, 8), "", OutcomeState.ADOPTED),
        ((0, 0, 9), "", OutcomeState.REJECTED),
        ((2, 7, 0), "Pour trois mois", OutcomeState.REJECTED),
    ],
)
def test_secret_vote_gives_an_outcome_and_keeps_totals_only(counts, amendment, outcome) -> None:
    house = council()
    ref = submit()
    row = opened(house, [ref])
    vote(house, row, ref, *counts, amendment=amendment)
    found = queries.outcome_of(ref)
    assert found is not None
    assert (found.state, found.votes, found.organ, found.sitting_date, found.is_secret) == (
        outcome, counts, "Conseil de l’action sociale", EVENING.date(), True,
    )  # fmt: skip
    assert (item(ref).state, Ballot.objects.count()) == (ItemState.DECIDED, 0)


@pytest.mark.parametrize(("chair", "outcome"), [("for", "adopted"), ("against", "rejected")])
def test_open_vote_at_a_tie_follows_who_presides(chair: str, outcome: str) -> None:
    house = council()
    ref = submit(person_ref="")
    row = opened(house, [ref], present=house.everybody[:8])
    rest = [Choice.FOR] * 3 + [Choice.AGAINST] * 3
    rest.insert(0, Choice.FOR if chair == "against" else Choice.AGAINST)
    result = open_vote(house, row, ref, Choice(chair), *rest)
    assert (result.outcome, result.by_casting_vote) == (outcome, True)
    assert Ballot.objects.count() == 8


def test_vote_refuses_a_count_that_is_not_the_room() -> None:
    house = council()
    ref, public = submit(), submit(person_ref="")
    row = opened(house, [ref, public], present=house.everybody[:7])
    with pytest.raises(InvalidInput) as refused:
        vote(house, row, ref, 8, 0, 0)
    assert "7 membres votent" in _refused(refused.value)
    with pytest.raises(InvalidInput, match="secret"):
        open_vote(house, row, ref, *[Choice.FOR] * 7)
    with pytest.raises(InvalidInput, match="chaque membre présent"):
        bodies.record_vote(
            sitting=row.reference, item=public, ballots={house.everybody[0]: Choice.FOR},
            by=house.secretary, at=EVENING,
        )  # fmt: skip
    assert Result.objects.count() == 0


def test_vote_needs_the_quorum_in_the_room_for_this_matter() -> None:
    house = council()
    first, second = submit(), submit()
    row = opened(house, [first, second], present=house.everybody[:5])
    vote(house, row, first, 5, 0, 0)
    bodies.leave(sitting=row.reference, mandate=house.everybody[4], by=house.secretary, at=LATER)
    with pytest.raises(NoQuorum):
        vote(house, row, second, 4, 0, 0)
    bodies.arrive(sitting=row.reference, mandate=house.everybody[5], by=house.secretary, at=LATER)
    assert vote(house, row, second, 5, 0, 0).in_room == 5


def test_member_tied_to_the_person_leaves_the_room() -> None:
    house = council()
    ref = submit(person_ref="P26900001", conflict_refs=["P26900002"])
    kin = house.members[0]
    with tied(kin, "P26900002"):
        row = opened(house, [ref])
        assert list(Recusal.objects.values_list("mandate_id", "origin")) == [
            (house.mandates[kin.ref], "detected")
        ]
        with pytest.raises(InvalidInput):
            vote(house, row, ref, 9, 0, 0)
        assert vote(house, row, ref, 8, 0, 0).in_room == 8


def test_tie_known_only_at_the_vote_still_bars() -> None:
    house = council()
    ref = submit(person_ref="P26900001")
    row = opened(house, [ref])
    with tied(house.members[3], "P26900001"), pytest.raises(InvalidInput):
        vote(house, row, ref, 9, 0, 0)


def test_member_who_declares_an_interest_is_not_counted() -> None:
    house = council()
    ref = submit()
    row = convened(house, [ref])
    bodies.declare_conflict(item_ref=ref, by=house.members[0], at=NOW)
    bodies.open_sitting(
        sitting=row.reference, present=house.everybody, chair=house.everybody[0],
        by=house.secretary, at=EVENING,
    )  # fmt: skip
    bodies.recuse_member(
        sitting=row.reference, item=ref, mandate=house.everybody[2], by=house.secretary, at=EVENING
    )
    assert vote(house, row, ref, 7, 0, 0).in_room == 7


def test_secretary_tied_to_the_person_does_not_hold_the_pen() -> None:
    house = council()
    ref = submit(person_ref="P26900001")
    row = opened(house, [ref])
    with tied(house.secretary, "P26900001"), pytest.raises(NotAllowed):
        vote(house, row, ref, 9, 0, 0)


def test_second_vote_on_a_matter_gets_words() -> None:
    house = council()
    ref = submit()
    row = opened(house, [ref])
    vote(house, row, ref, 9, 0, 0)
    with pytest.raises(WrongState, match="Son état est maintenant : adopté") as refused:
        vote(house, row, ref, 0, 9, 0)
    assert "Rouvrez la page" in str(refused.value)
    assert queries.outcome_of(ref).state == "adopted"


def test_database_refuses_to_change_a_result() -> None:
    house = council()
    ref = submit()
    vote(house, opened(house, [ref]), ref, 9, 0, 0)
    for change in ({"outcome": "rejected"}, {"votes_for": F("votes_for") - 1}, {"text": "autre"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Result.objects.update(**change)


def test_postponed_matter_comes_back_and_is_decided_later() -> None:
    house = council()
    ref = submit()
    row = opened(house, [ref])
    bodies.postpone_item(
        sitting=row.reference, item=ref, reason="Pièce attendue", by=house.secretary, at=LATER
    )
    assert (queries.outcome_of(ref).state, item(ref).state) == ("postponed", ItemState.READY)
    bodies.close_sitting(sitting=row.reference, by=house.secretary, at=LATER)
    again = bodies.plan_sitting(
        body_key="conseil", starts_at=EVENING + timedelta(days=30), place="salle", at=LATER,
        by=house.secretary,
    )  # fmt: skip
    bodies.schedule_items(sitting=again.reference, items=[ref], by=house.secretary, at=LATER)
    bodies.convene(sitting=again.reference, by=house.secretary, at=LATER)
    later = EVENING + timedelta(days=30)
    bodies.open_sitting(
        sitting=again.reference, present=house.everybody, chair=house.everybody[0],
        by=house.secretary, at=later,
    )  # fmt: skip
    vote(house, again, ref, 9, 0, 0, at=later)
    assert [r.outcome for r in Result.objects.all()] == ["postponed", "adopted"]
    assert queries.outcome_of(ref).state == "adopted"


def test_close_refuses_matters_left_or_postpones_them() -> None:
    house = council()
    first, second = submit(), submit()
    row = opened(house, [first, second])
    vote(house, row, first, 9, 0, 0)
    with pytest.raises(InvalidInput, match="^1 point n’a pas"):
        bodies.close_sitting(sitting=row.reference, by=house.secretary, at=LATER)
    bodies.close_sitting(sitting=row.reference, by=house.secretary, at=LATER, postpone_rest=True)
    assert [queries.outcome_of(r).state for r in (first, second)] == ["adopted", "postponed"]
    assert Sitting.objects.get(pk=row.pk).state == SittingState.CLOSED


def test_third_convocation_decides_without_quorum_what_was_put_twice() -> None:
    house = council()
    ref, at, here = submit(), EVENING, house.everybody[:2]
    row = convened(house, [ref])
    for missed in (1, 2):
        bodies.miss_quorum(sitting=row.reference, by=house.secretary, at=at)
        assert (item(ref).state, item(ref).missed) == (ItemState.READY, missed)
        later = at + timedelta(days=7)
        row = bodies.plan_recall(
            sitting=row.reference, starts_at=later, place="salle", by=house.secretary, at=at
        )
        # After two sittings in vain, two clear days are enough.
        sent = later - timedelta(days=3 if missed == 2 else 6)
        bodies.convene(sitting=row.reference, by=house.secretary, at=sent)
        at = later
    bodies.open_sitting(
        sitting=row.reference, present=here, chair=here[0], by=house.secretary, at=at
    )
    result = vote(house, row, ref, 2, 0, 0, at=at)
    assert (result.outcome, result.in_room, result.quorum) == ("adopted", 2, 5)


def test_miss_quorum_is_refused_while_it_is_in_the_room() -> None:
    house = council()
    row = opened(house, [submit()])
    with pytest.raises(InvalidInput, match="quorum est atteint"):
        bodies.miss_quorum(sitting=row.reference, by=house.secretary, at=LATER)


@pytest.mark.parametrize(("in_favour", "taken"), [(6, True), (5, False), (10, False)])
def test_urgent_addition_needs_two_thirds_of_the_room(in_favour: int, taken: bool) -> None:
    house = council()
    row, late = opened(house, [submit()]), submit()
    given = {"sitting": row.reference, "item": late, "reason": "Coupure demain"}
    if not taken:
        with pytest.raises(InvalidInput):
            bodies.add_urgent_item(in_favour=in_favour, by=house.secretary, at=LATER, **given)
        return
    bodies.add_urgent_item(in_favour=in_favour, by=house.secretary, at=LATER, **given)
    assert vote(house, row, late, 9, 0, 0).agenda_item.is_addition is True


def test_withdraw_before_the_sitting_opens_and_not_after() -> None:
    house = council()
    ready, listed = submit(), submit()
    row = convened(house, [listed, submit()])
    for ref in (ready, listed):
        bodies.withdraw_item(item_ref=ref, reason="Elle travaille", by=HOUSE, at=NOW)
    assert {item(r).state for r in (ready, listed)} == {ItemState.WITHDRAWN}
    assert row.agenda.count() == 1
    left = row.agenda.get().item.reference
    bodies.open_sitting(
        sitting=row.reference, present=house.everybody, chair=house.everybody[0],
        by=house.secretary, at=EVENING,
    )  # fmt: skip
    with pytest.raises(WrongState, match="séance est ouverte"):
        bodies.withdraw_item(item_ref=left, reason="Trop tard", by=HOUSE, at=LATER)


def test_correction_is_a_new_item_linked_to_a_decided_one() -> None:
    house = council()
    ref, waiting = submit(), submit()
    row = opened(house, [ref])
    vote(house, row, ref, 9, 0, 0)
    again = submit(subject_ref=item(ref).subject_ref, corrects=ref)
    assert item(again).corrects.reference == ref
    with pytest.raises(InvalidInput, match="Seul un point décidé"):
        submit(corrects=waiting)


def test_cancelled_sitting_gives_its_matters_back() -> None:
    house = council()
    ref = submit()
    row = convened(house, [ref])
    bodies.cancel_sitting(sitting=row.reference, reason="Neige", by=house.secretary, at=NOW)
    assert item(ref).state == ItemState.READY


def test_item_for_gives_the_latest() -> None:
    house = council()
    ref = submit(subject_ref="D-1")
    convened(house, [ref])
    found = queries.item_for("proposal", "D-1")
    assert found is not None
    assert (found.reference, found.state, found.sitting_date) == (
        ref, ItemState.SCHEDULED, EVENING.date(),
    )  # fmt: skip
    assert queries.item_for("proposal", "D-2") is None
    assert queries.outcome_of(ref) is None


def test_totals_of_a_ballot_are_never_negative() -> None:
    house = council()
    ref = submit()
    row = opened(house, [ref])
    with pytest.raises(InvalidInput):
        bodies.record_vote(
            sitting=row.reference, item=ref, totals=Totals(10, -1, 0), by=house.secretary,
            at=EVENING,
        )  # fmt: skip


def test_matter_of_no_team_comes_from_who_prepares_sittings() -> None:
    house = council()
    given = {
        "subject_kind": "rule", "subject_ref": "ROI", "title": "Règlement", "person_ref": "",
        "kind": "internal_rules", "at": NOW,
    }  # fmt: skip
    for who in (house.members[0], agent()):
        with pytest.raises(NotAllowed):
            bodies.submit_item(by=who, **given)
    assert item(bodies.submit_item(by=house.secretary, **given)).is_secret is False
