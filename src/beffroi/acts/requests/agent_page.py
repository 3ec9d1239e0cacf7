"""What an agent reads of a request: who asks, in which words, what was done, what the law wants."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from django.conf import settings
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from beffroi.acts.requests import queries
from beffroi.acts.requests.enums import HandoverState, RequestState, Side, SlotState
from beffroi.acts.requests.models import (
    Clock,
    Handover,
    OfferedTime,
    Request,
    RequestAttachment,
)
from beffroi.acts.requests.own_page import Answer, answers_of, scan_words
from beffroi.acts.requests.words import rule_in_words
from beffroi.directory import briefs
from beffroi.documents.enums import ScanState
from beffroi.rules import procedure


@dataclass(frozen=True)
class Step:
    """Something that happened to the request, or that the law wants of it by a day."""

    at: datetime
    kind: str
    title: str
    text: str = ""
    who: str = ""
    tag: str = ""
    tone: str = ""
    state: str = "done"
    attachment: str = ""


@dataclass(frozen=True)
class LegalStep:
    """A time limit of the law: what, by when, its rule and article, and how it stands."""

    what: str
    label: str
    due_date: date
    rule: str
    article: str
    is_verified: bool
    state: str
    tone: str


@dataclass(frozen=True)
class AgentPage:
    """Everything the page of a request shows to the agent who may open it."""

    request: Request
    answers: list[Answer]
    steps: list[Step]
    limits: list[LegalStep]
    next_limit: LegalStep | None
    pending: Handover | None
    files: list[RequestAttachment]
    elsewhere: str
    transfer_pending: bool
    chosen: OfferedTime | None


def agent_page(pk: int, at: datetime) -> AgentPage:
    """This function will gather the page of a request in a fixed number of queries."""
    request = queries.full_request(pk)
    today = timezone.localdate(at)
    clocks = list(request.clocks.all())
    limits = [_limit(clock, today) for clock in clocks]
    running = [limit for limit in limits if limit.state in ("todo", "late")]
    wanted = [limit for limit in running if limit.what != "late_interest"]
    slots = request.offered_times.all()
    return AgentPage(
        request=request,
        answers=answers_of(request),
        steps=_steps(request, limits, at),
        limits=limits,
        next_limit=wanted[0] if wanted else None,
        pending=next(
            (h for h in request.handovers.all() if h.state == HandoverState.PROPOSED), None
        ),
        files=list(request.attachments.all()),
        elsewhere=_elsewhere(request),
        transfer_pending=any(limit.what == "transfer" for limit in running),
        chosen=next((slot for slot in slots if slot.state == SlotState.CHOSEN), None),
    )


def _elsewhere(request: Request) -> str:
    """The commune whose CPAS is competent when it is not ours."""
    if not request.is_aid or request.competent_nis in ("", settings.BEFFROI_COMMUNE["nis"]):
        return ""
    return briefs.commune_name(request.competent_nis, "fr")


def _limit(clock: Clock, today: date) -> LegalStep:
    if clock.met_at is not None:
        state, tone = "done", "green"
    elif clock.cancelled_at is not None:
        state, tone = "off", ""
    else:
        due = queries.due_of(clock.due_date, today)
        late = due.days_left is not None and due.days_left < 0
        state, tone = ("late" if late else "todo"), due.tone
    return LegalStep(
        what=clock.what,
        label=procedure.label_of(clock.what),
        due_date=clock.due_date,
        rule=rule_in_words(clock.rule),
        article=clock.reference,
        is_verified=clock.is_verified,
        state=state,
        tone=tone,
    )


def _steps(request: Request, limits: list[LegalStep], at: datetime) -> list[Step]:
    """Everything that happened, the newest first, below what the law still wants."""
    happened = [
        *_moves(request), *_messages(request), *_documents(request), *_files(request),
        *_times(request), *_handovers(request),
    ]  # fmt: skip
    ahead = [
        Step(
            _noon(limit.due_date), "limit", limit.label, f"{limit.rule} · {limit.article}",
            tag="" if limit.is_verified else _("non vérifié"), tone="amber",
            state="late" if limit.state == "late" else "todo",
        )
        for limit in limits
        if limit.state in ("todo", "late") and limit.what != "late_interest"
    ]  # fmt: skip
    ahead.sort(key=lambda step: step.at, reverse=True)
    return [*ahead, *reversed(sorted(happened, key=lambda step: step.at))]


def _noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))


def _moves(request: Request) -> Iterator[Step]:
    titles = {
        "open": _("Demande reçue et inscrite au registre"),
        "take": _("Prise en charge"),
        "reassign": _("Confiée à un autre agent"),
        "reassign_waiting": _("Confiée à un autre agent"),
        "person_replies": _("La personne a répondu : la demande avance"),
        "close": _("Clôturée"),
        "transfer": _("Transmise au CPAS compétent"),
        "withdraw": _("Retirée par la personne"),
        "reopen": _("Rouverte"),
    }
    for move in request.moves.all():
        if move.move not in titles:
            continue
        text = move.why
        if move.move == "close":
            outcome = request.get_outcome_display() if request.outcome else ""
            text = " · ".join(part for part in (outcome, move.why) if part)
        if move.move == "open":
            text = str(request.get_channel_display())
        who = move.by_label or move.by_post
        yield Step(move.at, "move", titles[move.move], text, who)


def _messages(request: Request) -> Iterator[Step]:
    for message in request.messages.all():
        if message.is_internal:
            yield Step(
                message.at, "note", _("Note de l’équipe"), message.text, message.by_label,
                tag=_("interne"), tone="amber",
            )  # fmt: skip
        elif message.side == Side.PERSON:
            yield Step(message.at, "person", _("La personne a écrit"), message.text)
        else:
            title = _("Réponse à la personne")
            yield Step(message.at, "answer", title, message.text, message.by_label)


def _documents(request: Request) -> Iterator[Step]:
    for asked in request.documents_asked.all():
        waits = asked.received_at is None and request.state != RequestState.CLOSED
        tag, tone = (_("reçu"), "green") if asked.received_at else ("", "")
        if waits:
            tag, tone = _("attendu"), "amber"
        title = _("Document demandé")
        yield Step(asked.asked_at, "document", title, asked.what, asked.asked_by, tag, tone)


def _files(request: Request) -> Iterator[Step]:
    for joined in request.attachments.all():
        tag, tone = scan_words(joined.attachment.state)
        from_person = joined.side == Side.PERSON
        title = (
            _("Pièce envoyée par la personne") if from_person else _("Pièce jointe par l’équipe")
        )
        clean = joined.attachment.state == ScanState.CLEAN
        yield Step(
            joined.attachment.received_at, "file", title, joined.attachment.name, tag=tag,
            tone=tone, attachment=str(joined.attachment_id) if clean else "",
        )  # fmt: skip


def moment(value: datetime) -> str:
    """This function will write a moment in full, as the house does."""
    return str(formats.date_format(timezone.localtime(value), "DATETIME_FORMAT"))


def _times(request: Request) -> Iterator[Step]:
    slots = list(request.offered_times.all())
    for offered_at in sorted({slot.offered_at for slot in slots}):
        group = [slot for slot in slots if slot.offered_at == offered_at]
        text = "\n".join(
            f"{moment(s.starts_at)}, {s.minutes} min · {s.where} ({s.get_state_display().lower()})"
            for s in group
        )
        title = _("Moments proposés pour un rendez-vous")
        yield Step(offered_at, "times", title, text, group[0].offered_by)
    for slot in slots:
        if slot.chosen_at:
            text = f"{moment(slot.starts_at)} · {slot.where}"
            title = _("La personne a choisi un moment")
            yield Step(slot.chosen_at, "times", title, text, tag=_("rendez-vous"), tone="green")


def _handovers(request: Request) -> Iterator[Step]:
    for handover in request.handovers.all():
        names = {"from": handover.from_team.name, "to": handover.to_team.name}
        title = _("%(from)s propose la demande à %(to)s") % names
        yield Step(handover.proposed_at, "handover", title, handover.reason, handover.proposed_by)
        if handover.answered_at and handover.state == HandoverState.ACCEPTED:
            title = _("%(to)s a accepté") % names
            yield Step(handover.answered_at, "handover", title, "", handover.answered_by)
        elif handover.answered_at:
            title = _("%(to)s n’a pas repris la demande") % names
            yield Step(
                handover.answered_at, "handover", title, handover.answer_reason,
                handover.answered_by,
            )  # fmt: skip
