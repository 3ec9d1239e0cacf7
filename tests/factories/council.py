"""A council that sits, its committee, matters put forward: each made through the services."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from beffroi.accounts.enums import Role
from beffroi.acts.bodies import conflicts, queries
from beffroi.acts.bodies import services as bodies
from beffroi.acts.bodies.enums import BodyKind, Choice, MandateRole
from beffroi.acts.bodies.models import Item, Mandate, Result, Sitting
from beffroi.acts.bodies.services import Totals
from beffroi.core.actors import Actor, Post, system_actor
from tests.factories.requests import agent

#: The convocation leaves on a Tuesday; the sitting is on the Tuesday after.
NOW = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)
TODAY = date(2026, 11, 24)
EVENING = datetime(2026, 12, 1, 17, 30, tzinfo=UTC)
EVE = date(2026, 12, 1)
SINCE = date(2024, 12, 2)
HOUSE = system_actor("tests")
WORKER_POST = Post(Role.SOCIAL_WORKER, "Assistance sociale", "general_aid", "Aide générale")
_numbers = count(1)


def seat(body_key: str, who: Actor, role: MandateRole = MandateRole.MEMBER, **more: Any) -> Mandate:
    """Gives a mandate, sworn in on its first day."""
    given = {"from_date": SINCE, "oath_date": SINCE, **more}
    return bodies.give_mandate(
        body_key=body_key, agent=int(who.ref), role=role, by=HOUSE, at=NOW, **given
    )


@dataclass
class Council:
    """Nine seats, all taken; who presides, who holds the pen; a committee of four of them."""

    president: Actor
    secretary: Actor
    members: list[Actor]
    mandates: dict[str, int] = field(default_factory=dict)

    @property
    def everybody(self) -> list[int]:
        """The mandates with a voice, the president's first."""
        return [self.mandates[who.ref] for who in (self.president, *self.members)]


def council(size: int = 9, population: int = 15_000) -> Council:
    """A council of so many members in function, its president and its secretary."""
    bodies.create_council(
        name="Conseil de l’action sociale", population=population, by=HOUSE, at=NOW
    )
    president, secretary = agent(Role.PRESIDENT, ""), agent(Role.DIRECTOR_GENERAL, "")
    members = [agent(Role.COUNCIL_MEMBER, "") for _ in range(size - 1)]
    made = Council(president, secretary, members)
    made.mandates[president.ref] = seat("conseil", president, MandateRole.PRESIDENT).pk
    for who in members:
        made.mandates[who.ref] = seat("conseil", who).pk
    made.mandates[secretary.ref] = seat("conseil", secretary, MandateRole.SECRETARY).pk
    return made


def committee(of: Council, size: int = 4) -> list[int]:
    """A special committee drawn from the council: its mandates with a voice."""
    bodies.create_body(
        key="csss", name="Comité spécial du service social", kind=BodyKind.COMMITTEE, seats=size,
        by=HOUSE, at=NOW,
    )  # fmt: skip
    held = [seat("csss", of.president, MandateRole.PRESIDENT).pk]
    held += [seat("csss", who).pk for who in of.members[: size - 1]]
    seat("csss", of.secretary, MandateRole.SECRETARY)
    return held


def submit(at: datetime = NOW, **more: Any) -> str:
    """A matter about a person, ready for a sitting; gives its reference."""
    number = next(_numbers)
    given = {
        "subject_kind": "proposal", "subject_ref": f"D-{number}", "title": f"Lina Haddad {number}",
        "person_ref": f"P26{number:06d}", "kind": "living_income", "file_team": "general_aid",
        "summary": [{"title": "Proposition", "lines": [{"label": "Montant", "value": "1 340,47 €"}]}],
    }  # fmt: skip
    return bodies.submit_item(by=HOUSE, at=at, **{**given, **more})


def item(reference: str) -> Item:
    """The row of a matter."""
    return Item.objects.get(reference=reference)


def planned(of: Council, items: list[str], body: str = "conseil") -> Sitting:
    """A sitting in preparation with these matters."""
    row = bodies.plan_sitting(
        body_key=body, starts_at=EVENING, place="salle du Conseil", by=of.secretary, at=NOW
    )
    bodies.schedule_items(sitting=row.reference, items=items, by=of.secretary, at=NOW)
    return row


