"""Public questions: rewritten, read again by somebody else, published, withdrawn."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from beffroi.audit.enums import ActKind
from beffroi.audit.services import record
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState
from beffroi.directory import editor_queries as directory
from beffroi.directory import services as directory_services
from beffroi.guidance.enums import QuestionState
from beffroi.guidance.models import PublicQuestion
from beffroi.guidance.permissions import can_publish_question, can_write_questions
from beffroi.guidance.redaction import Finding, findings


@dataclass(frozen=True)
class QuestionWords:
    """What an editor writes: nothing of who asked."""

    question: str
    answer: str
    lang: str = "fr"
    services: Sequence[str] = ()
    answer_due_date: date | None = None


def _require(by: Actor) -> None:
    if not can_write_questions(by):
        raise NotAllowed("Seule la rédaction écrit les questions publiques.")


def _trace(
    verb: str, question: PublicQuestion, *, by: Actor, at: datetime, reason: str = "",
    detail: dict[str, object] | None = None,
) -> None:  # fmt: skip
    record(
        by=by, kind=ActKind.WRITE, verb=verb, object_kind="public_question",
        object_ref=str(question.pk), at=at, reason=reason, detail=detail,
    )  # fmt: skip


def words_mark(question: PublicQuestion) -> str:
    """This function will give a mark of the words, which changes when they or their writer do."""
    said = [question.question, question.answer, question.lang, question.written_by_ref]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:32]


def traces_in(question: PublicQuestion) -> dict[str, list[Finding]]:
    """This function will give what could identify somebody, in the question and in the answer.

    The numbers and addresses that services publish may stand in the answer.
    """
    phones, emails = directory.public_contacts()
    return {
        "question": findings(question.question),
        "answer": findings(question.answer, phones, emails),
    }


@transaction.atomic
def write_question(
    *, words: QuestionWords, asked_on_month: date, by: Actor, at: datetime
) -> PublicQuestion:
    """This function will keep a draft of a public question, known by its month alone.

    Raises: NotAllowed; InvalidInput without a question.
    """
    _require(by)
    row = PublicQuestion(
        asked_on_month=asked_on_month.replace(day=1), written_by=by.label, written_by_ref=by.ref,
        written_at=at,
    )  # fmt: skip
    _fill(row, words)
    _trace("write_question", row, by=by, at=at)
    return row


def _fill(row: PublicQuestion, words: QuestionWords) -> list[str]:
    question, answer = words.question.strip(), words.answer.strip()
    if not question:
        raise InvalidInput("Écrivez la question.", {"question": "La question manque."})
    values = {
        "question": question, "answer": answer, "lang": words.lang,
        "answer_due_date": words.answer_due_date,
    }  # fmt: skip
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    row.services.set(directory.services_by_key(words.services))
    return changed


@transaction.atomic
def edit_question(
    *, question: PublicQuestion, words: QuestionWords, by: Actor, at: datetime
) -> None:
    """This function will rewrite a question: it is a draft again, to be read by somebody else.

    The journal keeps which parts changed, never the words taken out.
    Raises: NotAllowed; InvalidInput without a question.
    """
    _require(by)
    was = question.state
    question.state, question.published_by, question.published_at = QuestionState.DRAFT, "", None
    question.written_by, question.written_by_ref, question.written_at = by.label, by.ref, at
    changed = _fill(question, words)
    _trace("edit_question", question, by=by, at=at, detail={"changed": changed})
    if was == QuestionState.PUBLISHED:
        directory_services.bump_revision()


@transaction.atomic
def publish_question(
    *, question: PublicQuestion, warnings_read: bool, by: Actor, at: datetime
) -> None:
    """This function will publish a question that somebody else wrote.

    `question` holds the words that were read: when they changed since, nothing is published.
    Raises: NotAllowed; InvalidInput without an answer, when a number or an address would
    identify somebody, or when warnings were not read; WrongState for its own writer, when it
    is no draft, or when its words changed.
    """
    _require(by)
    kept = PublicQuestion.objects.select_for_update(no_key=True).filter(pk=question.pk).first()
    if kept is not None and words_mark(kept) != words_mark(question):
        raise WrongState(
            "Ce texte a été récrit depuis que vous l’avez lu.",
            todo="Rechargez la page et relisez-le.",
        )
    if not can_publish_question(by, question):
        raise WrongState(
            "Vous avez écrit ce texte.",
            todo="Une autre personne de la rédaction le relit et le publie.",
        )
    if not question.answer.strip():
        raise InvalidInput("La réponse manque.", {"answer": "Écrivez la réponse d’abord."})
    traces = traces_in(question)
    forbidden = {
        part: found
        for part, rows in traces.items()
        if (found := [f for f in rows if f.is_forbidden])
    }
    if forbidden:
        raise InvalidInput(
            "Ce texte désigne quelqu’un : il ne peut pas être publié.",
            {
                part: f"Ôtez {found[0].trace.label} : « {found[0].words} »."
                for part, found in forbidden.items()
            },
        )
    if any(traces.values()) and not warnings_read:
        raise InvalidInput(
            "Relisez ce que le garde-fou a trouvé.",
            {"warnings_read": "Dites que vous l’avez relu, ou récrivez le texte."},
        )
    rows = PublicQuestion.objects.filter(pk=question.pk, state=QuestionState.DRAFT)
    if not rows.update(state=QuestionState.PUBLISHED, published_by=by.label, published_at=at):
        raise WrongState("Cette question n’est plus un brouillon.", todo="Rechargez la page.")
    kinds = sorted({found.trace.value for rows in traces.values() for found in rows})
    _trace("publish_question", question, by=by, at=at, detail={"warnings": kinds})
    directory_services.bump_revision()


@transaction.atomic
def withdraw_question(*, question: PublicQuestion, reason: str, by: Actor, at: datetime) -> None:
    """This function will take a published question off the public pages.

    Raises: NotAllowed; InvalidInput without a reason; WrongState when it is not published.
    """
    _require(by)
    reason = " ".join(reason.split())
    if not reason:
        raise InvalidInput("Dites pourquoi elle est retirée.", {"reason": "Le motif manque."})
    rows = PublicQuestion.objects.filter(pk=question.pk, state=QuestionState.PUBLISHED)
    if not rows.update(state=QuestionState.WITHDRAWN):
        raise WrongState("Cette question n’est pas publiée.")
    _trace("withdraw_question", question, by=by, at=at, reason=reason)
    directory_services.bump_revision()


@transaction.atomic
def erase_question(*, question: PublicQuestion, by: Actor, at: datetime) -> None:
    """This function will erase a draft or a withdrawn question for good, as a person may ask.

    Raises: NotAllowed; WrongState while it is published.
    """
    _require(by)
    rows = PublicQuestion.objects.filter(pk=question.pk).exclude(state=QuestionState.PUBLISHED)
    ref = question.pk
    if not rows.delete()[0]:
        raise WrongState("Cette question est publiée.", todo="Retirez-la d’abord.")
    question.pk = ref
    _trace("erase_question", question, by=by, at=at)
