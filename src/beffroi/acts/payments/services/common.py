"""What the services of payments share: rights, traces, the move of a run."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from beffroi.acts.payments.enums import RunState
from beffroi.acts.payments.models import Order, Run, RunMove
from beffroi.acts.payments.workflow import OPEN_STATES, RUN_MOVES
from beffroi.audit import services as audit
from beffroi.audit.enums import ActKind
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState


class RunMoved(WrongState):
    """The run is no longer where this act starts from."""


def require(allowed: bool) -> None:
    """This function will refuse whoever does not hold the right. Raises: NotAllowed."""
    if not allowed:
        raise NotAllowed(_("Cette page des finances n’est pas ouverte à votre fonction."))


def said(text: str, name: str, what: str) -> str:
    """This function will give the text without idle spaces. Raises: InvalidInput when empty."""
    text = " ".join(text.split())
    if not text:
        raise InvalidInput(what, {name: what})
    return text


def trace(
    verb: str,
    kind: str,
    ref: str,
    *,
    by: Actor,
    at: datetime,
    subject: str = "",
    reason: str = "",
    detail: Mapping[str, Any] | None = None,
    act: ActKind = ActKind.WRITE,
) -> None:
    """This function will journal an act of payments, in the transaction under way."""
    audit.record(
        by=by, kind=act, verb=f"payments.{verb}", object_kind=kind, object_ref=ref, at=at,
        subject_ref=subject, reason=reason, detail=detail,
    )  # fmt: skip


def move_run(run: Run, key: str, *, by: Actor, at: datetime, why: str = "", **changes: Any) -> None:
    """This function will make the move `key` of a run and keep who, when, why.

    Raises: RunMoved when the run is not in a state that the move starts from.
    """
    step = RUN_MOVES[key]
    source = run.state
    rows = Run.objects.filter(pk=run.pk, state=source)
    if key == "approve":
        rows = rows.filter(is_stale=False)
    if source not in step.sources or not rows.update(state=step.target, **changes):
        run.refresh_from_db()
        raise RunMoved(
            _("« %(move)s » n’est plus possible pour %(run)s.")
            % {"move": step.label, "run": run.reference},
            _("Il est maintenant : %(state)s.") % {"state": run.get_state_display()},
            _("Rechargez la page et regardez ce qui a été fait."),
        )
    RunMove.objects.create(
        run=run, move=key, source=source, target=step.target, at=at, by_ref=by.ref,
        by_label=by.label, why=why[:300],
    )  # fmt: skip
    run.refresh_from_db()


#: What an approval leaves on a run, taken away.
NOT_APPROVED: dict[str, Any] = {
    "approved_at": None, "approved_by_ref": "", "approved_by_label": "", "approved_hash": "",
}  # fmt: skip


def facts_changed(orders: Iterable[Order], why: str, *, by: Actor, at: datetime) -> int:
    """This function will void the approval of each open run these orders are in, and mark it.

    The rows of those runs are locked first: an approval or an export that is under way either
    ends before this change, or is refused after it. It says how many approvals were voided.
    """
    runs = (
        Run.objects.select_for_update(no_key=True)
        .filter(
            pk__in=Run.objects.filter(
                state__in=OPEN_STATES, lines__due__order__in=list(orders)
            ).values("pk")
        )
        .order_by("pk")
    )
    voided = 0
    for run in runs:
        if run.state == RunState.APPROVED:
            void(run, why, by=by, at=at)
            voided += 1
        Run.objects.filter(pk=run.pk, state=RunState.DRAFT).update(is_stale=True)
    return voided


def void(run: Run, why: str, *, by: Actor, at: datetime) -> None:
    """This function will take an approval back: the run is a draft again, to be refreshed."""
    move_run(run, "void", by=by, at=at, why=why, **NOT_APPROVED)
    trace("void", "run", run.reference, by=by, at=at, reason=why)
