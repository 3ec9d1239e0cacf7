"""The agenda on the first page: who waits for the agent, whom she sees today, what is to mend."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.acts.agenda import permissions, queries
from beffroi.acts.agenda import services as agenda
from beffroi.core.actors import Actor
from beffroi.web.desk.agenda import words


def today_of(actor: Actor, now: datetime) -> dict[str, Any]:
    """This function will give the blocks of the agenda, each reading journalled once."""
    day, me = timezone.localdate(now), int(actor.ref)
    visible = permissions.appointments_visible_to(actor)
    waiting = agenda.read_arrivals(
        rows=queries.waiting_for(me, day), name="qui attend", by=actor, at=now
    )
    rows = queries.mine_today(visible, me, day, now)
    mine = agenda.read_appointments(rows=rows, name="rendez-vous du jour", by=actor, at=now)
    return {
        "waiting": [
            {
                "pk": row.pk, "ticket": row.ticket, "who": words.who(row),
                "waited": words.waited(row.since_at, now), "state": row.state,
                "tone": words.tone(row.state), "said": row.get_state_display(),
                "interpreter": row.interpreter, "priority_reason": row.priority_reason,
            }
            for row in waiting
        ],
        "meetings": [_meeting(row, now) for row in mine if timezone.localdate(row.starts_at) == day],
        "to_mend": [_mend(row) for row in mine if timezone.localdate(row.starts_at) != day
                    or row.state == "missed"],
    }  # fmt: skip


def _meeting(row: Any, now: datetime) -> dict[str, Any]:
    return {
        "url": words.url(row.reference), "who": words.who(row),
        "hours": words.span(row.starts_at, row.ends_at), "is_past": row.ends_at <= now,
        "where": row.room.name if row.room else row.where, "tone": words.tone(row.state),
        "state": row.get_state_display(), "purpose": row.get_purpose_display(),
        "to_prepare": row.to_prepare, "interpreter": row.interpreter,
    }  # fmt: skip


def _mend(row: Any) -> dict[str, str]:
    if row.state == "missed":
        what = str(row.get_next_step_display())
    else:
        what = _("A-t-il eu lieu ? Dites-le.")
    return {"url": words.url(row.reference), "who": words.who(row), "what": what, "day": words.day(row.starts_at)}  # fmt: skip
