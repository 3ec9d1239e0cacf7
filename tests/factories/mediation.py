"""Mediation files, creditors and debts: each made through the services."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any
from uuid import UUID

from beffroi.accounts.enums import Role
from beffroi.acts.budgets import queries
from beffroi.acts.budgets import services as budgets
from beffroi.acts.budgets.computing import BudgetEntry
from beffroi.acts.budgets.enums import CreditorKind, DebtKind, LetterKind, PersonRole
from beffroi.acts.budgets.models import CreditorLetter, MediationFile
from beffroi.acts.budgets.services import DebtDraft
from beffroi.core.actors import Actor, system_actor
from beffroi.documents.letters import services as letters
from beffroi.documents.letters.enums import Delivery
from beffroi.people import services as people
from tests.factories.requests import agent

NOW = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)
TODAY = date(2026, 11, 24)
_numbers = count(1)


def mediator(role: str = Role.SOCIAL_WORKER) -> Actor:
    """An agent of the mediation team."""
    return agent(role, "debts")


def person(last_name: str = "Goffin", **more: Any) -> str:
    """A person, by her reference."""
    values: dict[str, Any] = {"first_name": "Chantal", "birth_date": date(1979, 5, 4)} | more
    return people.add_person(last_name=last_name, by=system_actor("tests"), at=NOW, **values)


def creditor(by: Actor, name: str = "", kind: CreditorKind = CreditorKind.BANK, **more: Any) -> int:
    """A creditor of the directory."""
    values = {"name": name or f"Créancier {next(_numbers)}", "address": "rue Fictive 8\n7000 Mons"}
    return budgets.keep_creditor(kind=kind, by=by, at=NOW, **(values | more))


@dataclass(frozen=True)
class Opened:
    """A file with whoever works in it."""

    reference: str
    by: Actor

    @property
    def row(self) -> MediationFile:
        return MediationFile.objects.get(reference=self.reference)

    def do(self, service: Any, at: datetime = NOW, **given: Any) -> Any:
        return service(reference=self.reference, by=self.by, at=at, **given)


def opened(by: Actor | None = None, who: str = "", at: datetime = NOW) -> Opened:
    """A file just opened."""
    by = by or mediator()
    persons = [(who or person(), PersonRole.HOLDER)]
    return Opened(budgets.open_file(persons=persons, by=by, at=at, story="Un huissier."), by)


def signed(by: Actor | None = None, **more: Any) -> Opened:
    """A file whose convention is signed."""
    file = opened(by, **more)
    file.do(budgets.sign_convention, signed_date=TODAY)
    return file


def owing(*amounts: str, by: Actor | None = None, priority: tuple[int, ...] = ()) -> Opened:
    """A file with these debts, each to a creditor of its own; `priority` says which come first."""
    file = signed(by)
    file.do(
        budgets.add_debts,
        drafts=[
            DebtDraft(
                creditor(file.by), DebtKind.CREDIT, Decimal(amount), monthly_due=Decimal(10),
                is_priority=number in priority, due_since_date=date(2024, 1, 10),
            )
            for number, amount in enumerate(amounts)
        ],
    )  # fmt: skip
    return file


def negotiating(*amounts: str, by: Actor | None = None) -> Opened:
    """A file with debts and a budget, at the step of negotiation."""
    file = owing(*(amounts or ("1250.00", "480.00", "270.00")), by=by)
    entries = [
        BudgetEntry("income", "Salaire", Decimal("1640.00")),
        BudgetEntry("expense", "Loyer", Decimal("720.00")),
        BudgetEntry("expense", "Gaz et électricité", Decimal("1980.00"), "year"),
    ]
    file.do(budgets.go_to, step="to_budget")
    file.do(budgets.draw_budget, entries=entries, reserve=Decimal("50.00"))
    file.do(budgets.go_to, step="to_negotiation")
    return file


def running(*amounts: str, monthly: str = "85.00", by: Actor | None = None) -> Opened:
    """A file whose plan has started, with its first instalment due today."""
    file = negotiating(*amounts, by=by)
    file.do(budgets.keep_plan, monthly=Decimal(monthly), first_date=TODAY, priority_first=False)
    file.do(budgets.propose_plan, number=1)
    file.do(budgets.start_plan, number=1)
    return file


def post(keys: tuple[int, ...], by: Actor) -> None:
    """The letters to creditors of these keys, posted; those of a batch are written first."""
    rows = CreditorLetter.objects.filter(pk__in=keys)
    for batch in {UUID(row.batch_ref) for row in rows if row.batch_ref}:
        letters.run_batch(batch=batch, by=by, clock=lambda: NOW)
    for paper in queries.papers_of(rows).values():
        letters.mark_sent(letter=paper.reference, how=Delivery.POST, by=by, at=NOW)


def later(days: int) -> datetime:
    """A moment so many days after the opening."""
    return NOW + timedelta(days=days)


def addresses() -> dict[str, dict[str, object]]:
    """The parameters of each address of the desk of mediation, on a real file."""
    file = running()
    debt = file.row.debts.first()
    made = file.do(budgets.write_creditors, kind=LetterKind.STATEMENT, debts=[debt.pk])
    reference = {"reference": file.reference}
    plan, one = {**reference, "number": 1}, {**reference, "letter": made.letters[0]}
    return {
        "debts_creditor": {"pk": debt.creditor_id}, "debts_file": reference,
        "debts_act": {**reference, "act": "close"}, "debts_inventory": reference,
        "debts_debt": {**reference, "debt": debt.pk}, "debts_budget": reference,
        "debts_simulate": reference, "debts_plan": plan, "debts_plan_act": {**plan, "act": "paid"},
        "debts_plan_pdf": plan, "debts_letters": reference,
        "debts_letter_act": {**one, "act": "answer"}, "debts_account": reference,
        "debts_account_act": {**reference, "act": "open"},
    }  # fmt: skip
