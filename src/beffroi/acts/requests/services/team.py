"""What the team does with a request: take it up, answer, ask, offer, close."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.accounts import queries as accounts
from beffroi.acts.requests.enums import Outcome, RequestState, Side, SlotState
from beffroi.acts.requests.models import (
    Clock,
    DocumentAsked,
    OfferedTime,
    Request,
    RequestAttachment,
    RequestMessage,
)
from beffroi.acts.requests.permissions import can_work_on, led_teams, requests_visible_to
from beffroi.acts.requests.services.letters import send_news
from beffroi.acts.requests.services.moves import move, say, trace
from beffroi.acts.requests.services.opening import start_clocks
from beffroi.audit.enums import ActKind
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState
from beffroi.directory import queries as directory
from beffroi.documents.enums import ScanState


@dataclass(frozen=True)
class Slot:
    """A moment offered for an appointment, its length in minutes, and where."""

    starts_at: datetime
    minutes: int
    where: str


def _visible(reference: str, by: Actor) -> Request:
    request = (
        requests_visible_to(by)
        .select_related("team", "service", "assignee")
        .filter(reference=reference)
        .first()
    )
    if request is None:
        raise NotAllowed(_("Cette demande n’existe pas, ou n’est pas dans vos équipes."))
    return request


def in_hands(reference: str, by: Actor) -> Request:
    """This function will give the request if the actor's team works on it. Raises: NotAllowed."""
    request = _visible(reference, by)
    if not can_work_on(by, request):
        raise NotAllowed(_("Cette demande est chez une autre équipe."))
    return request


@transaction.atomic
def read_file(*, reference: str, by: Actor, at: datetime, reason: str = "") -> Request:
    """This function will open a request for an agent and journal that she read it.

    Raises: NotAllowed when it is not hers to see.
    """
    request = _visible(reference, by)
    trace(request, "request.read", by=by, at=at, why=reason, kind=ActKind.READ)
    return request


@transaction.atomic
def read_attachment(
    *, reference: str, attachment: str, by: Actor, at: datetime
) -> RequestAttachment:
    """This function will give a file of the request, once a scanner has cleared it, and journal it.

    Raises: NotAllowed when the request, the file or its state do not allow it.
    """
    request = _visible(reference, by)
    joined = (
        request.attachments.select_related("attachment")
        .filter(attachment_id=attachment, attachment__state=ScanState.CLEAN)
        .first()
    )
    if joined is None:
        raise NotAllowed(_("Cette pièce n’existe pas, ou n’est pas encore vérifiée."))
    detail = {"attachment": str(joined.attachment_id)}
    trace(request, "attachment.read", by=by, at=at, kind=ActKind.READ, detail=detail)
    return joined


@transaction.atomic
def take(*, reference: str, by: Actor, at: datetime) -> Request:
    """This function will put the request in the hands of the agent herself."""
    request = in_hands(reference, by)
    move(request, "take", by=by, at=at, assignee_id=int(by.ref))
    return request


@transaction.atomic
def assign(*, reference: str, to: int, by: Actor, at: datetime, why: str = "") -> Request:
    """This function will give the request to an agent of the same team.

    Raises: InvalidInput when she holds no post there; AlreadyMoved.
    """
    request = in_hands(reference, by)
    agents = accounts.agents_of([request.team.key], timezone.localdate(at))
    agent = agents.filter(pk=to).first()
    if agent is None:
        raise InvalidInput(
            _("Cette personne ne travaille pas dans l’équipe %(team)s.") % {"team": request.team}
        )
    key = {RequestState.RECEIVED: "take", RequestState.WAITING: "reassign_waiting"}.get(
        RequestState(request.state), "reassign"
    )
    move(request, key, by=by, at=at, why=why, detail={"to": str(agent)}, assignee_id=agent.pk)
    return request


def _hold(request: Request, by: Actor) -> dict[str, Any]:
    """Whoever acts first on a request that nobody holds, holds it."""
    return {} if request.assignee_id else {"assignee_id": int(by.ref)}


