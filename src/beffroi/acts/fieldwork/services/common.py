"""What every service of this room shares: whose area, whose outing, and the trace of an act."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Model, Q
from django.utils.translation import gettext as _

from beffroi.acts.fieldwork.models import Area, Outing, Spot
from beffroi.acts.fieldwork.permissions import can_go_out, can_set_up
from beffroi.acts.fieldwork.workflow import Move
from beffroi.audit import services as audit
from beffroi.audit.enums import ActKind
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState
from beffroi.core.errors import must_say as must_say

#: What a phone noted longer ago is written at the desk: its clock may be years behind.
LATEST = timedelta(days=14)


class AlreadyMoved(WrongState):
    """Somebody else was quicker, or the thing never was where this act starts."""

    def __init__(self, label: str, state: str) -> None:
        super().__init__(
            _("« %(act)s » n’est plus possible ici.") % {"act": label},
            _("L’état est maintenant : %(state)s.") % {"state": state.lower()},
            _("Rouvrez la page pour voir ce qui a changé."),
        )


def own_area(pk: int, by: Actor, *, to_set_up: bool = False) -> Area:
    """This function will give an area for which the actor goes out, held; or may set up.

    Raises: NotAllowed.
    """
    rows = Area.objects.select_for_update(of=("self",), no_key=True).select_related("team")
    found = rows.filter(pk=pk).first()
    may = can_set_up if to_set_up else can_go_out
    if found is None or not may(by, found.team.key):
        raise NotAllowed(_("Ce secteur n’est pas de votre équipe."))
    return found


def named(outing: int | UUID) -> Q:
    """This function will give the condition of an outing by its number, or by its mark."""
    return Q(mark=outing) if isinstance(outing, UUID) else Q(pk=outing)


def own_outing(outing: int | UUID, by: Actor) -> Outing:
    """This function will give an outing of the actor’s team, held. Raises: NotAllowed."""
    rows = Outing.objects.select_for_update(of=("self",), no_key=True).select_related("area__team")
    found = rows.filter(named(outing)).first()
    if found is None or not can_go_out(by, found.area.team.key):
        raise NotAllowed(_("Cette sortie n’est pas de votre équipe."))
    return found


def spot_of(
    area: Area, pk: int | None, day: date, spots: Mapping[int, Spot] | None = None
) -> Spot | None:
    """This function will give a spot of an area that is still named, or none when none is asked.

    `spots` are those of the area when they are read already. Raises: InvalidInput for a spot of another area.
    """
    if pk is None:
        return None
    mine = Spot.objects.filter(pk=pk, area=area)
    found = mine.first() if spots is None else spots.get(pk)
    if found is None or (found.until_date and found.until_date < day):
        words = _("Choisissez un endroit de ce secteur, ou écrivez-le.")
        raise InvalidInput(words, fields={"spot": words})
    return found


def move(row: Any, table: Mapping[str, Move], key: str, **changes: Any) -> str:
    """This function will make the move `key` of a row that was held; its state before.

    Raises: AlreadyMoved.
    """
    step, source, model = table[key], row.state, type(row)
    rows = model.objects.filter(pk=row.pk, state=source)
    if source not in step.sources or not rows.update(state=step.target, **changes):
        row.refresh_from_db(fields=["state"])
        raise AlreadyMoved(str(step.label), str(row.get_state_display()))
    row.refresh_from_db()
    return str(source)


def refuse(wrong: Mapping[str, str]) -> None:
    """This function will refuse what was given, with words for each field; nothing for nothing.

    Raises: InvalidInput.
    """
    if wrong:
        raise InvalidInput(" ".join(wrong.values()), fields=wrong)


def trace(
    verb: str, row: Model, *, by: Actor, at: datetime, team: str,
    detail: Mapping[str, Any] | None = None, kind: ActKind = ActKind.WRITE,
) -> None:  # fmt: skip
    """This function will journal an act on a row of this room, in the transaction under way."""
    audit.record(
        by=by.as_of_team(team), kind=kind, verb=verb, object_kind=row._meta.model_name or "",
        object_ref=str(row.pk), at=at, detail=detail,
    )  # fmt: skip
