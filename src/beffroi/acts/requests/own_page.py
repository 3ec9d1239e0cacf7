"""What the person reads of her own request: what happened, who has it, who looked, what to do."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from beffroi.acts.requests import forms, queries, receipt, words
from beffroi.acts.requests.enums import HandoverState, RequestState, Side, SlotState
from beffroi.acts.requests.models import (
    DocumentAsked,
    OfferedTime,
    Request,
    RequestAttachment,
    RequestForm,
    RequestMove,
)
from beffroi.acts.requests.receipt import Elsewhere, Reach
from beffroi.acts.requests.words import Limit
from beffroi.audit import queries as audit
from beffroi.audit.queries import Look
from beffroi.directory import briefs
from beffroi.directory.briefs import ServiceBrief
from beffroi.documents.enums import ScanState
from beffroi.rules import procedure


@dataclass(frozen=True)
class Event:
    """Something that happened, in plain words; `who` is a service and a role, never a name."""

    at: datetime
    title: str
    text: str = ""
    who: str = ""
    tag: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Answer:
    """A question of the form with what was answered, in words."""

    key: str
    label: str
    text: str


@dataclass(frozen=True)
class OwnPage:
    """Everything the follow-up page shows."""

    request: Request
    service: ServiceBrief
    state: str
    state_tone: str
    now: str
    reach: Reach
    elsewhere: Elsewhere | None
    limits: list[Limit]
    answers: list[Answer]
    events: list[Event]
    documents_wanted: list[DocumentAsked]
    files: list[RequestAttachment]
    times: list[OfferedTime]
    chosen: OfferedTime | None
    looks: list[Look]
    is_open: bool


def answers_of(request: Request) -> list[Answer]:
    """This function will give the questions that were answered, in the active language."""
    lang = get_language() or "fr"
    extra = (
        RequestForm.objects.filter(service_id=request.service_id, kind=request.kind)
        .values_list("extra_fields", flat=True)
        .first()
    )
    fields = forms.fields_of(request.kind, extra or [])
    return [
        Answer(spec.key, spec.label(lang), forms.shown_answer(spec, given, lang))
        for spec in fields
        if (given := request.answers.get(spec.key))
    ]


def own_page(pk: int, at: datetime) -> OwnPage:
    """This function will gather the person's page in a fixed number of queries."""
    request = queries.full_request(pk)
    lang = get_language() or "fr"
    service = briefs.asked_service_brief(request.service.key, lang)
    slots = list(request.offered_times.all())
    chosen = next((s for s in slots if s.state == SlotState.CHOSEN), None)
    is_open = request.state != RequestState.CLOSED
    today = timezone.localdate(at)
    times = [s for s in slots if s.state == SlotState.OFFERED and s.starts_at > at]
    wanted = [d for d in request.documents_asked.all() if d.received_at is None]
    return OwnPage(
        request=request,
        service=service,
        state=_state_words(request),
        state_tone=_TONES[RequestState(request.state)],
        now=_now_words(request, bool(times), bool(wanted), chosen, at),
        reach=receipt.reach_of(request, service, lang),
        elsewhere=receipt.elsewhere_of(request, lang),
        limits=_limits(request, today),
        answers=answers_of(request),
        events=events_of(request),
        documents_wanted=wanted if is_open else [],
        files=list(request.attachments.all()),
        times=times if is_open else [],
        chosen=chosen,
        looks=[
            replace(look, post=words.post_in_words(look.post))
            for look in audit.looks_at(request.reference)
        ],
        is_open=is_open,
    )


def _limits(request: Request, today: date) -> list[Limit]:
    hidden = {"register", "receipt"}
    clocks = words.limits_of(list(request.clocks.all()), today)
    return [limit for limit in clocks if limit.key not in hidden]


_TONES = {
    RequestState.RECEIVED: "",
    RequestState.IN_HAND: "green",
    RequestState.WAITING: "copper",
    RequestState.PASSED: "amber",
    RequestState.CLOSED: "",
}


def _state_words(request: Request) -> str:
    if request.state == RequestState.WAITING:
        return _("Nous attendons votre réponse")
    return str(request.get_state_display())


