"""What the agenda holds about a person: her appointments and when she came."""

from typing import Any

from beffroi.accounts.enums import Role
from beffroi.acts.agenda.models import Appointment, Arrival
from beffroi.acts.agenda.permissions import appointments_visible_to, arrivals_visible_to
from beffroi.core.actors import Actor
from beffroi.core.plain import rows
from beffroi.people import queries as people


def export_agenda(reference: str, actor: Actor | None = None) -> dict[str, Any]:
    """This function will give appointments and arrivals of a person, merged entries too.

    The privacy officer is given all of them; anybody else those of the agenda she sees.
    """
    pk = people.id_of(reference)
    if pk is None or actor is None:
        return {}
    whole = actor.has_role(Role.PRIVACY_OFFICER)
    met = Appointment.objects.all() if whole else appointments_visible_to(actor)
    came = Arrival.objects.all() if whole else arrivals_visible_to(actor)
    ids = people.same_ids(pk)
    return {
        "appointments": rows(met.filter(person__in=ids).order_by("starts_at"), "to_prepare"),
        "arrivals": rows(came.filter(person__in=ids).order_by("since_at")),
    }
