"""Letters to creditors: their facts frozen, whether they were answered, and reminders."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from beffroi.acts.budgets.computing import answer_due
from beffroi.acts.budgets.enums import DebtState, LetterKind, LetterState, PlanState
from beffroi.acts.budgets.models import Creditor, CreditorLetter, Debt, MediationFile, Plan
from beffroi.acts.budgets.queries import debts_of
from beffroi.acts.budgets.services.base import day_of, open_file_of, trace
from beffroi.acts.budgets.services.plans import plan_of
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState

#: Letters that want no answer.
_NO_ANSWER = (LetterKind.CLOSING,)


@transaction.atomic
def write_creditors(
    *,
    reference: str,
    kind: LetterKind,
    debts: Collection[int],
    by: Actor,
    at: datetime,
    words: str = "",
    plan: int | None = None,
) -> list[int]:
    """This function will write one letter to each creditor of these debts; their keys.

    A debt that somebody collects is written about to the collector.
    Raises: NotAllowed; FileClosed; InvalidInput when no debt is chosen or a plan is wanted.
    """
    file = open_file_of(reference, by)
    if file.convention_date is None:
        raise WrongState(
            _("La convention n’est pas signée."), "",
            _("Sans elle, la médiation n’écrit à aucun créancier."),
        )  # fmt: skip
    chosen = [debt for debt in debts_of(file) if debt.pk in set(debts)]
    if not chosen:
        raise InvalidInput(
            _("Aucune dette n’est choisie."), {"debts": _("Cochez-en au moins une.")}
        )
    if kind in (LetterKind.CONTEST, LetterKind.RECALL) and not words.strip():
        raise InvalidInput(_("Il manque vos mots."), {"words": _("Dites ce que vous demandez.")})
    shown = _plan_for(file, kind, plan)
    by_creditor: dict[int, list[Debt]] = {}
    for debt in chosen:
        by_creditor.setdefault(debt.collector_id or debt.creditor_id, []).append(debt)
    keys = [_write(file, kind, rows, words, shown, by, at).pk for rows in by_creditor.values()]
    trace(
        file, "mediation.write_creditors", by=by, at=at, detail={"kind": kind, "count": len(keys)}
    )
    return keys


def _plan_for(file: MediationFile, kind: LetterKind, number: int | None) -> Plan | None:
    if kind != LetterKind.PROPOSAL:
        return None
    if number is None:
        raise InvalidInput(_("Choisissez le plan."), {"plan": _("Quel plan proposez-vous ?")})
    plan = plan_of(file, number)
    if plan.state not in (PlanState.PROPOSED, PlanState.RUNNING):
        raise WrongState(_("Ce plan n’est pas encore proposé."), "", _("Proposez-le d’abord."))
    return plan


def _write(
    file: MediationFile, kind: LetterKind, debts: Sequence[Debt], words: str, plan: Plan | None,
    by: Actor, at: datetime, recalls: CreditorLetter | None = None,
) -> CreditorLetter:  # fmt: skip
    today = day_of(at)
    first = debts[0]
    creditor = first.collector or first.creditor
    due = None if kind in _NO_ANSWER else answer_due(today)
    letter = CreditorLetter.objects.create(
        file=file, creditor=creditor, kind=kind, recalls=recalls, sent_date=today,
        answer_due_date=due, facts=letter_facts(file, kind, creditor, debts, words, plan, by, today, due),
    )  # fmt: skip
    letter.debts.set(debts)
    return letter


def letter_facts(
    file: MediationFile, kind: LetterKind, creditor: Creditor, debts: Sequence[Debt], words: str,
    plan: Plan | None, by: Actor, today: date, due: date | None,
) -> dict[str, Any]:  # fmt: skip
    """This function will give what a letter says, as plain data kept with it for ever."""
    holder = file.members.select_related("person").get(role="holder").person
    shares = _shares(plan, debts)
    return {
        "reference": file.reference, "date": today.isoformat(), "person": str(holder),
        "birth_date": holder.birth_date.isoformat() if holder.birth_date else "",
        "convention_date": file.convention_date.isoformat() if file.convention_date else "",
        "recipient": [creditor.name, *creditor.address.splitlines()],
        "answer_by": due.isoformat() if due else "", "words": words.strip(), "kind": str(kind),
        "mediator": by.label,
        "debts": [
            {
                "for": str(debt.creditor) if debt.collector_id else "",
                "ref": debt.creditor_ref, "kind": str(debt.get_kind_display()),
                "owed": str(debt.owed), "dispute": debt.dispute, **shares.get(debt.pk, {}),
            }
            for debt in debts
        ],
        "plan": {
            "months": plan.months, "first_date": plan.first_date.isoformat(),
            "last_date": plan.last_date.isoformat(),
        } if plan else None,
    }  # fmt: skip


def _shares(plan: Plan | None, debts: Sequence[Debt]) -> dict[int, dict[str, str]]:
    if plan is None:
        return {}
    lines = plan.lines.filter(debt__in=[debt.pk for debt in debts])
    found = {}
    for line in lines.prefetch_related("shares__instalment"):
        parts = sorted(line.shares.all(), key=lambda share: share.instalment.number)
        found[line.debt_id] = {
            "monthly": str(parts[0].amount), "last": str(parts[-1].amount),
            "count": str(len(parts)), "from": parts[0].instalment.due_date.isoformat(),
            "until": parts[-1].instalment.due_date.isoformat(),
        }  # fmt: skip
    return found


@transaction.atomic
def note_letter_answer(
    *, reference: str, letter: int, answered_date: date, answer: str, by: Actor, at: datetime
) -> None:
    """This function will note what a creditor answered.

    Raises: NotAllowed; FileClosed; InvalidInput; WrongState when it is already answered.
    """
    file = open_file_of(reference, by)
    row = _letter(file, letter)
    if not row.sent_date <= answered_date <= day_of(at):
        raise InvalidInput(
            _("Cette date n’est pas possible."),
            {"answered_date": _("Ni avant la lettre, ni demain.")},
        )
    waiting = CreditorLetter.objects.filter(pk=row.pk).exclude(state=LetterState.ANSWERED)
    if not waiting.update(
        state=LetterState.ANSWERED, answered_date=answered_date, answer=answer.strip()[:500]
    ):
        raise WrongState(_("La réponse à cette lettre est déjà notée."))
    trace(file, "mediation.note_letter_answer", by=by, at=at)


@transaction.atomic
def recall_letter(*, reference: str, letter: int, by: Actor, at: datetime) -> int:
    """This function will write again to a creditor who let his time pass; the new letter's key.

    Raises: NotAllowed; FileClosed; WrongState before his time is over or once he answered.
    """
    file = open_file_of(reference, by)
    row = _letter(file, letter)
    if row.answer_due_date is None or row.answer_due_date >= day_of(at):
        raise WrongState(_("Ce créancier a encore le temps de répondre."))
    sent = CreditorLetter.objects.filter(pk=row.pk, state=LetterState.SENT)
    if not sent.update(state=LetterState.RECALLED):
        raise WrongState(_("Cette lettre a sa réponse, ou son rappel."))
    words = _("Notre lettre du %(date)s est restée sans réponse.") % {
        "date": row.sent_date.strftime("%d/%m/%Y")
    }
    debts = list(row.debts.select_related("creditor", "collector"))
    made = _write(file, LetterKind.RECALL, debts, words, None, by, at, recalls=row)
    trace(file, "mediation.recall_letter", by=by, at=at)
    return made.pk


@transaction.atomic
def note_statement(
    *, reference: str, debt: int, principal: Any, interest: Any, costs: Any, stated_date: date,
    version: int, by: Actor, at: datetime,
) -> None:  # fmt: skip
    """This function will note the amounts a creditor states, which replace those announced.

    Raises: NotAllowed; FileClosed; InvalidInput; ChangedMeanwhile.
    """
    from beffroi.acts.budgets.services.debts import change_debt, debt_of, draft_of

    file = open_file_of(reference, by)
    row = debt_of(file, debt)
    if row.state == DebtState.STRUCK:
        raise WrongState(_("Cette dette est retirée."))
    changes = {
        "principal": principal, "interest": interest, "costs": costs, "stated_date": stated_date,
    }  # fmt: skip
    change_debt(
        reference=reference, debt=debt, version=version, draft=draft_of(row, changes), by=by, at=at
    )


@transaction.atomic
def read_letter(*, reference: str, letter: int, by: Actor, at: datetime) -> CreditorLetter:
    """This function will give a letter of a file and journal that it was read. Raises: NotAllowed."""
    from beffroi.acts.budgets.services.files import read_file

    file = read_file(reference=reference, by=by, at=at)
    return _letter(file, letter)


def _letter(file: MediationFile, letter: int) -> CreditorLetter:
    row = file.letters.select_related("creditor").filter(pk=letter).first()
    if row is None:
        raise NotAllowed(_("Cette lettre n’est pas dans ce dossier."))
    return row
