"""Social files on the first page: the next legal step of each comes first; what leaders look at."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from beffroi.casework import queries
from beffroi.casework import services as casework
from beffroi.casework.permissions import (
    can_record_decisions,
    file_teams,
    files_recorded_by,
    files_visible_to,
    led_teams,
)
from beffroi.core.actors import Actor
from beffroi.web.desk.files import words
from beffroi.web.desk.files.navigation import counts_of, openings_told

#: Rows of each block: the rest is one click away, in the lists.
MOST = 6


def files_of(request: HttpRequest, now: datetime) -> dict[str, Any] | None:
    """This function will give the block of files of an agent who works on them, each row journalled."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not file_teams(actor):
        return None
    today, visible = timezone.localdate(now), files_visible_to(actor)
    steps = queries.next_steps(visible, int(actor.ref), MOST)
    late = queries.late_elsewhere(visible, int(actor.ref), today, MOST) if led_teams(actor) else []
    casework.read_list(rows=[*steps, *late], name="premiere page", by=actor, at=now)
    kinds = queries.open_kinds([file.pk for file in (*steps, *late)])
    counts = counts_of(request)
    own_late = counts[queries.OWN_LATE]
    return {
        "title": _steps_title(own_late, len(steps)),
        "columns": words.columns()[:4],
        "steps": [_step(file, kinds, today) for file in steps],
        "late_columns": words.columns(),
        "late": [words.row(file, kinds.get(file.pk, []), today) for file in late],
        "late_count": counts[queries.LATE] - own_late if led_teams(actor) else 0,
        "openings": openings_told(request) if led_teams(actor) else 0,
        "free": counts[queries.FREE],
    }


def _steps_title(late: int, steps: int) -> str:
    if late:
        return ngettext(
            "%(n)d de vos dossiers est en retard", "%(n)d de vos dossiers sont en retard", late
        ) % {"n": late}
    return _("Vos prochains pas") if steps else _("Aucun pas légal ne vous attend")


def _step(file: Any, kinds: dict[int, list[str]], today: Any) -> list[Any]:
    return words.row(file, kinds.get(file.pk, []), today)[:4]


def to_record(actor: Actor) -> dict[str, Any] | None:
    """This function will give what an organ voted and nobody recorded yet, for who records it."""
    if not can_record_decisions(actor):
        return None
    waiting = queries.to_record(files_recorded_by(actor))
    if not waiting:
        return None
    return {
        "title": ngettext(
            "%(n)d décision votée reste à acter", "%(n)d décisions votées restent à acter",
            len(waiting),
        ) % {"n": len(waiting)},
        "rows": [
            {
                "reference": one.application.reference,
                "label": words.aid_label(one.application.kind),
                "file": one.application.file.number,
                "outcome": one.get_outcome_display(),
                "amount": words.euros(one.amount) if one.amount is not None else "",
                "url": reverse("desk:decision_record", args=[one.application.reference]),
            }
            for one in waiting
        ],
    }  # fmt: skip
