"""The appointments of a request, for whom has it in her hands."""

from typing import Any

from beffroi.acts.agenda import permissions, queries
from beffroi.core.actors import Actor
from beffroi.web.desk.agenda import words


def meetings_of(subject_ref: str, actor: Actor) -> list[dict[str, Any]]:
    """This function will give the appointments of a request that the actor is reading.

    The link is there where the agenda itself is hers to see.
    """
    overseen = permissions.overseen_teams(actor)
    return [
        {
            "when": f"{words.day(row.starts_at)}, {words.hour(row.starts_at)}",
            "state": row.get_state_display(), "tone": words.tone(row.state),
            "worker": str(row.worker), "where": row.location,
            "url": words.url(row.reference)
            if str(row.worker_id) == actor.ref or row.team.key in overseen else "",
        }
        for row in queries.about_subject(subject_ref)
    ]  # fmt: skip
