"""One vote on several matters: a result for each, and nobody votes where she may not."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from tests.factories.council import EVENING, council, item, opened, submit, tied, vote

from beffroi.acts.bodies import queries
from beffroi.acts.bodies import services as bodies
from beffroi.acts.bodies.enums import Choice, ItemState, OutcomeState
from beffroi.acts.bodies.models import Ballot, Item, Result
from beffroi.acts.bodies.services import AlreadyMoved, NoQuorum, Totals
from beffroi.core.errors import InvalidInput, NotAllowed

pytestmark = pytest.mark.django_db
LATER = EVENING + timedelta(minutes=5)


def _open_matters(count: int) -> list[str]:
    """Matters of no person, voted aloud."""
    return [submit(person_ref="") for _ in range(count)]


def _results() -> dict[str, tuple[str, int, int, int, int]]:
    return {
        r.agenda_item.item.reference: (
            r.outcome, r.in_room, r.votes_for, r.votes_against, r.abstentions
        )
        for r in Result.objects.select_related("agenda_item__item")
    }  # fmt: skip


def test_block_keeps_a_result_for_each_matter_and_leaves_the_others() -> None:
    house = council()
    refs = [submit() for _ in range(3)]
    sitting = opened(house, refs)
    bodies.record_block(
        sitting=sitting.reference, items=[refs[2], refs[0]], totals=Totals(6, 2, 1),
        by=house.secretary, at=LATER,
    )  # fmt: skip
    assert _results() == {r: (OutcomeState.ADOPTED, 9, 6, 2, 1) for r in (refs[0], refs[2])}
    assert {r: item(r).state for r in refs} == {
        refs[0]: ItemState.DECIDED, refs[1]: ItemState.SCHEDULED, refs[2]: ItemState.DECIDED,
    }  # fmt: skip
    assert {r.block for r in Result.objects.all()} == {1}
    vote(house, sitting, refs[1], 9, 0, 0)
    assert set(Result.objects.values_list("block", flat=True)) == {1, None}
    assert [queries.outcome_of(r).votes for r in refs] == [(6, 2, 1), (9, 0, 0), (6, 2, 1)]


def test_open_block_keeps_the_voice_of_each_on_each_matter() -> None:
    house = council(size=5, population=5_000)
    refs = _open_matters(2)
    sitting = opened(house, refs)
    choices = [Choice.FOR, Choice.FOR, Choice.FOR, Choice.AGAINST, Choice.ABSTAIN]
    bodies.record_block(
        sitting=sitting.reference, items=refs, by=house.secretary, at=LATER,
        ballots=dict(zip(house.everybody, choices, strict=True)),
    )  # fmt: skip
    assert _results() == {r: (OutcomeState.ADOPTED, 5, 3, 1, 1) for r in refs}
    for ref in refs:
        kept = Ballot.objects.filter(result__agenda_item__item__reference=ref)
        assert dict(kept.values_list("mandate_id", "choice")) == dict(
            zip(house.everybody, choices, strict=True)
        )


def test_member_tied_to_one_matter_is_out_of_the_whole_block() -> None:
    house = council()
    hers, other = submit(person_ref="P26999999"), submit()
    member = house.members[3]
    sitting = opened(house, [hers, other])
    with tied(member, "P26999999"):
        with pytest.raises(InvalidInput, match="8 membres votent"):
            bodies.record_block(
                sitting=sitting.reference, items=[hers, other], totals=Totals(9, 0, 0),
                by=house.secretary, at=LATER,
            )  # fmt: skip
        bodies.adopt_block(
            sitting=sitting.reference, items=[hers, other], by=house.secretary, at=LATER
        )
    assert _results() == {r: (OutcomeState.ADOPTED, 8, 8, 0, 0) for r in (hers, other)}
    assert [[m.mandate.agent_id for m in item(r).recusals.all()] for r in (hers, other)] == [
        [int(member.ref)], [],
    ]  # fmt: skip
    bodies.close_sitting(sitting=sitting.reference, by=house.secretary, at=LATER)
    bodies.draft_minutes(sitting=sitting.reference, by=house.secretary, at=LATER)
    name = str(queries.mandate(house.mandates[member.ref]).agent)
    parts = {p.position: p.text for p in sitting.minutes.all()}
    assert f"{name} quitte la salle pour ce point" in parts[1]
    assert "Ce scrutin vaut aussi pour : point 1." in parts[2]
    assert f"Hors de ce scrutin groupé : {name}." in parts[2]
    assert "Hors de ce scrutin groupé" not in parts[1]
    assert [parts[n].count("Plusieurs points ont été votés par ce même scrutin.") for n in (1, 2)] == [1, 1]  # fmt: skip


def test_member_votes_the_others_once_her_matter_is_out_of_the_block() -> None:
    house = council()
    hers, *others = submit(person_ref="P26999999"), submit(), submit()
    sitting = opened(house, [hers, *others])
    with tied(house.members[3], "P26999999"):
        bodies.adopt_block(
            sitting=sitting.reference, items=others, by=house.secretary, at=LATER
        )  # fmt: skip
        vote(house, sitting, hers, 8, 0, 0)
    assert {ref: row[1] for ref, row in _results().items()} == {hers: 8, others[0]: 9, others[1]: 9}


def test_block_is_all_or_nothing() -> None:
    house = council()
    refs = [submit() for _ in range(3)]
    sitting = opened(house, refs)
    vote(house, sitting, refs[1], 9, 0, 0)
    with pytest.raises(AlreadyMoved):
        bodies.adopt_block(sitting=sitting.reference, items=refs, by=house.secretary, at=LATER)
    assert set(_results()) == {refs[1]}


def test_block_refuses_one_matter_both_ways_of_voting_and_a_room_too_small() -> None:
    house = council()
    secret, aloud = [submit(), submit()], _open_matters(1)
    sitting = opened(house, [*secret, *aloud], present=house.everybody[:5])
    key = {"sitting": sitting.reference, "by": house.secretary, "at": LATER}
    for items in (secret[:1], [secret[0], secret[0]]):
        with pytest.raises(InvalidInput, match="deux points au moins"):
            bodies.adopt_block(items=items, **key)
    with pytest.raises(InvalidInput, match="ne se groupent pas"):
        bodies.adopt_block(items=[secret[0], aloud[0]], **key)
    people = list(Item.objects.filter(reference=secret[0]).values_list("person_ref", flat=True))
    with tied(house.members[0], *people), pytest.raises(NoQuorum):
        bodies.adopt_block(items=secret, **key)
    assert _results() == {}


def test_block_is_for_who_holds_the_pen() -> None:
    house = council()
    refs = [submit(), submit()]
    sitting = opened(house, refs)
    for who in (house.president, house.members[0]):
        with pytest.raises(NotAllowed):
            bodies.adopt_block(sitting=sitting.reference, items=refs, by=who, at=LATER)
    assert _results() == {}


def test_database_refuses_to_change_the_block_of_a_result() -> None:
    house = council()
    refs = [submit(), submit()]
    sitting = opened(house, refs)
    bodies.adopt_block(sitting=sitting.reference, items=refs, by=house.secretary, at=LATER)
    for change in (2, None):
        with pytest.raises(DatabaseError), transaction.atomic():
            Result.objects.update(block=change)
    assert set(Result.objects.values_list("block", flat=True)) == {1}
