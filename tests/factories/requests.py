"""Services with a form, teams with agents, and requests: each made through the services."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from beffroi.accounts import queries as accounts
from beffroi.accounts import services as accounts_services
from beffroi.accounts.enums import Role
from beffroi.accounts.models import Team
from beffroi.acts.requests import services as requests
from beffroi.acts.requests.enums import FormKind, Outcome
from beffroi.acts.requests.models import Request, RequestForm
from beffroi.acts.requests.services import Draft, Receipt, Slot
from beffroi.core.actors import Actor, person_actor, system_actor
from beffroi.directory.enums import ServiceStatus
from beffroi.directory.models import Organisation, Service, ServiceText

#: A Tuesday morning on which nothing special happens.
NOW = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)
TODAY = date(2026, 11, 24)
_numbers = count(1)
#: What answers each form and no more.
ENOUGH = {
    "aid": {"situation": "Je n’ai plus de revenu."},
    "call_back": {"subject": "Ma facture de gaz."},
    "appointment": {"subject": "Mes dettes."},
    "home_visit": {"subject": "La porte est forcée.", "address": "Rue d’Havré 13 ¾"},
    "ride": {"from": "Jemappes", "to": "Hôpital", "day": "2026-12-01", "hour": "10 h"},
    "activity_place": {"activity": "Cuisine"},
    "graffiti": {"address": "Rue des Capucins 4/9"},
    "mediation": {"subject": "Les chiens du voisin."},
    "question": {"question": "À qui m’adresser ?"},
}


def team(key: str) -> Team:
    """A team that answers."""
    return Team.objects.get_or_create(key=key, defaults={"name": f"Équipe {key}"})[0]


def agent(role: str = Role.SOCIAL_WORKER, team_key: str = "aid") -> Actor:
    """An agent with one post in a team, as an actor."""
    if team_key:
        team(team_key)
    username = f"agent-{next(_numbers)}"
    accounts_services.add_agent(
        username=username, first_name="Claire", last_name=username.title(),
        email=f"{username}@exemple.test", password="a-long-enough-password",
        posts=[(role, team_key)], since=date(2020, 1, 1),
    )  # fmt: skip
    return accounts.actor_named(username, TODAY)


def form(
    kind: str = "question",
    team_key: str = "aid",
    key: str = "",
    status: str = ServiceStatus.RUNNING,
    **more: Any,
) -> RequestForm:
    """A service of its own with one form, answered by a team."""
    team(team_key)
    key = key or f"service-{next(_numbers)}"
    if not Service.objects.filter(key=key).exists():
        owner = Organisation.objects.get_or_create(key="cpas", defaults={"name": "CPAS"})[0]
        made = Service.objects.create(
            key=key, name=f"Service {key}", organisation=owner, status=status, modified_at=NOW
        )
        ServiceText.objects.create(
            service=made, lang="fr", name=f"Service {key}", summary="Une aide.", basis="source"
        )
    return requests.offer_form(
        service=key, kind=FormKind(kind), team=team_key, by=system_actor("tests"), at=NOW, **more
    )


@dataclass(frozen=True)
class Asked:
    """A request as both sides hold it."""

    receipt: Receipt

    @property
    def key(self) -> dict[str, str]:
        return {"reference": self.receipt.reference, "secret": self.receipt.secret}

    @property
    def reference(self) -> str:
        return self.receipt.reference

    @property
    def row(self) -> Request:
        return Request.objects.get(reference=self.receipt.reference)


def draft(kind: str = "question", service: str = "", team_key: str = "aid", **more: Any) -> Draft:
    """What a person fills in: enough, and no more unless it is said."""
    service = service or form(kind, team_key).service.key
    contact = {"name": "Lucie Baudour", "phone": "0470 12 34 56"}
    return Draft(service=service, kind=kind, **({"answers": ENOUGH[kind], **contact} | more))


def ask(kind: str = "question", at: datetime = NOW, nonce: str = "", **more: Any) -> Asked:
    """A request sent by the portal."""
    nonce = nonce or f"nonce-{next(_numbers)}"
    return Asked(
        requests.open_request(
            draft=draft(kind, **more), nonce=nonce, by=person_actor("portail"), at=at
        )
    )


def later(hours: float = 1) -> datetime:
    """This function will give a moment after the opening, in hours."""
    return NOW + timedelta(hours=hours)


def brought_to(state: str, by: Actor, other: Actor, kind: str = "question") -> Asked:
    """A request brought into a state by the acts that lead there."""
    asked, at = ask(kind), later()
    if state == "received":
        return asked
    if state == "waiting":
        requests.offer_times(
            reference=asked.reference, slots=[Slot(later(48), 45, "Bureau 3")], by=by, at=at
        )
    if state in ("in_hand", "passed", "closed"):
        requests.take(reference=asked.reference, by=by, at=at)
    if state == "passed":
        (to_team,) = other.teams
        requests.pass_on(
            reference=asked.reference, to_team=to_team, reason="C’est pour vous.", by=by, at=at
        )
    if state == "closed":
        requests.close(
            reference=asked.reference, outcome=Outcome.ANSWERED, text="Voilà.", by=by, at=at
        )
    return asked
