"""What this room holds about a person: under which aliases, which nights and days, and exclusions."""

from typing import Any

from django.db.models import Q
from django.utils import timezone

from beffroi.accounts.enums import Role
from beffroi.acts.stays.models import Exclusion, Guest, HealthNote, Stay, Visit
from beffroi.acts.stays.permissions import guests_visible_to
from beffroi.acts.stays.workflow import COUNTS
from beffroi.core.actors import Actor
from beffroi.core.plain import rows
from beffroi.people import queries as people


def export_stays(reference: str, actor: Actor | None = None) -> dict[str, Any]:
    """This function will give how a person is known to the houses, and when she came.

    The privacy officer is given all of it; anybody else what her own teams may still read.
    """
    pk = people.id_of(reference)
    if pk is None or actor is None:
        return {}
    whole = actor.has_role(Role.PRIVACY_OFFICER)
    seen = Guest.objects.all() if whole else guests_visible_to(actor, timezone.localdate())
    known = seen.filter(person__in=people.same_ids(pk))
    hers = Guest.objects.filter(Q(pk__in=known.values("pk")) | Q(joined_to__in=known.values("pk")))
    nights = Stay.objects.filter(guest__in=hers, state__in=COUNTS)
    visits = Visit.objects.filter(guest__in=hers, taken_back_at__isnull=True)
    return {
        "known_as": rows(hers.order_by("pk")),
        "nights": [
            {"house": one.opening.house.name, "night": one.night.isoformat()}
            for one in nights.select_related("opening__house").order_by("night", "pk")
        ],
        "visits": [
            {"house": one.opening.house.name, "date": one.opening.date.isoformat()}
            for one in visits.select_related("opening__house").order_by("opening__date", "pk")
        ],
        "exclusions": rows(Exclusion.objects.filter(guest__in=hers).order_by("pk")),
        "health": rows(HealthNote.objects.filter(guest__in=hers).order_by("pk")),
    }
