"""Agreements, partners and places: each made through the services."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from beffroi.accounts.enums import Role
from beffroi.acts.agreements import services as agreements
from beffroi.acts.agreements.enums import (
    AgreementKind,
    Finding,
    PartnerKind,
    PartySide,
    PlaceKind,
    ProjectKind,
)
from beffroi.acts.agreements.models import Agreement, Partner
from beffroi.acts.agreements.services import ClauseDraft
from beffroi.core.actors import Actor
from tests.factories.mediation import person
from tests.factories.requests import agent

NOW = datetime(2026, 3, 10, 8, 30, tzinfo=UTC)
TODAY = date(2026, 3, 10)
GRANTED = date(2026, 3, 3)
_numbers = count(1)


def worker(role: str = Role.SOCIAL_WORKER, team: str = "insertion") -> Actor:
    """An agent of the insertion team."""
    return agent(role, team)


def partner(by: Actor, name: str = "") -> int:
    """A partner that takes people in."""
    name = name or f"Partenaire {next(_numbers)}"
    return agreements.keep_partner(name=name, kind=PartnerKind.ASBL, by=by, at=NOW)


def place(by: Actor, seats: int = 1) -> int:
    """A place of work with so many seats."""
    return agreements.keep_place(
        partner=partner(by),
        kind=PlaceKind.WORK,
        title="Aide en cuisine",
        seats=seats,
        by=by,
        at=NOW,
    )


@dataclass(frozen=True)
class Made:
    """An agreement with whoever works on it."""

    reference: str
    by: Actor

    @property
    def row(self) -> Agreement:
        return Agreement.objects.get(reference=self.reference)

    def do(self, service: Any, at: datetime = NOW, **given: Any) -> Any:
        return service(reference=self.reference, by=self.by, at=at, **given)


def drafted(by: Actor | None = None, subject_ref: str = "", **more: Any) -> Made:
    """A project just prepared after a grant."""
    by = by or worker()
    values: dict[str, Any] = {"monthly_amount": Decimal("1314.20"), "granted_on": GRANTED} | more
    return Made(
        agreements.draft_piis(
            subject_ref=subject_ref, person_ref=person("Lambert"), by=by, at=NOW, **values
        ),
        by,
    )


def written(by: Actor | None = None, **more: Any) -> Made:
    """A project whose text is whole."""
    made = drafted(by, **more)
    made.do(agreements.note_needs, needs="Veut devenir soudeur.", project_kind=ProjectKind.TRAINING)
    made.do(
        agreements.set_terms, title="Une formation de soudeur", starts_date=date(2026, 3, 23),
        ends_date=date(2027, 3, 22),
    )  # fmt: skip
    clauses = [
        ClauseDraft(PartySide.PERSON, "Suivre la formation"),
        ClauseDraft(PartySide.CPAS, "Payer le matériel jusqu’à 150 €"),
    ]
    made.do(agreements.add_clauses, clauses=clauses)
    return made


def signed(by: Actor | None = None, **more: Any) -> Made:
    """A project signed after the days of reflection, on 18 March 2026."""
    made = written(by, **more)
    made.do(agreements.propose)
    made.do(agreements.sign, at=later(8), signed_date=date(2026, 3, 18))
    return made


def running(by: Actor | None = None, **more: Any) -> Made:
    """A project that has begun."""
    made = signed(by, **more)
    made.do(agreements.start, at=later(13))
    return made


def work(by: Actor | None = None, days: int | None = 312, begun: bool = True, **more: Any) -> Made:
    """A contract of article 60 §7 from 5 January 2026."""
    by = by or worker()
    values: dict[str, Any] = {"first_date": date(2026, 1, 5), "tutor": "M. Dubois"} | more
    made = Made(
        agreements.draft_work(
            kind=AgreementKind.ART60, person_ref=person("Benali"), partner=partner(by),
            job="Aide en cuisine", days=days, by=by, at=NOW, **values,
        ),
        by,
    )  # fmt: skip
    clauses = [
        ClauseDraft(PartySide.PERSON, "Venir au travail"), ClauseDraft(PartySide.CPAS, "Payer le salaire"),
    ]  # fmt: skip
    made.do(agreements.add_clauses, clauses=clauses)
    if begun:
        made.do(agreements.propose)
        made.do(agreements.sign, signed_date=TODAY, early_at_her_wish=True)
        made.do(agreements.start)
    return made


def later(days: int) -> datetime:
    """A moment so many days after."""
    return NOW + timedelta(days=days)


def addresses() -> dict[str, dict[str, object]]:
    """The parameters of each address of the insertion desk, on a real project."""
    made = running()
    made.do(
        agreements.evaluate, at=later(90), held_date=later(90).date(), finding=Finding.ON_COURSE,
        worker_words="Rien à dire.",
    )  # fmt: skip
    seat = place(made.by)
    reference = {"reference": made.reference}
    return {
        "insertion_new": {"kind": "projet"}, "insertion_agreement": reference,
        "insertion_act": {**reference, "act": "finish"},
        "insertion_text_pdf": {"reference": written(made.by).reference},
        "insertion_partner": {"pk": Partner.objects.get().pk}, "insertion_place": {"pk": seat},
    }  # fmt: skip
