"""Letters to creditors: had written by the letters of the house, answered, recalled."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from beffroi.acts.budgets.computing import answer_due
from beffroi.acts.budgets.enums import DebtState, LetterKind, LetterState, PlanState
from beffroi.acts.budgets.letter_facts import Asked, draft_of_letter
from beffroi.acts.budgets.models import CreditorLetter, Debt, MediationFile, Plan
from beffroi.acts.budgets.queries import debts_of, has_left, papers_of
from beffroi.acts.budgets.services.base import day_of, open_file_of, trace
from beffroi.acts.budgets.services.plans import plan_of
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, NotAllowed, Refusal, WrongState
from beffroi.documents.letters import services as letters
from beffroi.documents.letters.enums import Delivery
from beffroi.documents.letters.values import Draft

#: Letters that want no answer.
_NO_ANSWER = (LetterKind.CLOSING,)


@dataclass(frozen=True)
class Written:
    """What was asked for: the keys of the letters, and the batch that writes them when several."""

    letters: tuple[int, ...]
    batch: UUID | None = None


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
    how: Delivery = Delivery.POST,
) -> Written:
    """This function will have one letter written to each creditor of these debts.

    A debt that somebody collects is written about to the collector. One letter is written at once;
    several make a batch, which is written and taken up again from its page. All or none.
    Raises: NotAllowed; FileClosed; WrongState before the convention; InvalidInput when no debt is
    chosen, a plan is wanted, or a letter lacks something: then it names the letter and what lacks.
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
    asked = Asked(kind, words, _plan_for(file, kind, plan), how=how)
    by_creditor: dict[int, list[Debt]] = {}
    for debt in chosen:
        by_creditor.setdefault(debt.collector_id or debt.creditor_id, []).append(debt)
    made = _have_written(file, [(rows, asked) for rows in by_creditor.values()], by, at)
    count = len(made.letters)
    trace(file, "mediation.write_creditors", by=by, at=at, detail={"kind": kind, "count": count})
    return made


def _plan_for(file: MediationFile, kind: LetterKind, number: int | None) -> Plan | None:
    if kind != LetterKind.PROPOSAL:
        return None
    if number is None:
        raise InvalidInput(_("Choisissez le plan."), {"plan": _("Quel plan proposez-vous ?")})
    plan = plan_of(file, number)
    if plan.state not in (PlanState.PROPOSED, PlanState.RUNNING):
        raise WrongState(_("Ce plan n’est pas encore proposé."), "", _("Proposez-le d’abord."))
    return plan


def _have_written(
    file: MediationFile, wanted: Sequence[tuple[Sequence[Debt], Asked]], by: Actor, at: datetime
) -> Written:
    """Keeps what is asked of each creditor, tries each letter, then has them written."""
    rows = [_keep(file, debts, asked, at) for debts, asked in wanted]
    drafts = [
        draft_of_letter(row, file, debts, asked)
        for row, (debts, asked) in zip(rows, wanted, strict=True)
    ]
    _must_hold(drafts, by, at)
    keys, mediator = tuple(row.pk for row in rows), by.as_of_team(file.team)
    if len(drafts) == 1:
        one = drafts[0]
        letters.write_letter(
            kind=one.kind, lang=one.lang, facts=one.facts, owner_kind=one.owner_kind,
            owner_ref=one.owner_ref, subject_ref=one.subject_ref, recipient=one.recipient,
            by=mediator, at=at,
        )  # fmt: skip
        return Written(keys)
    title = _("Créanciers de %(reference)s : %(kind)s") % {
        "reference": file.reference, "kind": str(rows[0].get_kind_display()).lower(),
    }  # fmt: skip
    batch = letters.open_batch(title=title, drafts=drafts, by=mediator, at=at)
    CreditorLetter.objects.filter(pk__in=keys).update(batch_ref=str(batch))
    return Written(keys, batch)


def _keep(file: MediationFile, debts: Sequence[Debt], asked: Asked, at: datetime) -> CreditorLetter:
    today, first = day_of(at), debts[0]
    letter = CreditorLetter.objects.create(
        file=file, creditor=first.collector or first.creditor, kind=asked.kind,
        recalls=asked.recalls, sent_date=today,
        answer_due_date=None if asked.kind in _NO_ANSWER else answer_due(today),
    )  # fmt: skip
    letter.debts.set(debts)
    return letter


def _must_hold(drafts: Sequence[Draft], by: Actor, at: datetime) -> None:
    """Tries each letter before any is kept: what one lacks is said with the creditor’s name."""
    lacks = []
    for draft in drafts:
        try:
            letters.preview_letter(
                kind=draft.kind, lang=draft.lang, facts=draft.facts, recipient=draft.recipient,
                by=by, at=at,
            )  # fmt: skip
        except Refusal as refused:
            lacks.append(f"{draft.recipient.name} : {_lack_in_words(refused)}")
    if lacks:
        raise InvalidInput(
            _("Aucune lettre n’est écrite : il y manque quelque chose."),
            {"debts": " ".join(lacks)},
        )


def _lack_in_words(refused: Refusal) -> str:
    if isinstance(refused, letters.MissingMentions):
        return ", ".join(refused.lines) + "."
    fields = refused.fields.values() if isinstance(refused, InvalidInput) else ()
    return " ".join(fields) or str(refused)


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

    Raises: NotAllowed; FileClosed; WrongState before his time is over, once he answered, or when
    the first letter never left.
    """
    file = open_file_of(reference, by)
    row = _letter(file, letter)
    if row.answer_due_date is None or row.answer_due_date >= day_of(at):
        raise WrongState(_("Ce créancier a encore le temps de répondre."))
    if not has_left(papers_of([row]).get(row.pk)):
        raise WrongState(
            _("La première lettre n’est pas encore partie."), "", _("Notez d’abord son envoi.")
        )
    sent = CreditorLetter.objects.filter(pk=row.pk, state=LetterState.SENT)
    if not sent.update(state=LetterState.RECALLED):
        raise WrongState(_("Cette lettre a sa réponse, ou son rappel."))
    debts = list(row.debts.select_related("creditor", "collector"))
    made = _have_written(file, [(debts, Asked(LetterKind.RECALL, recalls=row))], by, at)
    trace(file, "mediation.recall_letter", by=by, at=at)
    return made.letters[0]


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


def _letter(file: MediationFile, letter: int) -> CreditorLetter:
    row = file.letters.select_related("creditor").filter(pk=letter).first()
    if row is None:
        raise NotAllowed(_("Cette lettre n’est pas dans ce dossier."))
    return row
