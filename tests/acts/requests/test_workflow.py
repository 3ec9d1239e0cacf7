"""Every move from every state: those of the table go through, the others change nothing."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from tests.factories.requests import Asked, agent, brought_to, later

from beffroi.accounts.enums import Role
from beffroi.acts.requests import services as requests
from beffroi.acts.requests.enums import Outcome, RequestState
from beffroi.acts.requests.models import Request, RequestMove
from beffroi.acts.requests.services import Slot
from beffroi.acts.requests.workflow import MOVES
from beffroi.core.actors import Actor
from beffroi.core.errors import Refusal

pytestmark = pytest.mark.django_db
STATES = [str(state) for state in RequestState]


@dataclass
class People:
    """Whoever acts on the request: an agent, her leader, a colleague, another team."""

    agent: Actor
    leader: Actor
    colleague: Actor
    other: Actor


@pytest.fixture
def people() -> People:
    return People(agent(), agent(Role.TEAM_LEADER), agent(), agent(Role.SOCIAL_WORKER, "debts"))


def _acts(people: People) -> dict[str, Callable[[Asked], object]]:
    """The act of each move, as the agent or the person does it."""
    at, by = later(5), people.agent
    return {
        "take": lambda a: requests.take(reference=a.reference, by=by, at=at),
        "reassign": lambda a: _assign(a, people),
        "reassign_waiting": lambda a: _assign(a, people),
        "ask_person": lambda a: requests.offer_times(
            reference=a.reference, slots=[Slot(later(72), 45, "Bureau")], by=by, at=at
        ),
        "person_replies": lambda a: requests.reply(**a.key, text="Voici.", at=at),
        "pass_on": lambda a: requests.pass_on(
            reference=a.reference, to_team="debts", reason="Des dettes.", by=by, at=at
        ),
        "accept": lambda a: requests.accept(reference=a.reference, by=people.other, at=at),
        "decline": lambda a: requests.decline(
            reference=a.reference, reason="Pas pour nous.", by=people.other, at=at
        ),
        "close": lambda a: requests.close(
            reference=a.reference, outcome=Outcome.ANSWERED, text="Fait.", by=by, at=at
        ),
        "transfer": lambda a: _transfer(a, people),
        "withdraw": lambda a: requests.withdraw(**a.key, at=at),
        "reopen": lambda a: requests.reopen(
            reference=a.reference, reason="Rappelée.", by=people.leader, at=at
        ),
    }  # fmt: skip


def _assign(asked: Asked, people: People) -> None:
    requests.assign(
        reference=asked.reference, to=int(people.colleague.ref), by=people.agent, at=later(5)
    )


def _transfer(asked: Asked, people: People) -> None:
    from beffroi.directory.models import Commune

    Commune.objects.get_or_create(pk="23027", defaults={"name_fr": "Hal", "search": "hal"})
    requests.transfer(
        reference=asked.reference, to_nis="23027", reason="Vit à Hal.", by=people.agent, at=later(5)
    )


@pytest.mark.parametrize("source", STATES)
@pytest.mark.parametrize("key", list(MOVES))
def test_move_goes_through_from_its_sources_alone(key: str, source: str, people: People) -> None:
    kind = "aid" if key == "transfer" else "question"
    asked = brought_to(source, people.agent, people.other, kind)
    assert asked.row.state == source
    before = asked.row.moves.count()
    allowed = source in [str(state) for state in MOVES[key].sources]
    try:
        _acts(people)[key](asked)
    except Refusal:
        assert not allowed, f"{key} refused from {source}"
        assert asked.row.state == source
        assert asked.row.moves.count() == before
        return
    made = list(asked.row.moves.values_list("move", "source", "target"))[before:]
    if allowed:
        assert made == [(key, source, str(MOVES[key].target))]
    else:
        # A reply is kept from any open state, and `assign` also takes: neither is this move.
        assert key in ("person_replies", "reassign", "reassign_waiting")
        assert key not in [move for move, _source, _target in made]


def test_every_move_leaves_who_and_when(people: People) -> None:
    asked = brought_to("passed", people.agent, people.other)
    rows = RequestMove.objects.filter(request=asked.row).values_list("move", "by_ref", "at", "why")
    assert list(rows) == [
        ("open", "portail", asked.row.received_at, ""),
        ("take", people.agent.ref, later(), ""),
        ("pass_on", people.agent.ref, later(), "C’est pour vous."),
    ]


def test_move_is_refused_when_somebody_moved_it_meanwhile(people: People) -> None:
    asked = brought_to("received", people.agent, people.other)
    Request.objects.filter(pk=asked.row.pk).update(
        state=RequestState.IN_HAND, assignee_id=int(people.colleague.ref)
    )
    with pytest.raises(requests.AlreadyMoved) as refused:
        requests.take(reference=asked.reference, by=people.agent, at=later(2))
    assert "Prise en charge".lower() in str(refused.value)


def test_reopen_is_for_the_leader_alone(people: People) -> None:
    asked = brought_to("closed", people.agent, people.other)
    with pytest.raises(Refusal):
        requests.reopen(reference=asked.reference, reason="Encore.", by=people.agent, at=later(6))
    assert asked.row.state == "closed"
