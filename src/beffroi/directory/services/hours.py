"""Weekly hours, entered as one grid and kept as one fact for each rule."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput
from beffroi.directory.enums import FactKind, FactState
from beffroi.directory.models import Fact, Place, Service
from beffroi.directory.services.facts import Provenance, give_way, not_at_stake, state_fact
from beffroi.directory.services.writing import require_editor
from beffroi.directory.weekly import Slot, rules_of


@transaction.atomic
def state_weekly_hours(
    *,
    about: Service | Place,
    slots: Sequence[Slot],
    provenance: Provenance,
    by: Actor,
    at: datetime,
    note: str = "",
    state: FactState = FactState.STATED,
) -> list[Fact]:
    """This function will enter the hours of a week; those in force end the day before.

    Raises: NotAllowed; InvalidInput when the grid is empty or crosses itself; WrongState
    when hours in force are at stake in an open contradiction.
    """
    require_editor(by)
    rules = rules_of(slots)
    if not rules and not note.strip():
        raise InvalidInput(
            "Aucune heure n’est notée.", {"grid": "Notez au moins un jour, ou une remarque."}
        )
    begins = provenance.valid_from_date or timezone.localdate(at)
    for old in _in_force(about, begins):
        not_at_stake(old)
        give_way(old=old, begins=begins, by=by, at=at)
    stated = Provenance(
        source=provenance.source, as_of_date=provenance.as_of_date,
        as_of_note=provenance.as_of_note, valid_from_date=begins,
        valid_until_date=provenance.valid_until_date, review_date=provenance.review_date,
    )  # fmt: skip
    said = [(rule.text(), rule.value()) for rule in rules]
    if note.strip():
        said.append((note, {"notes": " ".join(note.split())}))
    return [
        state_fact(
            about=about, kind=FactKind.HOURS, text=text, value=value, provenance=stated,
            by=by, at=at, state=state,
        )
        for text, value in said
    ]  # fmt: skip


def _in_force(about: Service | Place, begins: object) -> list[Fact]:
    facts = about.facts.filter(kind=FactKind.HOURS).exclude(state=FactState.REJECTED)
    return list(
        facts.exclude(valid_until_date__lt=begins).select_related("contradiction", "source")
    )
