"""The appointments of the teams somebody leads, handed out as a list: it leaves its row."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from beffroi.acts.agenda import queries
from beffroi.acts.agenda.models import Appointment
from beffroi.acts.agenda.permissions import appointments_visible_to, led_teams
from beffroi.audit import services as audit
from beffroi.audit.enums import ActKind
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, NotAllowed

MOST_DAYS = 366
#: No agenda is older, and none is written so far ahead.
OLDEST, FARTHEST = date(1900, 1, 1), date(2200, 1, 1)


@transaction.atomic
def extract_appointments(*, first: date, last: date, by: Actor, at: datetime) -> list[Appointment]:
    """This function will give the appointments of the teams the actor leads, between two days.

    Those she may not see are not among them. Raises: NotAllowed; InvalidInput over a year.
    """
    teams = led_teams(by)
    if not teams:
        raise NotAllowed(_("L’extrait de l’agenda est donné à qui dirige l’équipe."))
    days = (last - first).days + 1
    if not 0 < days <= MOST_DAYS or not OLDEST <= first <= last < FARTHEST:
        raise InvalidInput(_("Choisissez une période d’un an au plus, dans l’ordre."))
    mine = appointments_visible_to(by).filter(team__key__in=teams)
    rows = list(queries.on_day(mine, first, days).order_by("starts_at", "pk"))
    audit.record(
        by=by, kind=ActKind.EXPORT, verb="agenda.export", object_kind="agenda_list",
        object_ref=f"{first:%Y-%m-%d}/{last:%Y-%m-%d}", at=at,
        detail={"references": sorted({row.about for row in rows})},
    )  # fmt: skip
    return rows
