"""What a phone sends of a night or a day when it finds the network again: each act once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from beffroi.acts.stays import queries
from beffroi.acts.stays.models import House, SentAct, Stay
from beffroi.acts.stays.services import book, days
from beffroi.acts.stays.services.common import held_opening, kept_house, trace
from beffroi.acts.stays.services.nights import Arrival, known_guest, move_stay, take_in
from beffroi.acts.stays.workflow import HOLDS_BED
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, WrongState
from beffroi.core.sending import KEPT, KNOWN, REFUSED, Fate, take_each

#: What was made longer ago is written at the desk, with its reason.
_LATEST = timedelta(hours=36)


@dataclass(frozen=True)
class NightAct:
    """One touch of the page of a house, as its phone kept it."""

    mark: UUID
    house: int
    #: The night or the day that the page showed.
    day: date
    what: str
    made_at: datetime
    guest: UUID | None = None
    #: The mark of a stay: that of the page, or of the arrival which this phone kept.
    stay: UUID | None = None
    bed: int | None = None
    #: How many, for a count; how grave, for an incident.
    number: int = 0
    #: The service that is counted, or the reason of a refusal.
    kind: str = ""
    text: str = ""
    more: str = ""


def send(*, acts: Sequence[NightAct], by: Actor, at: datetime) -> dict[UUID, Fate]:
    """This function will take acts, each in its own transaction, and say what became of each.

    One that cannot be taken is refused alone, in words: the others count.
    """
    return take_each(acts, lambda act: _take_alone(act, by, at))


def _take_alone(act: NightAct, by: Actor, at: datetime) -> str:
    try:
        return _take(act, by, at)
    except IntegrityError:  # its mark stands for something else, in another house perhaps
        raise InvalidInput(_("Cet envoi ne se lit pas.")) from None


@transaction.atomic
def _take(act: NightAct, by: Actor, at: datetime) -> str:
    house, made_at = kept_house(act.house, by), min(act.made_at, at)
    if known := _known(act, house):
        return known
    if act.what not in _ACTS:
        raise InvalidInput(_("Cet envoi ne se lit pas."))
    _must_be_of_its_page(act, house, made_at, at)
    # Held, whatever its state: a second sending waits here for the first.
    opening = held_opening(house, act.day, made_at, why="phone")
    if known := _known(act, house):
        return known
    _ACTS[act.what](act, {"house": house.pk, "day": act.day, "by": by, "at": made_at})
    SentAct.objects.create(
        mark=act.mark, opening=opening, at=made_at, received_at=at, by_ref=by.ref,
        by_label=by.label,
    )  # fmt: skip
    trace(
        "stay.sent", by=by, at=at, house=house, thing=("opening", opening.pk),
        detail={"what": act.what, "minutes_late": int((at - made_at).total_seconds() // 60)},
    )  # fmt: skip
    return KEPT


def _known(act: NightAct, house: House) -> str:
    rows = SentAct.objects.filter(pk=act.mark)
    found = rows.values_list("opening__house_id", flat=True).first()
    if found is None:
        return ""
    return KNOWN if found == house.pk else REFUSED


def _must_be_of_its_page(act: NightAct, house: House, made_at: datetime, at: datetime) -> None:
    if act.day != queries.day_of(house, made_at):
        raise WrongState(
            _("La page montrait une autre nuit ou une autre journée."),
            todo=_("Rouvrez-la avec le réseau, puis notez-le de nouveau."),
        )
    if at - made_at > _LATEST:
        raise WrongState(
            _("Cela s’est passé il y a plus de trente-six heures."),
            todo=_("Corrigez la nuit ou la journée au bureau, en disant pourquoi."),
        )


def _come(act: NightAct, given: dict[str, Any]) -> None:
    """Somebody comes in, to the bed she was told of or to the one that was kept for her.

    Never to another: she may be lying in it.
    """
    try:
        take_in(arrival=Arrival(act.guest, bed=act.bed), mark=act.mark, **given)
    except InvalidInput as refused:
        if "bed" not in refused.fields:
            raise
        raise WrongState(
            str(refused),
            _("Quelqu’un d’autre l’a reçu entre-temps."),
            _("Ouvrez la page de la maison et donnez un autre lit à cette personne."),
        ) from refused


def _move(act: NightAct, given: dict[str, Any]) -> None:
    house = kept_house(act.house, given["by"])
    rows = Stay.objects.filter(opening__house=house, night=act.day, state__in=HOLDS_BED)
    if act.guest is not None:
        rows = rows.filter(guest=known_guest(house, act.guest))
    else:
        named = {act.stay} if act.stay else set()
        rows = rows.filter(mark__in=named, guest__isnull=True)
    found = rows.first()
    if found is None:
        raise WrongState(
            _("Cette personne n’a pas de lit ici cette nuit."),
            todo=_("Rouvrez la page pour voir ce qui a changé."),
        )
    # Two phones may not agree on the hour: nobody leaves before she came.
    moved_at = max(given["at"], found.arrived_at or given["at"])
    move_stay(stay=found.pk, key=act.what, by=given["by"], at=moved_at)


def _visit(act: NightAct, given: dict[str, Any]) -> None:
    days.visit(guest=act.guest, mark=act.mark, **given)


def _unvisit(act: NightAct, given: dict[str, Any]) -> None:
    if act.guest is None or not days.take_back_visit(guest=act.guest, **given):
        raise WrongState(_("Ce passage n’est pas noté : rien n’est repris."))


def _count(act: NightAct, given: dict[str, Any]) -> None:
    days.visit_unnamed(count=act.number, mark=act.mark, **given)


def _serve(act: NightAct, given: dict[str, Any]) -> None:
    days.serve(service=act.kind, delta=act.number, mark=act.mark, **given)


def _refuse(act: NightAct, given: dict[str, Any]) -> None:
    days.refuse(reason=act.kind, referred_to=act.text, mark=act.mark, **given)


def _hand_over(act: NightAct, given: dict[str, Any]) -> None:
    book.hand_over(text=act.text, **given)


def _incident(act: NightAct, given: dict[str, Any]) -> None:
    book.note_incident(severity=act.number, told=act.text, done=act.more, **given)


_ACTS: dict[str, Callable[[NightAct, dict[str, Any]], None]] = {
    "come": _come, "arrive": _move, "leave": _move, "come_back": _move, "visit": _visit,
    "unvisit": _unvisit, "count": _count, "serve": _serve, "refuse": _refuse,
    "handover": _hand_over, "incident": _incident,
}  # fmt: skip
