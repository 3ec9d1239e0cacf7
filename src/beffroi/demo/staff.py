"""Who plays in the demo: the users who sign in, and colleagues who have no password."""

import secrets
from datetime import datetime, timedelta

from django.utils import timezone

from beffroi.accounts import queries as accounts
from beffroi.accounts import services as accounts_services
from beffroi.accounts.enums import Role
from beffroi.core.actors import Actor
from beffroi.people.permissions import barred_persons

#: Colleagues: they hold files and nobody signs in as one of them.
COLLEAGUES = (
    ("collegue-thiry", "Benoît", "Thiry", ("general_aid",)),
    ("collegue-mansouri", "Leïla", "Mansouri", ("general_aid", "housing")),
    ("collegue-wery", "Hugues", "Wéry", ("health_aid", "rest_home", "equality")),
    ("collegue-pauwels", "Ingrid", "Pauwels", ("foreigners",)),
    ("collegue-caron", "Michèle", "Caron", ("energy", "insertion")),
)  # fmt: skip
#: Who holds the files of each team, those who sign in first.
HANDS = {
    "general_aid": ("assistante", "collegue-thiry", "collegue-mansouri"),
    "health_aid": ("assistante", "collegue-wery"),
    "energy": ("mediatrice-dettes", "collegue-caron"),
    "debts": ("mediatrice-dettes",),
    "foreigners": ("collegue-pauwels",),
    "rest_home": ("collegue-wery",),
    "housing": ("insertion", "collegue-mansouri"),
    "insertion": ("insertion", "collegue-caron"),
    "equality": ("collegue-wery",),
}  # fmt: skip


def add_colleagues(now: datetime) -> None:
    """This function will add the colleagues who are not there yet."""
    since = timezone.localdate(now) - timedelta(days=365)
    for username, first_name, last_name, teams in COLLEAGUES:
        if not accounts.is_known(username):
            accounts_services.add_agent(
                username=username, first_name=first_name, last_name=last_name,
                email=f"{username}@exemple.test", password=secrets.token_urlsafe(32),
                posts=[(Role.SOCIAL_WORKER, team) for team in teams], since=since,
            )  # fmt: skip


class Staff:
    """The actors of the demo, looked up once each."""

    def __init__(self, now: datetime) -> None:
        self._day = timezone.localdate(now)
        self._known: dict[str, Actor] = {}
        self._barred: dict[str, frozenset[int]] = {}
        self._held: dict[tuple[str, int], Actor] = {}

    def __getitem__(self, username: str) -> Actor:
        if username not in self._known:
            self._known[username] = accounts.actor_named(username, self._day)
        return self._known[username]

    def hand(self, team: str, rank: int, person: int) -> Actor:
        """This method gives who holds a person’s file in a team, and is no relative of hers."""
        if (team, person) not in self._held:
            self._held[team, person] = self._next(team, rank, person)
        return self._held[team, person]

    def _next(self, team: str, rank: int, person: int) -> Actor:
        hands = HANDS[team]
        for step in range(len(hands)):
            username = hands[(rank + step) % len(hands)]
            if username not in self._barred:
                self._barred[username] = barred_persons(self[username])
            if person not in self._barred[username]:
                return self[username]
        raise LookupError(f"nobody of {team} may hold the file of person {person}")
