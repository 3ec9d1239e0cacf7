"""What becomes of a letter once written: sent, presented, or set aside."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.audit import services as audit
from beffroi.audit.enums import ActKind
from beffroi.core.actors import Actor, ActorKind
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState
from beffroi.documents.letters.enums import Delivery
from beffroi.documents.letters.models import Letter
from beffroi.documents.letters.permissions import can_read_letter
from beffroi.documents.letters.workflow import MOVES


@transaction.atomic
def mark_sent(*, letter: str, how: Delivery, number: str = "", by: Actor, at: datetime) -> None:
    """This function will note that a letter left, how, and under which registered number.

    A letter handed over is presented the same day.
    Raises: NotAllowed; WrongState; InvalidInput when a registered letter has no number, or a
    number that another has.
    """
    row = _letter(letter, by)
    number = " ".join(number.split()).upper()
    if how == Delivery.REGISTERED and not number:
        raise InvalidInput(
            _("Un recommandé a un numéro."), {"number": _("Copiez-le de l’étiquette.")}
        )
    if how != Delivery.REGISTERED and number:
        raise InvalidInput(
            _("Seul un recommandé a un numéro."), {"number": _("Laissez ce champ vide.")}
        )
    taken = Letter.objects.filter(sent_number=number).exclude(pk=row.pk)
    if number and taken.exists():
        raise InvalidInput(
            _("Ce numéro est déjà celui d’une autre lettre."), {"number": _("Relisez l’étiquette.")}
        )
    try:
        with transaction.atomic():
            _move(row, "send", delivery=how, sent_number=number, sent_at=at)
    except IntegrityError as error:
        raise InvalidInput(_("Ce numéro est déjà celui d’une autre lettre.")) from error
    _trace(row, "letter.send", by, at, how=str(how), number=number)
    if how == Delivery.HAND:
        day = timezone.localtime(at).date()
        _move(row, "present", presented_date=day)
        _trace(row, "letter.present", by, at, day=day.isoformat())


@transaction.atomic
def mark_presented(*, letter: str, presented: date, by: Actor, at: datetime) -> None:
    """This function will note the day a letter was first presented: the time to appeal starts.

    Raises: NotAllowed; WrongState; InvalidInput when the day is before the sending or to come.
    """
    row = _letter(letter, by)
    sent = timezone.localtime(row.sent_at).date() if row.sent_at else None
    if presented > timezone.localtime(at).date() or (sent and presented < sent):
        raise InvalidInput(
            _("Ce jour n’est pas possible."),
            {"presented": _("Il est entre l’envoi et aujourd’hui.")},
        )
    _move(row, "present", presented_date=presented)
    _trace(row, "letter.present", by, at, day=presented.isoformat())


@transaction.atomic
def set_aside(*, letter: str, reason: str, by: Actor, at: datetime) -> None:
    """This function will keep a letter that does not leave, and why.

    Raises: NotAllowed; WrongState; InvalidInput without a reason.
    """
    row = _letter(letter, by)
    if not reason.strip():
        raise InvalidInput(_("Dites pourquoi la lettre ne part pas."), {"reason": _("Écrivez-le.")})
    _move(row, "set_aside")
    _trace(row, "letter.set_aside", by, at, reason=reason.strip())


def _letter(reference: str, by: Actor) -> Letter:
    row = Letter.objects.filter(reference=reference).first()
    if row is None or not (by.kind == ActorKind.SYSTEM or can_read_letter(by, row)):
        raise NotAllowed(_("Cette lettre n’existe pas."))
    return row


def _move(row: Letter, key: str, **changes: Any) -> None:
    move = MOVES[key]
    moved = Letter.objects.filter(pk=row.pk, state__in=move.sources).update(
        state=move.target, **changes
    )
    if not moved:
        raise WrongState(
            _("Cette lettre n’en est plus là."),
            todo=_("Rechargez la page pour voir où elle en est."),
        )


def _trace(
    row: Letter, verb: str, by: Actor, at: datetime, *, reason: str = "", **detail: str
) -> None:
    audit.record(
        by=by, kind=ActKind.WRITE, verb=verb, object_kind="letter", object_ref=row.reference,
        subject_ref=row.subject_ref, at=at, reason=reason, detail=detail,
    )  # fmt: skip
