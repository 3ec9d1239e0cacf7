"""Which agents are known as persons: for the page that says it, and for the four eyes of payments."""

from dataclasses import dataclass
from datetime import date, datetime

from beffroi.core.actors import Actor
from beffroi.people.enums import StaffLink
from beffroi.people.models import AddressKeeper, StaffPerson
from beffroi.people.permissions import barred_persons
from beffroi.people.queries import briefs
from beffroi.people.same import same_ids_of
from beffroi.people.sealing import keeping_on


@dataclass(frozen=True)
class StaffRow:
    """An agent with the person she is, by name, or one she is close to, by reference alone.

    Neither where the reader is too close herself.
    """

    agent_id: int
    agent: str
    is_active: bool
    reference: str
    person: str
    link: str
    link_label: str
    declared_at: datetime


def staff_rows(actor: Actor) -> list[StaffRow]:
    """This function will give which agent is which person, by agent, as `actor` may read it.

    Of somebody an agent is close to, the reference says enough: who she is stays with those who
    open persons. The persons closed to the reader have neither, even where she is the agent.
    """
    barred = barred_persons(actor)
    rows = list(
        StaffPerson.objects.select_related("agent").order_by(
            "agent__last_name", "agent__first_name", "agent_id", "link", "pk"
        )
    )
    known = briefs({row.person_id for row in rows})
    found = []
    for row in rows:
        one = known[row.person_id]
        is_hidden = row.person_id in barred
        is_named = not is_hidden and row.link == StaffLink.SELF
        found.append(
            StaffRow(
                row.agent_id, str(row.agent), bool(row.agent.is_active),
                "" if is_hidden else one.reference, one.name if is_named else "",
                row.link, str(row.get_link_display()), row.declared_at,
            )
        )  # fmt: skip
    return found


def keys_of_agent(agent_ref: str) -> frozenset[str]:
    """This function will give what tells the human behind an agent: the person she is said to be.

    Two accounts of one person share a key, also when that person was entered twice and merged.
    """
    if not agent_ref.isdigit():
        return frozenset()
    rows = StaffPerson.objects.filter(agent_id=int(agent_ref), link=StaffLink.SELF)
    groups = same_ids_of(list(rows.values_list("person_id", flat=True)))
    return frozenset(f"person:{pk}" for group in groups.values() for pk in group)


@dataclass(frozen=True)
class Keeper:
    """An agent who reads a sealed address, since when, until when and why."""

    agent_id: int
    agent: str
    named_at: datetime
    named_by: str
    reason: str
    until_date: date | None
    is_over: bool


def keepers_of(address: int, day: date) -> list[Keeper]:
    """This function will give who was named to read an address, those over by `day` last.

    The caller has checked that the address is hers to read.
    """
    rows = AddressKeeper.objects.filter(address=address).select_related("agent").order_by("pk")
    open_ones = set(rows.filter(keeping_on(day)).values_list("pk", flat=True))
    found = [
        Keeper(
            row.agent_id, str(row.agent), row.named_at, row.named_by, row.reason, row.until_date,
            row.pk not in open_ones,
        )
        for row in rows
    ]  # fmt: skip
    return sorted(found, key=lambda one: one.is_over)
