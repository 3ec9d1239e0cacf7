"""How long agreements are kept, and how they end."""

from datetime import datetime, timedelta

from django.db import transaction

from beffroi.acts.agreements.models import Agreement
from beffroi.acts.agreements.services.base import trace
from beffroi.audit.retention import Rule, declare
from beffroi.core.actors import system_actor

#: Days kept after the end: the State inspects the subsidies of a project for ten years.
KEEP_DAYS = 3653


def end_due(at: datetime) -> int:
    """This function will empty the agreements over for ten years; number, kind and dates stay."""
    limit = (at - timedelta(days=KEEP_DAYS)).date()
    due = Agreement.objects.filter(ended_date__lte=limit, anonymised_at__isnull=True)
    return sum(_end(row, at) for row in due)


@transaction.atomic
def _end(row: Agreement, at: datetime) -> bool:
    trace_row = Agreement.objects.filter(pk=row.pk, anonymised_at__isnull=True)
    if not trace_row.update(anonymised_at=at, person=None, title="", subject_ref="", end_reason=""):
        return False
    for name in ("clauses", "parties", "texts", "evaluations"):
        getattr(row, name).all().delete()
    row.moves.update(why="", by_label="")
    for name in ("piis", "transit", "work"):
        if hasattr(row, name):
            getattr(row, name).delete()
    row.refresh_from_db()
    trace(row, "agreement.anonymise", by=system_actor("retention"), at=at)
    return True


def _with_agreement(model: str, *personal: str) -> Rule:
    return Rule(
        f"agreements.{model}", personal=personal, keep="avec la convention",
        with_parent="agreements.Agreement",
    )  # fmt: skip


declare(
    Rule(
        "agreements.Agreement",
        personal=("person", "title", "subject_ref", "end_reason"),
        keep="10 ans après la fin",
        end=end_due,
    ),
    _with_agreement("AgreementMove", "by_ref", "by_label", "why"),
    _with_agreement("Party", "name", "quality"),
    _with_agreement("Clause", "text"),
    _with_agreement("SignedText", "content", "frozen_by"),
    _with_agreement("Evaluation", "person_words", "worker_words", "clauses", "present"),
    _with_agreement("Piis", "needs", "monthly_amount"),
    _with_agreement("WorkContract", "job", "tutor"),
    _with_agreement("MonthOfWork", "note"),
    _with_agreement("TransitTerms", "dwelling", "income"),
    _with_agreement("Seat", "agreement"),
    Rule("agreements.Partner", personal=("contact", "phone", "email"), keep="tant que le partenaire est actif", with_parent="agreements.Agreement"),
    Rule("agreements.Place"),
)  # fmt: skip
