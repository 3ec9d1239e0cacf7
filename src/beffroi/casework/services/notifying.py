"""Notification: the letter of a decision, its sending, its first presentation, the time to appeal."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.casework.enums import GRANTING
from beffroi.casework.letter_facts import decision_facts, letter_kind, recipient_of
from beffroi.casework.models import Application, Decision, Notification
from beffroi.casework.permissions import can_record_decisions
from beffroi.casework.services import clocks
from beffroi.casework.services.common import file_for, move, trace
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState
from beffroi.documents.letters import services as letters
from beffroi.documents.letters.enums import Delivery
from beffroi.rules import procedure


def decision_for(number: str, by: Actor, at: datetime) -> Decision:
    """This function will give a decision the actor may send. Raises: NotAllowed; ReasonNeeded."""
    decision = (
        Decision.objects.select_related("application__file__team", "application__file__person")
        .filter(number=number)
        .first()
    )
    if decision is None:
        raise NotAllowed(_("Cette décision n’existe pas."))
    if not can_record_decisions(by):
        file_for(decision.application.file.number, by, at)
    return decision


@transaction.atomic
def write_decision_letter(*, number: str, delivery: str, by: Actor, at: datetime) -> str:
    """This function will write the letter of a decision, whole or not at all; its reference.

    Raises: NotAllowed; WrongState when it was written already; MissingMentions with the list of
    what lacks. Source: loi du 26 mai 2002, art. 21 ; charte de l’assuré social, art. 14.
    """
    decision = decision_for(number, by, at)
    if Notification.objects.filter(decision=decision).exists():
        raise WrongState(_("La lettre de cette décision existe déjà."))
    file = decision.application.file
    letter = letters.write_letter(
        kind=letter_kind(decision), lang=file.person.lang, facts=decision_facts(decision, at),
        owner_kind="social_file", owner_ref=number, subject_ref=file.number,
        recipient=recipient_of(file, delivery), by=by, at=at,
    )  # fmt: skip
    Notification.objects.create(decision=decision, letter_ref=letter)
    trace(file, "decision.letter", by=by, at=at, about=number, detail={"letter": letter})
    return letter


@transaction.atomic
def notify(
    *, number: str, delivery: str, by: Actor, at: datetime, registered_number: str = ""
) -> None:
    """This function will say that the letter left, by registered mail or by hand with a receipt.

    Raises: NotAllowed; InvalidInput for another way of sending; WrongState.
    Source: loi du 26 mai 2002, art. 21 §4 (recommandé, ou remise contre accusé de réception).
    """
    decision = decision_for(number, by, at)
    if delivery not in ("registered", "hand"):
        raise InvalidInput(
            _("Une décision se notifie par recommandé, ou se remet contre accusé de réception.")
        )
    told = Notification.objects.filter(decision=decision, sent_at__isnull=True)
    letter = told.values_list("letter_ref", flat=True).first()
    if letter is None or not told.update(sent_at=at, delivery=delivery):
        raise WrongState(_("Cette décision n’a pas encore sa lettre, ou elle est déjà partie."))
    letters.mark_sent(letter=letter, how=Delivery(delivery), number=registered_number, by=by, at=at)
    file = decision.application.file
    move(decision.application, "notify", by=by, at=at)
    clocks.meet(file, "notification", at=at, subject_ref=number)
    clocks.start(file, "notification_sent", timezone.localdate(at), subject_ref=number,
                 application=decision.application)  # fmt: skip
    if delivery == "hand":
        _count_appeal(decision, timezone.localdate(at))
    if decision.outcome not in GRANTING or not decision.amount:
        clocks.void(file, at=at, subject_ref=number, but=("appeal",))
    trace(file, "decision.notify", by=by, at=at, about=number, detail={"delivery": delivery})


@transaction.atomic
def record_presentation(*, number: str, on: date, by: Actor, at: datetime) -> None:
    """This function will keep the day the registered letter was first presented: the appeal runs.

    Raises: NotAllowed; InvalidInput for a day before the sending; WrongState.
    Source: loi du 26 mai 2002, art. 47 §1.
    """
    decision = decision_for(number, by, at)
    told = Notification.objects.filter(decision=decision, sent_at__isnull=False).first()
    if told is None or told.sent_at is None:
        raise WrongState(_("Cette lettre n’est pas encore partie."))
    if on < timezone.localdate(told.sent_at) or on > timezone.localdate(at):
        raise InvalidInput(_("La présentation suit l’envoi, et n’est pas dans le futur."))
    _count_appeal(decision, on)
    letters.mark_presented(letter=told.letter_ref, presented=on, by=by, at=at)
    trace(decision.application.file, "decision.presented", by=by, at=at, about=number)


def _count_appeal(decision: Decision, on: date) -> None:
    due = next(d for d in procedure.deadlines("notification_sent", on) if d.what == "appeal")
    Notification.objects.filter(decision=decision).update(
        presented_on=on, appeal_until=due.due_date
    )


def last_decision(application: Application) -> Decision | None:
    """This function will give the newest decision of an application."""
    return application.decisions.order_by("decided_at", "pk").last()
