"""Four people at every act: the agent of the team, one of another team, the person, a stranger."""

from collections.abc import Callable
from datetime import date

import pytest
from tests.factories.requests import Asked, agent, ask, brought_to, later, team

from beffroi.accounts import queries as accounts
from beffroi.accounts import services as accounts_services
from beffroi.accounts.enums import Role
from beffroi.acts.requests import permissions
from beffroi.acts.requests import services as requests
from beffroi.acts.requests.enums import Outcome
from beffroi.acts.requests.services import Slot, UnknownReference
from beffroi.audit.models import JournalEntry
from beffroi.audit.queries import looks_at
from beffroi.core.actors import Actor, person_actor
from beffroi.core.errors import NotAllowed

pytestmark = pytest.mark.django_db

ACTS: dict[str, Callable[[Asked, Actor], object]] = {
    "read_file": lambda a, by: requests.read_file(reference=a.reference, by=by, at=later()),
    "take": lambda a, by: requests.take(reference=a.reference, by=by, at=later()),
    "answer": lambda a, by: requests.answer_person(
        reference=a.reference, text="Bonjour.", by=by, at=later()
    ),
    "note": lambda a, by: requests.add_note(reference=a.reference, text="Note.", by=by, at=later()),
    "ask_document": lambda a, by: requests.ask_document(
        reference=a.reference, what="Bail", by=by, at=later()
    ),
    "offer_times": lambda a, by: requests.offer_times(
        reference=a.reference, slots=[Slot(later(48), 45, "Bureau")], by=by, at=later()
    ),
    "pass_on": lambda a, by: requests.pass_on(
        reference=a.reference, to_team="third", reason="Pour vous.", by=by, at=later()
    ),
    "close": lambda a, by: requests.close(
        reference=a.reference, outcome=Outcome.HELPED, text="Fait.", by=by, at=later()
    ),
}


@pytest.mark.parametrize("act", list(ACTS))
def test_act_is_for_the_team_that_has_it(act: str) -> None:
    mine, other = agent(), agent(Role.SOCIAL_WORKER, "debts")
    agent(Role.SOCIAL_WORKER, "third")
    asked = ask()
    rows = JournalEntry.objects.count()
    for stranger in (other, person_actor(asked.reference), agent(Role.EDITOR, "")):
        with pytest.raises(NotAllowed):
            ACTS[act](asked, stranger)
    assert JournalEntry.objects.count() == rows
    ACTS[act](asked, mine)
    assert JournalEntry.objects.count() > rows


@pytest.mark.parametrize("role", sorted(Role))
def test_request_is_visible_to_case_roles_of_its_team_alone(role: str) -> None:
    asked = ask()
    ask(team_key="debts")
    holder = agent(role, "aid")
    seen = set(permissions.requests_visible_to(holder).values_list("reference", flat=True))
    case = {
        "reception", "social_worker", "team_leader", "animator", "prevention_worker", "pcs_lead",
    }  # fmt: skip
    assert seen == ({asked.reference} if role in case else set())


def test_proposed_request_is_visible_to_the_team_asked_until_it_answers() -> None:
    mine, other = agent(), agent(Role.SOCIAL_WORKER, "debts")
    asked = brought_to("passed", mine, other)
    assert permissions.can_read(other, asked.row)
    with pytest.raises(NotAllowed):
        ACTS["answer"](asked, other)
    requests.decline(reference=asked.reference, reason="Non.", by=other, at=later(2))
    assert not permissions.can_read(other, asked.row)


def test_own_page_opens_with_the_secret_alone() -> None:
    asked, another = ask(), ask()
    assert requests.open_own_page(**asked.key).reference == asked.reference
    typed = asked.receipt.secret.lower().replace("-", " ")
    assert requests.open_own_page(reference=asked.reference.lower(), secret=typed) == asked.row
    for secret in ("", "AAAA-BBBB-CCCC", another.receipt.secret):
        with pytest.raises(UnknownReference):
            requests.open_own_page(reference=asked.reference, secret=secret)
    with pytest.raises(UnknownReference):
        requests.open_own_page(reference="DEM-2026-99999", secret=asked.receipt.secret)


def test_person_cannot_act_on_another_request() -> None:
    asked, another = ask(), ask()
    wrong = {"reference": asked.reference, "secret": another.receipt.secret, "at": later()}
    for act in (
        lambda: requests.reply(**wrong, text="Bonjour"),
        lambda: requests.withdraw(**wrong),
        lambda: requests.choose_time(**wrong, offered=1),
        lambda: requests.add_file(**wrong, name="a.pdf", content=b"x"),
    ):
        with pytest.raises(UnknownReference):
            act()
    assert asked.row.messages.count() == 0


def test_reading_is_journalled_each_time_and_the_person_reading_is_not() -> None:
    mine, asked = agent(), ask()
    for hour in (1, 2):
        requests.read_file(
            reference=asked.reference, by=mine, at=later(hour), reason="Appel de la personne"
        )
    requests.open_own_page(**asked.key)
    reads = JournalEntry.objects.filter(kind="read").values_list(
        "actor_ref", "actor_post", "subject_ref", "reason"
    )
    post = mine.posts[0].label
    assert list(reads) == [(mine.ref, post, asked.reference, "Appel de la personne")] * 2


def test_person_sees_the_post_that_her_request_is_dealt_with_in() -> None:
    team("debts")
    asked, day = ask("question", team_key="aid"), date(2020, 1, 1)
    posts = [(Role.EDITOR, ""), (Role.RECEPTION, "debts"), (Role.SOCIAL_WORKER, "aid")]
    accounts_services.add_agent(
        username="two-posts", first_name="Claire", last_name="Deux", email="deux@exemple.test",
        password="a-long-enough-password", posts=posts, since=day,
    )  # fmt: skip
    both = accounts.actor_named("two-posts", day)
    requests.read_file(reference=asked.reference, by=both, at=later())
    requests.answer_person(reference=asked.reference, text="Venez.", by=both, at=later(2))
    posted = "Assistance sociale, Équipe aid"
    assert [look.post for look in looks_at(asked.reference)] == [posted]
    assert {move.by_post for move in asked.row.moves.exclude(move="open")} == {posted}
    assert asked.row.messages.get().by_post == posted
