"""What every service of steering starts with: the right, and the trace."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from beffroi.audit import services as audit
from beffroi.audit.enums import ActKind
from beffroi.core.actors import Actor
from beffroi.core.errors import NotAllowed, WrongState
from beffroi.steering.workflow import Move


class AlreadyMoved(WrongState):
    """Somebody else moved the thing meanwhile, or it never was where this act starts."""

    def __init__(self, label: str, state: str) -> None:
        super().__init__(
            _("« %(act)s » n’est plus possible.") % {"act": label},
            _("L’état est maintenant : %(state)s.") % {"state": state},
            _("Rouvrez la page pour voir où cela en est."),
        )


def must(allowed: bool) -> None:
    """This function will refuse an act the actor may not do. Raises: NotAllowed."""
    if not allowed:
        raise NotAllowed(_("Ce plan ne se modifie pas depuis votre poste."))


def step(thing: Any, table: Mapping[str, Move], key: str, **changes: Any) -> Move:
    """This function will move a row from the state it is seen in, by the table, and refresh it.

    Raises: NotAllowed for a move that is not in the table; AlreadyMoved when it does not start from
    where the row is.
    """
    must(key in table)
    move, source = table[key], thing.state
    rows = type(thing).objects.filter(pk=thing.pk, state=source)
    moved = source in move.sources and rows.update(state=move.target, **changes)
    if not moved:
        thing.refresh_from_db()
        raise AlreadyMoved(str(move.label), str(thing.get_state_display()).lower())
    thing.refresh_from_db()
    return move


def trace(
    thing: Model, verb: str, *, by: Actor, at: datetime, ref: str = "",
    kind: ActKind = ActKind.WRITE, detail: Mapping[str, Any] | None = None,
) -> None:  # fmt: skip
    """This function will journal an act on a thing of a plan, in the transaction under way."""
    audit.record(
        by=by, kind=kind, verb=verb, object_kind=str(thing._meta.model_name),
        object_ref=ref or str(thing), at=at, detail=detail,
    )  # fmt: skip
