"""What the person does on her own page, with her reference and her secret."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from beffroi.acts.requests.enums import Outcome, RequestState, Side, SlotState
from beffroi.acts.requests.models import (
    OfferedTime,
    Request,
    RequestAttachment,
    RequestMessage,
)
from beffroi.acts.requests.services.attaching import attach
from beffroi.acts.requests.services.moves import move, say, trace
from beffroi.core.actors import Actor, person_actor
from beffroi.core.errors import InvalidInput, Refusal, WrongState
from beffroi.core.secrets import digest, matches
from beffroi.documents.enums import ScanState


class UnknownReference(Refusal):
    """No request answers to this reference and this secret; which of the two is not told."""

    def __init__(self) -> None:
        super().__init__(
            _("Nous ne trouvons pas de demande avec cette référence et ce code."),
            todo=_("Vérifiez-les sur votre accusé de réception, ou téléphonez au service."),
        )


def open_own_page(*, reference: str, secret: str) -> Request:
    """This function will give the request that the person holds. Raises: UnknownReference."""
    request = (
        Request.objects.select_related("service", "team")
        .filter(reference=reference.strip().upper())
        .first()
    )
    stored = request.secret_digest if request else digest("nobody")
    if not matches(secret, stored) or request is None:
        raise UnknownReference
    return request


def open_own_file(*, reference: str, secret: str, attachment: UUID) -> RequestAttachment:
    """This function will give a file of her request to the person, once a scanner cleared it.

    Raises: UnknownReference, also when the file is not there or not cleared.
    """
    request = open_own_page(reference=reference, secret=secret)
    joined = (
        request.attachments.select_related("attachment")
        .filter(attachment_id=attachment, attachment__state=ScanState.CLEAN)
        .first()
    )
    if joined is None:
        raise UnknownReference
    return joined


def _own(reference: str, secret: str) -> tuple[Request, Actor]:
    request = open_own_page(reference=reference, secret=secret)
    return request, person_actor(request.reference, request.name or _("La personne"))


def _must_be_open(request: Request) -> None:
    if request.state == RequestState.CLOSED:
        raise WrongState(
            _("Cette demande est clôturée."),
            todo=_("Vous pouvez en faire une nouvelle à tout moment, et citer sa référence."),
        )


@transaction.atomic
def reply(*, reference: str, secret: str, text: str, at: datetime) -> RequestMessage:
    """This function will keep what the person writes; a request that waited for her moves on."""
    request, person = _own(reference, secret)
    _must_be_open(request)
    if not text.strip():
        words = _("Écrivez votre message.")
        raise InvalidInput(words, fields={"text": words})
    if len(text) > 4000:
        words = _("C’est trop long : %(most)d caractères au plus.") % {"most": 4000}
        raise InvalidInput(words, fields={"text": words})
    message = say(request, Side.PERSON, text, by=person, at=at)
    _move_on(request, person, at)
    trace(request, "request.reply", by=person, at=at)
    return message


@transaction.atomic
def add_file(
    *,
    reference: str,
    secret: str,
    name: str,
    content: bytes,
    at: datetime,
    answers_to: int | None = None,
) -> None:
    """This function will join a file, as the answer to a document asked when one is named.

    Raises: FileRefused, InvalidInput, WrongState.
    """
    request, person = _own(reference, secret)
    _must_be_open(request)
    asked = request.documents_asked.filter(pk=answers_to).first() if answers_to else None
    attach(request, name, content, side=Side.PERSON, by=person, at=at, answers_to=asked)
    if asked is not None:
        request.documents_asked.filter(pk=asked.pk).update(received_at=at)
    if not request.documents_asked.filter(received_at__isnull=True).exists():
        _move_on(request, person, at)
    trace(request, "attachment.add", by=person, at=at)


def _move_on(request: Request, person: Actor, at: datetime) -> None:
    if request.state == RequestState.WAITING:
        move(request, "person_replies", by=person, at=at)


@transaction.atomic
def choose_time(*, reference: str, secret: str, offered: int, at: datetime) -> OfferedTime:
    """This function will keep the moment the person chose and release the others.

    Raises: WrongState when it is no longer offered or already past.
    """
    request, person = _own(reference, secret)
    _must_be_open(request)
    chosen = OfferedTime.objects.filter(
        pk=offered, request=request, state=SlotState.OFFERED, starts_at__gt=at
    ).update(state=SlotState.CHOSEN, chosen_at=at)
    if not chosen:
        raise WrongState(
            _("Ce moment n’est plus libre."), todo=_("Choisissez-en un autre, ou écrivez-nous.")
        )
    request.offered_times.filter(state=SlotState.OFFERED).update(state=SlotState.RELEASED)
    _move_on(request, person, at)
    trace(request, "request.choose_time", by=person, at=at, detail={"offered": offered})
    return OfferedTime.objects.get(pk=offered)


@transaction.atomic
def withdraw(*, reference: str, secret: str, at: datetime) -> Request:
    """This function will close the request because the person no longer wants it."""
    request, person = _own(reference, secret)
    move(request, "withdraw", by=person, at=at, outcome=Outcome.WITHDRAWN, closed_at=at)
    request.offered_times.filter(state=SlotState.OFFERED).update(state=SlotState.RELEASED)
    request.clocks.filter(met_at__isnull=True, cancelled_at__isnull=True).update(cancelled_at=at)
    request.handovers.filter(state="proposed").update(
        state="declined",
        answered_at=at,
        answered_by=person.label,
        answer_reason=_("Demande retirée"),
    )
    return request
