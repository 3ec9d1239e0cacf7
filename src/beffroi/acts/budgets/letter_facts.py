"""What a letter to a creditor says: the facts it is written from, to whom, and how it leaves."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from beffroi.accounts import queries as accounts
from beffroi.acts.budgets.enums import LETTERS_OF, LetterKind, PersonRole
from beffroi.acts.budgets.models import Creditor, CreditorLetter, Debt, MediationFile, Plan
from beffroi.documents.letters.enums import Delivery
from beffroi.documents.letters.values import Draft, Recipient
from beffroi.documents.letters.wording import day, money

#: Which kind of letter the house writes for each of ours.
KINDS: dict[str, str] = {
    LetterKind.STATEMENT: "creditor_statement",
    LetterKind.PROPOSAL: "creditor",
    LetterKind.CONTEST: "creditor_contest",
    LetterKind.RECALL: "creditor_recall",
    LetterKind.CLOSING: "creditor_closing",
}
ZERO = Decimal("0.00")


@dataclass(frozen=True)
class Asked:
    """What the mediator wants said: the kind, her words, the plan she proposes, how it leaves."""

    kind: LetterKind
    words: str = ""
    plan: Plan | None = None
    recalls: CreditorLetter | None = None
    how: Delivery = Delivery.POST


def draft_of_letter(
    letter: CreditorLetter, file: MediationFile, debts: Sequence[Debt], asked: Asked
) -> Draft:
    """This function will give a letter to a creditor as the letters of the house write it."""
    creditor = letter.creditor
    return Draft(
        kind=KINDS[asked.kind], lang=creditor.lang, owner_kind=LETTERS_OF,
        owner_ref=letter.owner_ref, subject_ref=file.reference,
        recipient=recipient_of(creditor, asked.how), order=creditor.name.casefold(),
        facts={**_house_facts(file), "creditor": _claim(letter, file, debts, asked)},
    )  # fmt: skip


def recipient_of(creditor: Creditor, how: Delivery) -> Recipient:
    """This function will give to whom the letter goes; by e-mail where that is all we know."""
    lines = tuple(line.strip() for line in creditor.address.splitlines() if line.strip())
    if creditor.email and (how == Delivery.MAIL or (how == Delivery.POST and not lines)):
        lines, how = (creditor.email,), Delivery.MAIL
    return Recipient(name=creditor.name, lines=lines, delivery=how, lang=creditor.lang)


def _house_facts(file: MediationFile) -> dict[str, dict[str, Any]]:
    commune, team = settings.BEFFROI_COMMUNE, accounts.team_by_key(file.team)
    phone = (team.phone if team else "") or commune["cpas_phone"]
    holder = file.members.select_related("person").get(role=PersonRole.HOLDER).person
    return {
        "file": {"reference": file.reference},
        "service": {
            "name": team.name if team else _("Service de médiation de dettes"),
            "address": commune["cpas_address"], "phone": phone,
        },
        "worker": {"name": str(file.worker), "phone": phone},
        "person": {"name": str(holder), "birth_date": holder.birth_date},
    }  # fmt: skip


def _claim(
    letter: CreditorLetter, file: MediationFile, debts: Sequence[Debt], asked: Asked
) -> dict[str, Any]:
    said = _paragraphs(asked.words)
    is_contest = asked.kind == LetterKind.CONTEST
    return {
        "reference": ", ".join(dict.fromkeys(d.creditor_ref for d in debts if d.creditor_ref)),
        "claim": sum((debt.owed for debt in debts), ZERO),
        "debts": [
            {"label": _named(debt), "amount": debt.owed, "note": _beside(debt)} for debt in debts
        ],
        "mandate_date": file.convention_date, "answer_date": letter.answer_due_date,
        "ground": [*said, *(d.dispute for d in debts if d.dispute)] if is_contest else [],
        "words": [] if is_contest else said,
        "recalled_date": asked.recalls.sent_date if asked.recalls else None,
        **(_proposal(asked.plan, debts) if asked.plan else {}),
    }  # fmt: skip


def _paragraphs(text: str) -> list[str]:
    return [part.strip() for part in text.splitlines() if part.strip()]


def _named(debt: Debt) -> str:
    kind = str(debt.get_kind_display())
    return f"{debt.creditor_ref}, {kind[:1].lower()}{kind[1:]}" if debt.creditor_ref else kind


def _beside(debt: Debt) -> str:
    return _("pour %(who)s") % {"who": debt.creditor} if debt.collector_id else ""


def _proposal(plan: Plan, debts: Iterable[Debt]) -> dict[str, Any]:
    """The share of each debt in a plan; a debt that the plan leaves out has none."""
    lines = plan.lines.filter(debt__in=[debt.pk for debt in debts]).select_related("debt")
    rows, days = [], []
    for line in lines.prefetch_related("shares__instalment"):
        parts = sorted(line.shares.all(), key=lambda share: share.instalment.number)
        if not parts:
            continue
        days += [parts[0].instalment.due_date, parts[-1].instalment.due_date]
        last = {"count": len(parts), "last": money(parts[-1].amount, "fr")}
        rows.append({
            "label": _named(line.debt), "amount": parts[0].amount,
            "note": _("%(count)d mois, le dernier de %(last)s") % last,
        })  # fmt: skip
    return {"proposal": _when(plan, days), "plan": rows} if rows else {}


def _when(plan: Plan, days: list[date]) -> str:
    words = {"count": plan.months, "first": day(min(days), "fr"), "last": day(max(days), "fr")}
    return _("un plan de %(count)d mois ; vos paiements vont du %(first)s au %(last)s") % words
