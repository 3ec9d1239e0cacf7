"""A fictional council: its members, and what it leaves to its committee.

Names are invented. Whoever has no account in the list of the demo cannot sign in. What it sits
about comes with the files (`demo.sittings`).
"""

import secrets
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from beffroi.accounts import queries as accounts
from beffroi.accounts import services as accounts_services
from beffroi.accounts.enums import Role
from beffroi.acts.bodies import queries
from beffroi.acts.bodies import services as bodies
from beffroi.acts.bodies.enums import BodyKind, MandateRole
from beffroi.casework import aids
from beffroi.core.actors import system_actor

#: About so many people live there; the law draws the seats from it.
POPULATION = 96_000
_SINCE = date(2024, 12, 2)
_HOUSE = system_actor("beffroi load")
#: The other members of the council; the first three sit in the special committee too.
MEMBERS = (
    ("Baudouin", "Lefort"), ("Fatima", "Ouali"), ("Jean-Marc", "Dubrulle"), ("Céline", "Hanot"),
    ("Giulia", "Ferrante"), ("Didier", "Wattiez"), ("Nathalie", "Crombez"), ("Mehmet", "Yildiz"),
    ("Paule", "Sirjacques"), ("Thomas", "Bertiaux"), ("Rita", "Vancoppenolle"),
)  # fmt: skip
#: What the council delegates to the committee besides every aid that is the committee’s.
DELEGATED = {"sanction": "Sanction", "recovery": "Récupération"}
KEPT = {
    "urgent_ratification": "Ratification d’une aide urgente", "budget": "Budget",
    "internal_rules": "Règlement d’ordre intérieur", "appointment": "Désignation",
}  # fmt: skip


def load_council(now: datetime) -> int:
    """This function will compose the fictional council, once, and say how many bodies there are."""
    if queries.bodies().exists():
        return queries.bodies().count()
    _compose(now, timezone.localdate(now))
    return queries.bodies().count()


def _compose(now: datetime, day: date) -> None:
    key: dict[str, Any] = {"by": _HOUSE, "at": now}
    bodies.create_council(name="Conseil de l’action sociale", population=POPULATION, **key)
    member = accounts.actor_named("conseillere", day).ref
    others = [_member(number, *name) for number, name in enumerate(MEMBERS, 1)]
    seats = [(accounts.actor_named("presidente", day).ref, MandateRole.PRESIDENT)]
    seats += [(ref, MandateRole.MEMBER) for ref in (member, *others)]
    pen = (accounts.actor_named("directrice", day).ref, MandateRole.SECRETARY)
    bodies.create_body(
        key="csss", name="Comité spécial du service social", kind=BodyKind.COMMITTEE, seats=5, **key
    )
    for body, held in (("conseil", [*seats, pen]), ("csss", [*seats[:5], pen])):
        for ref, role in held:
            bodies.give_mandate(
                body_key=body, agent=int(ref), role=role, from_date=_SINCE,
                oath_date=_SINCE if role != MandateRole.SECRETARY else None, **key,
            )  # fmt: skip
    delegated = {one.key: str(one.label) for one in aids.aids() if one.organ == "committee"}
    for kinds, body in (({**delegated, **DELEGATED}, "csss"), (KEPT, "conseil")):
        for kind, label in kinds.items():
            bodies.attribute(kind=kind, label=label, body_key=body, **key)


def _member(number: int, first_name: str, last_name: str) -> str:
    """An agent who sits and does not sign in: nobody knows her password."""
    agent = accounts_services.add_agent(
        username=f"membre-{number}", first_name=first_name, last_name=last_name,
        email=f"membre-{number}@exemple.test", password=secrets.token_urlsafe(32),
        posts=[(Role.COUNCIL_MEMBER, "")], since=_SINCE,
    )  # fmt: skip
    return str(agent.pk)