def convened(of: Council, items: list[str], body: str = "conseil") -> Sitting:
    """A sitting convened in time."""
    row = planned(of, items, body)
    return bodies.convene(sitting=row.reference, by=of.secretary, at=NOW)


def opened(
    of: Council, items: list[str], present: list[int] | None = None, body: str = "conseil"
) -> Sitting:
    """A sitting open in the evening, with everybody unless it is said who."""
    row = convened(of, items, body)
    here = of.everybody if present is None else present
    return bodies.open_sitting(
        sitting=row.reference, present=here, chair=here[0], by=of.secretary, at=EVENING
    )


def vote(of: Council, sitting: Sitting, reference: str, *counts: int, **more: Any) -> Result:
    """A secret ballot with these totals."""
    return bodies.record_vote(
        sitting=sitting.reference, item=reference, totals=Totals(*counts), by=of.secretary,
        at=more.pop("at", EVENING + timedelta(minutes=5)), **more,
    )  # fmt: skip


def open_vote(
    of: Council, sitting: Sitting, reference: str, *choices: Choice, **more: Any
) -> Result:
    """An open ballot, a choice for each voter in the room, in the order of the seats."""
    here = {m.pk for m in queries.voters_in_the_room(sitting)}
    voters = [pk for pk in of.everybody if pk in here]
    return bodies.record_vote(
        sitting=sitting.reference, item=reference, by=of.secretary, at=EVENING,
        ballots=dict(zip(voters, choices, strict=True)), **more,
    )  # fmt: skip


@contextmanager
def tied(who: Actor, *person_refs: str) -> Iterator[None]:
    """Inside, the house knows that an agent is tied to these persons."""

    def finder(actor: Actor) -> set[str]:
        return set(person_refs) if actor.ref == who.ref else set()

    conflicts.find_ties_with(finder)
    try:
        yield
    finally:
        conflicts.forget(finder)


@dataclass(frozen=True)
class Drafted:
    """A sitting whose minutes are drafted, with one decided matter, on a day gone by."""

    sitting: Sitting
    item: Item
    secretary: Actor
    since: date

    def seat(self, who: Actor) -> None:
        """Gives an agent the seat her role calls for, from before the sitting."""
        roles = {
            Role.COUNCIL_MEMBER: MandateRole.MEMBER, Role.PRESIDENT: MandateRole.PRESIDENT,
            Role.DIRECTOR_GENERAL: MandateRole.SECRETARY,
        }  # fmt: skip
        for post in who.posts:
            if role := roles.get(Role(post.role)):
                seat("conseil", who, role, from_date=self.since, oath_date=self.since)


def drafted(now: datetime) -> Drafted:
    """A council of a large commune that sat yesterday, without a president so far."""
    bodies.create_council(name="Conseil", population=200_000, by=HOUSE, at=now)
    since = (now - timedelta(days=60)).date()
    pen = agent(Role.DIRECTOR_GENERAL, "")
    seat("conseil", pen, MandateRole.SECRETARY, from_date=since)
    members = [agent(Role.COUNCIL_MEMBER, "") for _ in range(3)]
    held = [seat("conseil", who, from_date=since, oath_date=since).pk for who in members]
    before, eve = now - timedelta(days=20), now - timedelta(days=1)
    ref = submit(before)
    row = bodies.plan_sitting(body_key="conseil", starts_at=eve, place="salle", by=pen, at=before)
    key = {"sitting": row.reference, "by": pen}
    bodies.schedule_items(items=[ref], at=before, **key)
    bodies.convene(at=before, **key)
    bodies.open_sitting(present=held, chair=held[0], at=eve, **key)
    bodies.record_vote(item=ref, totals=Totals(3, 0, 0), at=eve, **key)
    bodies.close_sitting(at=eve, **key)
    bodies.draft_minutes(at=eve, **key)
    return Drafted(Sitting.objects.get(pk=row.pk), item(ref), pen, since)
