"""What every service of this room shares: whose activity, whose session, and the trace of an act."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.acts.activities.models import Activity, Session
from beffroi.acts.activities.permissions import can_set_up, can_take_attendance
from beffroi.acts.activities.workflow import SESSION_MOVES
from beffroi.audit import services as audit
from beffroi.audit.enums import ActKind
from beffroi.core.actors import Actor
from beffroi.core.errors import NotAllowed, WrongState
from beffroi.core.errors import must_say as must_say


class AlreadyMoved(WrongState):
    """Somebody else was quicker, or the session never was where this act starts."""

    def __init__(self, label: str, session: Session) -> None:
        super().__init__(
            _("« %(act)s » n’est plus possible pour cette séance.") % {"act": label},
            _("Son état est maintenant : %(state)s.")
            % {"state": str(session.get_state_display()).lower()},
            _("Rouvrez la page pour voir ce qui a changé."),
        )


def moment(day: date, hour: time) -> datetime:
    """This function will give the moment of an hour of a day, in the time of the house."""
    return timezone.make_aware(datetime.combine(day, hour))


def own_activity(pk: int, by: Actor) -> Activity:
    """This function will give an activity the actor may change, held. Raises: NotAllowed."""
    row = (
        Activity.objects.select_for_update(of=("self",), no_key=True)
        .select_related("team")
        .filter(pk=pk)
    )
    found = row.first()
    if found is None or not can_set_up(by, found.team.key):
        raise NotAllowed(_("Cette activité n’est pas de votre équipe."))
    return found


def own_session(pk: int, by: Actor, *, for_names: bool = False) -> Session:
    """This function will give a session the actor may change, held until the end of the act.

    With `for_names`, only to whom may say who came. Raises: NotAllowed.
    """
    rows = Session.objects.select_for_update(of=("self",), no_key=True).select_related(
        "activity__team"
    )
    found = rows.filter(pk=pk).first()
    may = found is not None and (
        can_take_attendance(by, found) if for_names else can_set_up(by, found.activity.team.key)
    )
    if found is None or not may:
        raise NotAllowed(_("Cette séance n’est pas de votre équipe."))
    return found


def move_session(session: Session, key: str, **changes: Any) -> None:
    """This function will make the move `key` of a session; the row is refreshed.

    Raises: AlreadyMoved.
    """
    step, source = SESSION_MOVES[key], session.state
    rows = Session.objects.filter(pk=session.pk, state=source)
    if source not in step.sources or not rows.update(state=step.target, **changes):
        session.refresh_from_db(fields=["state"])
        raise AlreadyMoved(str(step.label), session)
    session.refresh_from_db()


def trace(
    verb: str, *, by: Actor, at: datetime, activity: Activity, session: Session | None = None,
    kind: ActKind = ActKind.WRITE, detail: Mapping[str, Any] | None = None,
) -> None:  # fmt: skip
    """This function will journal an act on an activity or a session, in the transaction under way."""
    thing = ("session", session.pk) if session else ("activity", activity.pk)
    audit.record(
        by=by.as_of_team(activity.team.key), kind=kind, verb=verb, object_kind=thing[0],
        object_ref=str(thing[1]), at=at, detail=detail,
    )  # fmt: skip
