"""How long mediation files are kept, and how they end."""

from datetime import datetime, timedelta

from django.db import transaction

from beffroi.acts.budgets.enums import FileState
from beffroi.acts.budgets.models import MediationFile
from beffroi.acts.budgets.services.base import trace
from beffroi.audit.retention import Rule, declare
from beffroi.core.actors import system_actor

#: Days kept after closing: a creditor may still claim for ten years what a plan did not pay.
KEEP_DAYS = 3653
_CONTENTS = (
    "documents", "notices", "budgets", "plans", "letters", "debts", "members",
)  # fmt: skip


def end_due(at: datetime) -> int:
    """This function will empty the files closed for ten years; the number and dates stay."""
    limit = at - timedelta(days=KEEP_DAYS)
    due = MediationFile.objects.filter(
        state=FileState.CLOSED, closed_at__lte=limit, anonymised_at__isnull=True
    )
    return sum(_end(file, at) for file in due)


@transaction.atomic
def _end(file: MediationFile, at: datetime) -> bool:
    closed = MediationFile.objects.filter(pk=file.pk, anonymised_at__isnull=True)
    if not closed.filter(state=FileState.CLOSED).update(anonymised_at=at, story="", subject_ref=""):
        return False
    account = getattr(file, "client_account", None)
    if account is not None:
        account.movements.filter(reverses__isnull=False).delete()
        account.movements.all().delete()
        account.delete()
    for name in _CONTENTS:
        getattr(file, name).all().delete()
    file.moves.update(why="", by_label="")
    trace(file, "mediation.anonymise", by=system_actor("retention"), at=at)
    return True


def _with_file(model: str, *personal: str) -> Rule:
    return Rule(
        f"budgets.{model}", personal=personal, keep="avec le dossier de médiation",
        with_parent="budgets.MediationFile",
    )  # fmt: skip


declare(
    Rule(
        "budgets.MediationFile",
        personal=("story", "subject_ref", "persons"),
        keep="10 ans après la clôture",
        end=end_due,
    ),
    _with_file("MediationPerson", "person"),
    _with_file("MediationMove", "by_ref", "by_label", "why"),
    _with_file("CentralNotice", "number"),
    _with_file("DocumentWanted", "what", "asked_by"),
    Rule("budgets.Creditor"),
    _with_file("Debt", "creditor_ref", "communication", "dispute"),
    _with_file("CreditorLetter", "answer"),
    _with_file("Budget", "note", "steps"),
    _with_file("BudgetLine", "label", "amount"),
    _with_file("Plan", "steps", "end_reason"),
    _with_file("PlanLine", "note"),
    _with_file("Instalment", "note"),
    _with_file("Share"),
    _with_file("ClientAccount", "iban"),
    _with_file("ClientMovement", "label", "entered_by"),
)
