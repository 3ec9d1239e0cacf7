"""Sets areas up: where a team goes out, to what that counts, the spots and kits it names."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.accounts import queries as accounts
from beffroi.acts.fieldwork.enums import OutingKind
from beffroi.acts.fieldwork.models import Area, KitKind, Spot
from beffroi.acts.fieldwork.permissions import can_set_up
from beffroi.acts.fieldwork.services.common import must_say, own_area, refuse, trace
from beffroi.core.actors import Actor
from beffroi.core.counting import count_to
from beffroi.core.errors import InvalidInput, NotAllowed


@dataclass(frozen=True)
class AreaDraft:
    """What an area is, as it is written or changed."""

    name: str
    kind: str
    since: date
    until: date | None = None
    #: Lines of the plan and actions of the catalogue, as their numbers are written there.
    lines: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()


def _check(draft: AreaDraft) -> None:
    wrong = {}
    if not draft.name.strip():
        wrong["name"] = _("Donnez un nom au secteur.")
    if draft.kind not in OutingKind.values:
        wrong["kind"] = _("Choisissez le genre de travail.")
    if draft.until and draft.until < draft.since:
        wrong["until"] = _("La fin vient avant le début.")
    refuse(wrong)


def _once(field: str, words: str) -> InvalidInput:
    return InvalidInput(words, fields={field: words})


@transaction.atomic
def create_area(*, draft: AreaDraft, team: str, by: Actor, at: datetime) -> Area:
    """This function will write an area of a team and say to what it counts.

    Raises: NotAllowed; InvalidInput.
    """
    if not can_set_up(by, team):
        raise NotAllowed(_("Vous n’organisez pas le terrain de cette équipe."))
    row = accounts.team_by_key(team)
    if row is None:
        raise _once("team", _("Choisissez l’équipe."))
    _check(draft)
    try:
        with transaction.atomic():
            made = Area.objects.create(
                name=draft.name.strip()[:80], team=row, kind=draft.kind, since_date=draft.since,
                until_date=draft.until,
            )  # fmt: skip
    except IntegrityError as error:
        raise _once("name", _("Cette équipe a déjà un secteur de ce nom.")) from error
    count_to(made.keys, lines=draft.lines, actions=draft.actions, since=draft.since)
    trace("area.create", made, by=by, at=at, team=team)
    return made


@transaction.atomic
def change_area(*, area: int, draft: AreaDraft, by: Actor, at: datetime) -> Area:
    """This function will change an area; its kind stays once somebody went out there.

    What it counts to changes from today on: what was counted before stays where it was.
    Raises: NotAllowed; InvalidInput.
    """
    found = own_area(area, by, to_set_up=True)
    _check(draft)
    if draft.kind != found.kind and found.outings.exists():
        raise _once("kind", _("Des sorties comptent déjà sous ce genre : ouvrez un autre secteur."))
    try:
        with transaction.atomic():
            Area.objects.filter(pk=found.pk).update(
                name=draft.name.strip()[:80], kind=draft.kind, since_date=draft.since,
                until_date=draft.until,
            )  # fmt: skip
    except IntegrityError as error:
        raise _once("name", _("Cette équipe a déjà un secteur de ce nom.")) from error
    found.refresh_from_db()
    count_to(found.keys, lines=draft.lines, actions=draft.actions, since=timezone.localdate(at))
    trace("area.change", found, by=by, at=at, team=found.team.key)
    return found


@transaction.atomic
def add_spot(
    *, area: int, name: str, by: Actor, at: datetime, latitude: Decimal | None = None,
    longitude: Decimal | None = None,
) -> Spot:  # fmt: skip
    """This function will name a spot of an area; on the map, its degrees to a hundred metres.

    Raises: NotAllowed; InvalidInput.
    """
    found = own_area(area, by, to_set_up=True)
    said = must_say(name, _("Donnez un nom à l’endroit."), "name")
    if (latitude is None) != (longitude is None):
        raise _once("longitude", _("Donnez la latitude et la longitude, ou aucune des deux."))
    if latitude is not None and longitude is not None:
        latitude, longitude = (one.quantize(Decimal("0.001")) for one in (latitude, longitude))
        if abs(latitude) > 90 or abs(longitude) > 180:
            raise _once("latitude", _("Cet endroit n’est pas sur la Terre."))
    try:
        with transaction.atomic():
            made = Spot.objects.create(
                area=found, name=said[:60], latitude=latitude, longitude=longitude
            )
    except IntegrityError as error:
        raise _once("name", _("Ce secteur a déjà un endroit de ce nom.")) from error
    trace("area.add_spot", found, by=by, at=at, team=found.team.key, detail={"spot": made.pk})
    return made


@transaction.atomic
def end_spot(*, spot: int, by: Actor, at: datetime) -> None:
    """This function will take a spot off the phones from today on. Raises: NotAllowed."""
    row = Spot.objects.filter(pk=spot).first()
    if row is None:
        raise NotAllowed(_("Cet endroit n’existe plus."))
    found = own_area(row.area_id, by, to_set_up=True)
    Spot.objects.filter(pk=row.pk).update(until_date=timezone.localdate(at) - timedelta(days=1))
    trace("area.end_spot", found, by=by, at=at, team=found.team.key, detail={"spot": row.pk})


@transaction.atomic
def add_kit_kind(*, team: str, name: str, needles: int, by: Actor, at: datetime) -> KitKind:
    """This function will name something a team hands over; `needles` is how many one of it holds.

    Raises: NotAllowed; InvalidInput.
    """
    row = accounts.team_by_key(team)
    if row is None or not can_set_up(by, team):
        raise NotAllowed(_("Vous n’organisez pas le terrain de cette équipe."))
    said = must_say(name, _("Donnez un nom au matériel."), "name")
    if not 0 <= needles <= 100:
        raise _once("needles", _("Comptez de 0 à 100 seringues par exemplaire."))
    try:
        with transaction.atomic():
            made = KitKind.objects.create(team=row, name=said[:80], needles=needles)
    except IntegrityError as error:
        raise _once("name", _("Cette équipe a déjà un matériel de ce nom.")) from error
    trace("kit_kind.add", made, by=by, at=at, team=team)
    return made


@transaction.atomic
def end_kit_kind(*, kit: int, by: Actor, at: datetime) -> None:
    """This function will take something off the phones from today on. Raises: NotAllowed."""
    row = KitKind.objects.select_related("team").filter(pk=kit).first()
    if row is None or not can_set_up(by, row.team.key):
        raise NotAllowed(_("Ce matériel n’est pas de votre équipe."))
    KitKind.objects.filter(pk=row.pk).update(until_date=timezone.localdate(at) - timedelta(days=1))
    trace("kit_kind.end", row, by=by, at=at, team=row.team.key)


def crew_of(team: str, agents: Sequence[int], by: Actor, day: date) -> list[int]:
    """This function will give the agents of an outing, who records it included.

    Raises: InvalidInput for somebody who is not of the team.
    """
    known = set(accounts.agents_of([team], day).values_list("pk", flat=True))
    wanted = set(agents)
    if by.ref.isdigit() and int(by.ref) in known:
        wanted.add(int(by.ref))
    if not wanted <= known:
        words = _("Choisissez des collègues de cette équipe.")
        raise InvalidInput(words, fields={"crew": words})
    return sorted(wanted)
