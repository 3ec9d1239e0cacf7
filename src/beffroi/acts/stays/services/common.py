"""What every service of this room shares: whose house, which opening, and the trace of an act."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.acts.stays import queries
from beffroi.acts.stays.enums import OpeningState
from beffroi.acts.stays.models import Guest, House, Opening
from beffroi.acts.stays.permissions import can_keep, can_set_up
from beffroi.audit import services as audit
from beffroi.audit.enums import ActKind
from beffroi.core.actors import Actor
from beffroi.core.errors import NotAllowed, WrongState
from beffroi.core.errors import must_say as must_say


class AlreadyClosed(WrongState):
    """The count of this night or day is frozen: it changes only with a reason."""

    def __init__(self) -> None:
        super().__init__(
            _("Ce compte est clos."),
            todo=_("Corrigez-le depuis la page de la nuit ou de la journée, en disant pourquoi."),
        )


def kept_house(pk: int, by: Actor, *, holding: bool = False) -> House:
    """This function will give a house the actor keeps; `holding`, nobody changes its beds meanwhile.

    Raises: NotAllowed.
    """
    rows = (
        House.objects.select_for_update(of=("self",), no_key=True)
        if holding
        else House.objects.all()
    )
    found = rows.select_related("team").filter(pk=pk).first()
    if found is None or not can_keep(by, found):
        raise NotAllowed(_("Cette maison n’est pas tenue par votre équipe."))
    return found


def set_up_house(pk: int, by: Actor) -> House:
    """This function will give a house the actor may change, held. Raises: NotAllowed."""
    rows = House.objects.select_for_update(of=("self",), no_key=True).select_related("team")
    found = rows.filter(pk=pk).first()
    if found is None or not can_set_up(by, found.team.key):
        raise NotAllowed(_("Cette maison n’est pas de votre équipe."))
    return found


def held_opening(house: House, day: date, at: datetime, why: str = "") -> Opening:
    """This function will give the night or day of a house, begun if need be, held until the end.

    Raises: WrongState when the house is not open then, or its time has not come; AlreadyClosed
    when its count is frozen and no reason is given.
    """
    found = (
        Opening.objects.select_for_update(of=("self",), no_key=True)
        .filter(house=house, date=day)
        .first()
    )
    if found is None:
        if day > timezone.localdate(at):
            raise WrongState(_("Cette date n’est pas encore venue."))
        House.objects.select_for_update(no_key=True).get(pk=house.pk)  # no season ends meanwhile
        if not queries.is_open(house.pk, day):
            raise WrongState(
                _("« %(house)s » n’est pas ouverte à cette date.") % {"house": house.name},
                todo=_("Demandez à qui dirige l’équipe d’écrire la période d’ouverture."),
            )
        Opening.objects.get_or_create(house=house, date=day)
        found = Opening.objects.select_for_update(of=("self",), no_key=True).get(
            house=house, date=day
        )
    if found.state == OpeningState.CLOSED and not why.strip():
        raise AlreadyClosed
    found.house = house
    return found


def own_opening(pk: int, by: Actor) -> Opening:
    """This function will give an opening of a house the actor keeps, held. Raises: NotAllowed."""
    rows = Opening.objects.select_for_update(of=("self",), no_key=True).select_related(
        "house__team"
    )
    found = rows.filter(pk=pk).first()
    if found is None or not can_keep(by, found.house):
        raise NotAllowed(_("Cette maison n’est pas tenue par votre équipe."))
    return found


def note_last_date(guests: Mapping[int, date]) -> None:
    """This function will note that these guests were known on these days, if none is later."""
    for guest, day in guests.items():
        rows = Guest.objects.filter(pk=guest)
        rows.filter(Q(last_date__isnull=True) | Q(last_date__lt=day)).update(last_date=day)


def trace(
    verb: str, *, by: Actor, at: datetime, house: House, thing: tuple[str, object] | None = None,
    kind: ActKind = ActKind.WRITE, detail: Mapping[str, Any] | None = None,
) -> None:  # fmt: skip
    """This function will journal an act of a house, in the transaction under way."""
    object_kind, ref = thing or ("stay_house", house.pk)
    audit.record(
        by=by.as_of_team(house.team.key), kind=kind, verb=verb, object_kind=object_kind,
        object_ref=str(ref), at=at, detail=detail,
    )  # fmt: skip
