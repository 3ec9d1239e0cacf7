"""What the agenda holds about a person: her appointments and when she came."""

from typing import Any

from beffroi.acts.agenda.models import Appointment, Arrival
from beffroi.core.actors import Actor
from beffroi.core.plain import rows
from beffroi.people import queries as people


def export_agenda(reference: str, actor: Actor | None = None) -> dict[str, Any]:
    """This function will give appointments and arrivals of a person, merged entries too."""
    pk = people.id_of(reference)
    if pk is None:
        return {}
    ids = people.same_ids(pk)
    return {
        "appointments": rows(
            Appointment.objects.filter(person__in=ids).order_by("starts_at"), "to_prepare"
        ),
        "arrivals": rows(Arrival.objects.filter(person__in=ids).order_by("since_at")),
    }