@transaction.atomic
def answer_person(*, reference: str, text: str, by: Actor, at: datetime) -> RequestMessage:
    """This function will put an answer on the person's page and tell her there is one."""
    request = in_hands(reference, by)
    _needs(text, _("Écrivez votre réponse."))
    if request.state == RequestState.CLOSED:
        raise WrongState(
            _("Cette demande est clôturée."),
            todo=_("Le responsable de l’équipe peut la rouvrir ; elle garde sa référence."),
        )
    if request.state == RequestState.RECEIVED:
        move(request, "take", by=by, at=at, assignee_id=int(by.ref))
    message = say(request, Side.TEAM, text, by=by, at=at)
    trace(request, "request.answer", by=by, at=at)
    send_news(request)
    return message


@transaction.atomic
def add_note(*, reference: str, text: str, by: Actor, at: datetime) -> RequestMessage:
    """This function will keep a note that only the team reads."""
    request = in_hands(reference, by)
    _needs(text, _("Écrivez la note."))
    message = say(request, Side.TEAM, text, by=by, at=at, is_internal=True)
    trace(request, "request.note", by=by, at=at)
    return message


@transaction.atomic
def ask_document(*, reference: str, what: str, by: Actor, at: datetime) -> DocumentAsked:
    """This function will ask the person for a document; the request then waits for her."""
    request = in_hands(reference, by)
    _needs(what, _("Dites quel document vous demandez."))
    move(request, "ask_person", by=by, at=at, **_hold(request, by))
    asked = DocumentAsked.objects.create(
        request=request, what=what.strip()[:200], asked_at=at, asked_by=by.label
    )
    send_news(request)
    return asked


@transaction.atomic
def offer_times(*, reference: str, slots: list[Slot], by: Actor, at: datetime) -> list[OfferedTime]:
    """This function will offer moments for an appointment; those offered before are released.

    Raises: InvalidInput when there is none, or one is past.
    """
    request = in_hands(reference, by)
    if not slots:
        raise InvalidInput(_("Proposez au moins un moment."))
    if any(slot.starts_at <= at for slot in slots):
        raise InvalidInput(_("Un des moments proposés est déjà passé."))
    if any(not slot.where.strip() or not 5 <= slot.minutes <= 480 for slot in slots):
        raise InvalidInput(_("Dites où, et une durée entre 5 minutes et 8 heures."))
    move(request, "ask_person", by=by, at=at, detail={"times": len(slots)}, **_hold(request, by))
    request.offered_times.exclude(state=SlotState.RELEASED).update(
        state=SlotState.RELEASED, chosen_at=None
    )
    offered = OfferedTime.objects.bulk_create(
        OfferedTime(
            request=request, starts_at=slot.starts_at, minutes=slot.minutes,
            where=slot.where.strip()[:200], offered_at=at, offered_by=by.label,
        )
        for slot in slots
    )  # fmt: skip
    send_news(request)
    return offered


@transaction.atomic
def close(
    *, reference: str, outcome: Outcome, text: str, by: Actor, at: datetime, why: str = ""
) -> Request:
    """This function will close the request with an outcome and a last word for the person.

    Raises: InvalidInput without a last word; AlreadyMoved.
    """
    request = in_hands(reference, by)
    if outcome in (Outcome.WITHDRAWN, Outcome.TRANSFERRED):
        raise InvalidInput(_("Cette issue a son propre bouton."))
    _needs(text, _("Écrivez à la personne ce qui a été fait : c’est ce qu’elle lira."))
    say(request, Side.TEAM, text, by=by, at=at)
    _end(request, "close", outcome, by=by, at=at, why=why)
    return request


