"""The book of the night: incidents, words to the next team, and health apart and for a short time."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from beffroi.acts.stays.enums import Severity
from beffroi.acts.stays.models import Handover, HealthNote, Incident, Opening
from beffroi.acts.stays.services.common import held_opening, kept_house, must_say, trace
from beffroi.acts.stays.services.nights import known_guest
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput

#: A note of health is kept for some days, a month at most.
MOST_DAYS = 30


def _opening(house: int, day: date, by: Actor, at: datetime) -> Opening:
    """Writing in the book changes no count: a closed night takes it too."""
    return held_opening(kept_house(house, by), day, at, why="book")


@transaction.atomic
def note_incident(
    *, house: int, day: date, severity: int, told: str, by: Actor, at: datetime, done: str = ""
) -> Incident:
    """This function will write an incident in the book. Raises: NotAllowed; InvalidInput."""
    opening = _opening(house, day, by, at)
    if severity not in Severity.values:
        raise InvalidInput(_("Choisissez une gravité."), fields={"severity": _("Choisissez.")})
    said = must_say(told, _("Dites ce qui s’est passé, sans parler de santé."), "told")
    made = Incident.objects.create(
        opening=opening, severity=severity, told=said[:4000], done=done.strip()[:300], at=at,
        by_ref=by.ref, by_label=by.label,
    )  # fmt: skip
    trace("stay.incident", by=by, at=at, house=opening.house, thing=("opening", opening.pk),
          detail={"severity": severity})  # fmt: skip
    return made


@transaction.atomic
def hand_over(*, house: int, day: date, text: str, by: Actor, at: datetime) -> Handover:
    """This function will leave a word to the next team. Raises: NotAllowed; InvalidInput."""
    opening = _opening(house, day, by, at)
    said = must_say(text, _("Écrivez ce que l’équipe suivante doit savoir."), "text")
    made = Handover.objects.create(
        opening=opening, text=said[:4000], at=at, by_ref=by.ref, by_label=by.label
    )
    trace("stay.hand_over", by=by, at=at, house=opening.house, thing=("opening", opening.pk))
    return made


@transaction.atomic
def note_health(
    *, house: int, day: date, guest: UUID, text: str, days: int, by: Actor, at: datetime
) -> HealthNote:
    """This function will note what a team must know of a guest’s health, for so many days.

    Raises: NotAllowed; InvalidInput.
    """
    opening = _opening(house, day, by, at)
    who = known_guest(opening.house, guest)
    said = must_say(text, _("Écrivez ce qu’il faut savoir, en peu de mots."), "text")
    if not 1 <= days <= MOST_DAYS:
        words = _("Gardez cette note de 1 à %(most)d jours.") % {"most": MOST_DAYS}
        raise InvalidInput(words, fields={"days": words})
    made = HealthNote.objects.create(
        opening=opening, guest=who, text=said[:300], erase_on=day + timedelta(days=days), at=at,
        by_ref=by.ref, by_label=by.label,
    )  # fmt: skip
    trace("stay.note_health", by=by, at=at, house=opening.house, thing=("guest", who.pk))
    return made
