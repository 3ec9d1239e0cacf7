"""Contradictions that an agent looked at and explained."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.core.actors import Actor
from beffroi.core.errors import WrongState
from beffroi.people.checkers import contradictions
from beffroi.people.models import DismissedContradiction
from beffroi.people.services.common import needed, opened, trace


@transaction.atomic
def explain_contradiction(
    *,
    reference: str,
    key: str,
    why: str,
    by: Actor,
    at: datetime,
    rooms: tuple[str, ...] = ("people",),
) -> None:
    """This function will note why a contradiction is none; it is no longer shown.

    Raises: UnknownPerson; InvalidInput without an explanation; WrongState when it is not there.
    """
    person = opened(reference, by)
    why = needed("why", why, _("Dites ce qui l’explique."))
    if key not in {one.key for one in contradictions(person, timezone.localdate(at), rooms)}:
        raise WrongState(_("Cette contradiction n’est plus là."))
    DismissedContradiction.objects.create(
        person=person, key=key, why=why[:300], at=at, by_label=by.label
    )
    trace(person, "person.contradiction", by=by, at=at, reason=why)
