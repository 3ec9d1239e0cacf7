"""What this room holds about a person: under which names teams know her, and when she came."""

from typing import Any

from beffroi.accounts.enums import Role
from beffroi.acts.activities.models import Attendance, Participant
from beffroi.acts.activities.permissions import participants_visible_to
from beffroi.core.actors import Actor
from beffroi.core.plain import rows
from beffroi.people import queries as people


def export_activities(reference: str, actor: Actor | None = None) -> dict[str, Any]:
    """This function will give how a person is known and her presences, merged entries too.

    The privacy officer is given all of them; anybody else those of her own teams.
    """
    pk = people.id_of(reference)
    if pk is None or actor is None:
        return {}
    whole = actor.has_role(Role.PRIVACY_OFFICER)
    seen = Participant.objects.all() if whole else participants_visible_to(actor)
    known = seen.filter(person__in=people.same_ids(pk))
    came = Attendance.objects.filter(participant__in=known).select_related("session__activity")
    return {
        "known_as": rows(known.order_by("pk")),
        "presences": [
            {"activity": row.session.activity.name, "date": row.session.date.isoformat(),
             "state": row.state}
            for row in came.order_by("session__date", "pk")
        ],
    }  # fmt: skip