def _now_words(
    request: Request, times: bool, documents: bool, chosen: OfferedTime | None, at: datetime
) -> str:
    """What happens now, in one or two sentences."""
    team = words.team_in_words(request.team.name)
    if request.state == RequestState.CLOSED:
        return _("Cette demande est clôturée : %(outcome)s.") % {
            "outcome": words.amid_sentence(request.get_outcome_display())
        }
    if times and documents:
        return _("Nous vous attendons : choisissez un moment et envoyez le document demandé.")
    if times:
        return _("Nous vous attendons : choisissez le moment qui vous convient.")
    if documents:
        return _("Nous vous attendons : un document vous est demandé.")
    if chosen is not None and chosen.starts_at > at:
        moment = timezone.localtime(chosen.starts_at)
        return _("Nous nous voyons le %(day)s à %(hour)s, à cet endroit : %(where)s.") % {
            "day": words.day(moment.date()), "hour": moment.strftime("%H:%M"),
            "where": chosen.where,
        }  # fmt: skip
    if request.state == RequestState.PASSED:
        return _(
            "L’équipe %(team)s a proposé votre demande à une autre équipe, qui doit répondre. "
            "En attendant, elle la garde."
        ) % {"team": team}
    if request.state == RequestState.RECEIVED:
        return _(
            "Votre demande est chez l’équipe %(team)s. Une personne va la prendre en main."
        ) % {"team": team}
    return _("Une personne de l’équipe %(team)s s’occupe de votre demande.") % {"team": team}


def events_of(request: Request) -> list[Event]:
    """This function will tell what happened, oldest first, without notes or reasons of the house."""
    events = [
        *_moves(request), *_messages(request), *_documents(request), *_files(request),
        *_times(request), *_handovers(request),
    ]  # fmt: skip
    return sorted(events, key=lambda event: event.at)


def _moves(request: Request) -> list[Event]:
    told: dict[str, Callable[[RequestMove], str]] = {
        "open": lambda m: _("Votre demande est reçue et inscrite au registre"),
        "take": lambda m: _("Une personne de l’équipe s’en occupe"),
        "reassign": lambda m: _("Une autre personne de l’équipe reprend votre demande"),
        "reassign_waiting": lambda m: _("Une autre personne de l’équipe reprend votre demande"),
        "transfer": lambda m: _("Votre demande est transmise au CPAS compétent"),
        "close": lambda m: _("Votre demande est clôturée"),
        "withdraw": lambda m: _("Vous avez retiré votre demande"),
        "reopen": lambda m: _("Votre demande est rouverte"),
    }
    return [
        Event(move.at, told[move.move](move), who=words.post_in_words(move.by_post))
        for move in request.moves.all()
        if move.move in told
    ]


def _messages(request: Request) -> list[Event]:
    events = []
    for message in request.messages.all():
        if message.is_internal:
            continue
        if message.side == Side.PERSON:
            events.append(Event(message.at, _("Vous avez écrit"), message.text))
        else:
            who = words.post_in_words(message.by_post or request.team.name)
            events.append(Event(message.at, _("L’équipe vous a écrit"), message.text, who))
    return events


def _documents(request: Request) -> list[Event]:
    events = []
    for asked in request.documents_asked.all():
        waits = asked.received_at is None and request.state != RequestState.CLOSED
        tag = _("en attente") if waits else ""
        title = _("L’équipe vous demande un document")
        events.append(Event(asked.asked_at, title, asked.what, tag=tag, tone="copper"))
    return events


def scan_words(state: str) -> tuple[str, str]:
    """This function will say, with a tone, what became of a file."""
    return {
        ScanState.CLEAN: (_("vérifié"), "green"),
        ScanState.QUARANTINED: (_("vérification en cours"), "amber"),
        ScanState.REFUSED: (_("refusé par le contrôle : envoyez-le autrement"), "red"),
    }[ScanState(state)]


def _files(request: Request) -> list[Event]:
    events = []
    for joined in request.attachments.all():
        title = (
            _("Vous avez ajouté un fichier")
            if joined.side == Side.PERSON
            else _("L’équipe a ajouté un fichier")
        )
        tag, tone = scan_words(joined.attachment.state)
        at = joined.attachment.received_at
        events.append(Event(at, title, joined.attachment.name, tag=tag, tone=tone))
    return events