@transaction.atomic
def transfer(*, reference: str, to_nis: str, reason: str, by: Actor, at: datetime) -> Request:
    """This function will send a request for aid to the competent CPAS, with its written notice.

    The clock of 5 calendar days runs from the day of the request (loi 26/05/2002 art. 18 §4).
    Raises: InvalidInput without a reason or with an unknown commune; AlreadyMoved.
    """
    request = in_hands(reference, by)
    if not request.is_aid:
        raise InvalidInput(
            _("Seule une demande d’aide se transmet à un autre CPAS."),
            todo=_("Répondez à la personne, et dites-lui vers qui aller."),
        )
    own = settings.BEFFROI_COMMUNE["nis"]
    commune = directory.commune(to_nis) if to_nis != own else None
    if commune is None:
        raise InvalidInput(_("Choisissez la commune compétente."))
    _needs(reason, _("Dites pourquoi cette commune est compétente : la personne le lira."))
    start_clocks(request, "not_competent", request.received_at, only=("transfer",))
    # The clock may have been ended by `keep_here`: done, it is no longer without object.
    request.clocks.filter(what="transfer").update(met_at=at, cancelled_at=None)
    text = _(
        "Le CPAS compétent pour votre demande est celui de %(commune)s. Nous la lui avons "
        "transmise aujourd’hui. Votre demande garde sa date du %(date)s. Motif : %(reason)s"
    ) % {
        "commune": commune,
        "date": timezone.localdate(request.received_at).strftime("%d/%m/%Y"),
        "reason": reason.strip(),
    }
    say(request, Side.TEAM, text, by=by, at=at)
    Request.objects.filter(pk=request.pk).update(competent_nis=to_nis)
    _end(request, "transfer", Outcome.TRANSFERRED, by=by, at=at, why=reason)
    return request


@transaction.atomic
def keep_here(*, reference: str, reason: str, by: Actor, at: datetime) -> Request:
    """This function will say that this CPAS is competent after all: nothing is to transfer.

    Raises: InvalidInput without a reason; WrongState when no transfer is pending.
    """
    request = in_hands(reference, by)
    _needs(reason, _("Dites pourquoi notre commune est compétente : la personne le lira."))
    pending = request.clocks.filter(what="transfer", met_at=None, cancelled_at=None)
    if not pending.update(cancelled_at=at):
        raise WrongState(_("Aucune transmission n’est en attente pour cette demande."))
    own = settings.BEFFROI_COMMUNE
    Request.objects.filter(pk=request.pk).update(competent_nis=own["nis"])
    text = _(
        "Après examen, c’est bien le CPAS de %(commune)s qui traite votre demande. "
        "Motif : %(reason)s"
    ) % {"commune": own["name"], "reason": reason.strip()}
    say(request, Side.TEAM, text, by=by, at=at)
    trace(request, "request.keep_here", by=by, at=at)
    send_news(request)
    request.refresh_from_db()
    return request


def _end(
    request: Request, key: str, outcome: Outcome, *, by: Actor, at: datetime, why: str
) -> None:
    move(
        request,
        key,
        by=by,
        at=at,
        why=why,
        detail={"outcome": outcome},
        outcome=outcome,
        closed_at=at,
    )
    request.offered_times.filter(state=SlotState.OFFERED).update(state=SlotState.RELEASED)
    waiting = Clock.objects.filter(request=request, met_at__isnull=True, cancelled_at__isnull=True)
    if outcome in (Outcome.ANSWERED, Outcome.HELPED, Outcome.FILE_OPENED):
        waiting.filter(what="decision").update(met_at=at)
    waiting.update(cancelled_at=at)
    send_news(request)


@transaction.atomic
def reopen(*, reference: str, reason: str, by: Actor, at: datetime) -> Request:
    """This function will open again a closed request; the leader of the team alone does it."""
    request = in_hands(reference, by)
    if request.team.key not in led_teams(by):
        raise NotAllowed(_("Seul le responsable de l’équipe rouvre une demande."))
    _needs(reason, _("Dites pourquoi vous rouvrez cette demande."))
    # Held, so that it is not emptied between this look and the move.
    request = in_hands(
        Request.objects.select_for_update(no_key=True).get(pk=request.pk).reference, by
    )
    if request.anonymised_at is not None:
        raise WrongState(
            _("Cette demande a été vidée de ses données : son délai de garde est passé."),
            todo=_("Ouvrez une nouvelle demande."),
        )
    holder = _hold(request, by)
    closed_at = request.closed_at
    move(request, "reopen", by=by, at=at, why=reason, outcome="", closed_at=None, **holder)
    request.clocks.filter(what="decision", met_at=closed_at).update(met_at=None)
    # What the closing ended runs again, the transfer too; what ended before it stays so.
    request.clocks.filter(cancelled_at=closed_at).update(cancelled_at=None)
    return request


def _needs(text: str, words: str) -> None:
    if not text.strip():
        raise InvalidInput(words, fields={"text": words})
