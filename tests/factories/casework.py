"""Persons, files and applications on their road: each made through the services."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from typing import Any

from beffroi.accounts.enums import Role
from beffroi.casework import services as casework
from beffroi.casework.enums import Outcome, Question, VisitResult
from beffroi.casework.models import Application, SocialFile
from beffroi.core.actors import Actor, system_actor
from beffroi.people import services as people
from tests.factories.requests import agent, team

#: A Tuesday morning, a week before the sitting of the factories of the council.
NOW = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)
TODAY = date(2026, 11, 24)
HOUSE = system_actor("tests")
TEAM = "general_aid"
MOTIVES = "La personne vit seule à Mons et n’a plus de ressources depuis la fin de son contrat."
_numbers = count(1)


def person(last_name: str = "", first_name: str = "Lina", **more: Any) -> str:
    """A person entered at the desk; her reference."""
    return people.add_person(
        last_name=last_name or f"Haddad{next(_numbers)}", first_name=first_name, by=HOUSE, at=NOW,
        **{"birth_date": date(1990, 5, 17), **more},
    )  # fmt: skip


@dataclass
class Held:
    """A file in the hands of a worker of a team, and its application."""

    worker: Actor
    person: str
    number: str
    reference: str

    @property
    def file(self) -> SocialFile:
        return SocialFile.objects.get(number=self.number)

    @property
    def application(self) -> Application:
        return Application.objects.get(reference=self.reference)


def held(
    worker: Actor | None = None, kind: str = "living_income", person_ref: str = "", **more: Any
) -> Held:
    """A file with one application, received today."""
    team(TEAM)
    who = worker or agent(Role.SOCIAL_WORKER, TEAM)
    ref = person_ref or person()
    number = casework.open_file(person_ref=ref, team=TEAM, worker=int(who.ref), by=who, at=NOW)
    reference = casework.open_application(
        number=number, kind=kind, by=who, at=NOW, **{"asked_on": TODAY, **more}
    )
    return Held(who, ref, number, reference)


def enquired(one: Held, wage: str | None = "420.00", category: str = "isolated") -> Held:
    """The enquiry done and the report signed."""
    given: dict[str, Any] = {"reference": one.reference, "by": one.worker, "at": NOW}
    casework.start_enquiry(**given)
    for document in one.application.documents.all():
        casework.settle_document(document=document.pk, **given)
    visit = casework.plan_visit(planned_at=NOW, is_announced=True, **given)
    casework.record_visit(
        visit=visit, result=VisitResult.SEEN, done_at=NOW, findings="Un studio, une personne.",
        **given,
    )  # fmt: skip
    casework.appreciate(
        question=Question.CATEGORY, value=category, why="Elle vit seule dans un studio.", **given
    )
    if wage is not None:
        casework.add_resource(
            kind="work", label="Salaire net", monthly=Decimal(wage), exemption="general", **given
        )
    casework.write_report(
        situation="Vit seule à Mons.", needs="Plus de ressources suffisantes.", other_rights="",
        opinion="Favorable.", sign=True, **given,
    )  # fmt: skip
    return one


def proposed(one: Held, outcome: Outcome = Outcome.GRANT, **more: Any) -> Held:
    """The proposal ready."""
    casework.propose(
        reference=one.reference, outcome=outcome, motives=MOTIVES, by=one.worker, at=NOW, **more
    )
    return one