def _times(request: Request) -> list[Event]:
    events = []
    slots = list(request.offered_times.all())
    for offered_at in sorted({slot.offered_at for slot in slots}):
        group = [slot for slot in slots if slot.offered_at == offered_at]
        text = " · ".join(_moment(slot.starts_at) for slot in group)
        events.append(Event(offered_at, _("L’équipe vous propose un rendez-vous"), text))
    for slot in slots:
        if slot.chosen_at:
            text = f"{_moment(slot.starts_at)} · {slot.where}"
            events.append(Event(slot.chosen_at, _("Vous avez choisi un moment"), text))
    return events


def _moment(at: datetime) -> str:
    local = timezone.localtime(at)
    return f"{words.day(local.date())}, {local:%H:%M}"


def _handovers(request: Request) -> list[Event]:
    events = []
    for handover in request.handovers.all():
        teams = {
            "from": words.team_in_words(handover.from_team.name),
            "to": words.team_in_words(handover.to_team.name),
        }
        events.append(
            Event(
                handover.proposed_at,
                _("L’équipe %(from)s propose votre demande à l’équipe %(to)s") % teams,
            )
        )
        if handover.answered_at and handover.state == HandoverState.ACCEPTED:
            events.append(
                Event(handover.answered_at, _("L’équipe %(to)s reprend votre demande") % teams)
            )
        elif handover.answered_at and request.outcome != "withdrawn":
            events.append(
                Event(
                    handover.answered_at,
                    _("L’équipe %(to)s ne la reprend pas ; l’équipe %(from)s la garde") % teams,
                )
            )
    return events


def everything_held(page: OwnPage) -> dict[str, Any]:
    """This function will give what is held about a request, for the person to take away."""
    request = page.request
    notes = sum(1 for message in request.messages.all() if message.is_internal)
    return {
        "reference": request.reference,
        "register": {"name": request.register, "year": request.year, "number": request.number},
        "received_at": request.received_at,
        "channel": str(request.get_channel_display()),
        "language": request.lang,
        "service": {"key": request.service.key, "name": page.service.name},
        "kind": str(request.get_kind_display()),
        "team": words.team_in_words(request.team.name),
        "state": str(request.get_state_display()),
        "outcome": str(request.get_outcome_display()) if request.outcome else None,
        "closed_at": request.closed_at,
        "contact": {
            "name": request.name, "phone": request.phone, "email": request.email,
            "postal_code": request.postal_code,
        },
        "for_somebody_else": request.for_other,
        "other_person": {"name": request.other_name, "knows": request.other_knows},
        "commune_of_the_postal_code": request.competent_nis or None,
        "answers": [{"question": a.label, "answer": a.text} for a in page.answers],
        "history": [
            {"at": e.at, "what": e.title, "text": e.text, "who": e.who} for e in page.events
        ],
        **_joined(page),
        "who_looked": [{"at": k.at, "who": k.post, "why": k.reason} for k in page.looks],
        "notes_of_the_team": {
            "count": notes,
            "how_to_ask": _("Demandez-les au délégué à la protection des données du CPAS."),
        },
    }  # fmt: skip


def _joined(page: OwnPage) -> dict[str, Any]:
    """What came with the request: documents, files, times and time limits."""
    request = page.request
    return {
        "documents_asked": [
            {"what": d.what, "asked_at": d.asked_at, "received_at": d.received_at}
            for d in request.documents_asked.all()
        ],
        "files": [
            {
                "name": f.attachment.name,
                "type": f.attachment.content_type,
                "size": f.attachment.size,
                "sha256": f.attachment.sha256,
                "received_at": f.attachment.received_at,
                "checked": f.attachment.state,
            }
            for f in page.files
        ],
        "offered_times": [
            {"starts_at": s.starts_at, "minutes": s.minutes, "where": s.where, "state": s.state}
            for s in request.offered_times.all()
        ],
        "legal_limits": [
            {
                "what": c.what,
                "label": procedure.label_of(c.what, c.rule, get_language() or "fr"),
                "due_date": c.due_date,
                "rule": c.rule,
                "reference": c.reference,
                "verified": c.is_verified,
                "met_at": c.met_at,
                "cancelled_at": c.cancelled_at,
            }
            for c in request.clocks.all()
        ],
    }
