"""What every service of agreements starts with: the right, the state, the move, the trace."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.acts.agreements.models import Agreement, AgreementMove
from beffroi.acts.agreements.permissions import agreements_visible_to, can_work_on
from beffroi.acts.agreements.workflow import MOVES
from beffroi.audit import services as audit
from beffroi.audit.enums import ActKind
from beffroi.core.actors import Actor
from beffroi.core.errors import NotAllowed, WrongState


class AlreadyMoved(WrongState):
    """Somebody else moved the agreement meanwhile, or it never was where this act starts."""

    def __init__(self, agreement: Agreement, label: str) -> None:
        names = {"act": label, "reference": agreement.reference}
        state = {"state": agreement.get_state_display().lower()}
        super().__init__(
            _("« %(act)s » n’est plus possible pour %(reference)s.") % names,
            _("Son état est maintenant : %(state)s.") % state,
            _("Rouvrez la page pour voir où elle en est."),
        )


class AgreementOver(WrongState):
    """The agreement is over: nothing is written in it any more."""

    def __init__(self, agreement: Agreement) -> None:
        super().__init__(_("%(reference)s est terminée.") % {"reference": agreement.reference})


def visible(reference: str, by: Actor) -> Agreement:
    """This function will give an agreement that the actor may open. Raises: NotAllowed."""
    row = agreements_visible_to(by).select_related("person").filter(reference=reference).first()
    if row is None:
        raise NotAllowed(_("Cette convention n’existe pas, ou n’est pas dans vos équipes."))
    return row


def in_hands(reference: str, by: Actor) -> Agreement:
    """This function will give an agreement in which the actor may write.

    Raises: NotAllowed; AgreementOver.
    """
    row = visible(reference, by)
    if not can_work_on(by, row):
        raise AgreementOver(row)
    return row


def move(
    agreement: Agreement, key: str, *, by: Actor, at: datetime, why: str = "", **changes: Any
) -> None:
    """This function will make the move `key` and keep who, when, why; the row is refreshed.

    Raises: AlreadyMoved when the agreement is not in a state the move starts from.
    """
    step, source = MOVES[key], agreement.state
    moved = source in step.sources and Agreement.objects.filter(
        pk=agreement.pk, state=source
    ).update(state=step.target, **changes)
    if not moved:
        agreement.refresh_from_db()
        raise AlreadyMoved(agreement, str(step.label))
    AgreementMove.objects.create(
        agreement=agreement, move=key, source=source, target=step.target, at=at, by_ref=by.ref,
        by_label=by.label, why=why[:500],
    )  # fmt: skip
    trace(agreement, f"agreement.{key}", by=by, at=at)
    agreement.refresh_from_db()


def trace(
    agreement: Agreement,
    verb: str,
    *,
    by: Actor,
    at: datetime,
    kind: ActKind = ActKind.WRITE,
    why: str = "",
    detail: Mapping[str, Any] | None = None,
) -> None:
    """This function will journal an act on the agreement, in the transaction under way."""
    subject = agreement.person.reference if agreement.person else agreement.reference
    audit.record(
        by=by.as_of_team(agreement.team), kind=kind, verb=verb, object_kind="agreement",
        object_ref=agreement.reference, subject_ref=subject, at=at, reason=why, detail=detail,
    )  # fmt: skip


def day_of(at: datetime) -> date:
    """This function will give the day of a moment, as the clocks of the house show it."""
    return timezone.localdate(at)
