"""Closes sessions: what was counted is frozen, and a correction is a new row with its reason."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from beffroi.acts.activities import queries
from beffroi.acts.activities.enums import SessionState
from beffroi.acts.activities.models import Participant, Session, SessionCount
from beffroi.acts.activities.services.common import move_session, own_session, trace
from beffroi.core.actors import Actor
from beffroi.core.errors import WrongState


def note_last_dates(session: Session, participants: Iterable[int]) -> None:
    """This function will note that these people were last known on the day of this session."""
    rows = Participant.objects.filter(pk__in=list(participants))
    rows.filter(Q(last_date__isnull=True) | Q(last_date__lt=session.date)).update(
        last_date=session.date
    )


def _counted(session: Session, minutes: int | None = None) -> dict[str, int]:
    lasted = int(session.lasts.total_seconds()) // 60
    known = session.minutes if session.minutes is not None else lasted
    return {
        "named": queries.present_in(session.pk),
        "anonymous": sum(queries.bands_of(session.pk).values()),
        "minutes": known if minutes is None else minutes,
    }


def add_count(
    session: Session, *, by: Actor, at: datetime, why: str = "", minutes: int | None = None
) -> SessionCount:
    """This function will write what a closed session counts now as the next row of its counts.

    The session is held by the act under way; its columns follow the new row.
    """
    last = queries.last_revision([session.pk]).get(session.pk, 0)
    row = SessionCount.objects.create(
        session=session, revision=last + 1, why=why[:300], at=at, by_ref=by.ref,
        by_label=by.label, **_counted(session, minutes),
    )  # fmt: skip
    Session.objects.filter(pk=session.pk, state=SessionState.HELD).update(
        named_count=row.named, anonymous_count=row.anonymous, minutes=row.minutes
    )
    return row


@transaction.atomic
def close_session(*, session: int, by: Actor, at: datetime) -> Session:
    """This function will close a session that has begun: its count is frozen.

    Raises: NotAllowed; WrongState before it begins; AlreadyMoved.
    """
    found = own_session(session, by, for_names=True)
    if found.starts_at > at:
        raise WrongState(
            _("Cette séance n’a pas encore commencé."),
            todo=_("Clôturez-la quand elle a eu lieu, ou annulez-la."),
        )
    counted = _counted(found)
    move_session(
        found, "close", named_count=counted["named"], anonymous_count=counted["anonymous"],
        minutes=counted["minutes"],
    )  # fmt: skip
    row = add_count(found, by=by, at=at)
    trace(
        "session.close", by=by, at=at, activity=found.activity, session=found,
        detail={"named": row.named, "anonymous": row.anonymous},
    )  # fmt: skip
    found.refresh_from_db()
    return found
