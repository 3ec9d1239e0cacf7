"""Notes faults in public space, hands them over to who mends them, and says when it is done."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.acts.fieldwork.enums import FaultKind, ObservationState
from beffroi.acts.fieldwork.models import Area, Observation, ObservationMove, Outing
from beffroi.acts.fieldwork.permissions import can_go_out
from beffroi.acts.fieldwork.services.common import (
    LATEST,
    move,
    must_say,
    named,
    own_area,
    refuse,
    spot_of,
    trace,
)
from beffroi.acts.fieldwork.workflow import OBSERVATION_MOVES
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState
from beffroi.core.sending import KEPT, KNOWN, REFUSED


@dataclass(frozen=True)
class SightDraft:
    """A fault as it is sent: what, where, and during which outing if any."""

    mark: UUID
    area: int
    kind: str
    seen_at: datetime
    outing: int | UUID | None = None
    spot: int | None = None
    place: str = ""
    note: str = ""


@transaction.atomic
def observe(*, draft: SightDraft, by: Actor, at: datetime) -> str:
    """This function will note a fault once by its mark; what became of it.

    The same kind of fault at the same spot that is not mended is seen once more, not noted twice.
    Raises: NotAllowed; InvalidInput; WrongState for what was seen long ago.
    """
    area = own_area(draft.area, by)  # held: a second sending waits for the first
    known = Observation.objects.filter(mark=draft.mark).values_list("area_id", flat=True).first()
    again = ObservationMove.objects.filter(mark=draft.mark)
    if known is None:
        known = again.values_list("observation__area_id", flat=True).first()
    if known is not None:
        return KNOWN if known == area.pk else REFUSED
    seen_at = min(draft.seen_at, at)
    if at - seen_at > LATEST:
        raise WrongState(_("Ce constat a plus de quatorze jours : allez voir s’il tient encore."))
    row = _checked(draft, area, seen_at, by)
    same = _same(row)
    if same is not None:
        Observation.objects.filter(pk=same.pk).update(seen=F("seen") + 1)
        _step(same, "seen", same.state, by=by, at=at, note=row.note[:160], mark=draft.mark)
        return KEPT
    row.save(force_insert=True)
    _step(row, "observe", "", by=by, at=at)
    return KEPT


def _checked(draft: SightDraft, area: Area, seen_at: datetime, by: Actor) -> Observation:
    day, wrong = timezone.localdate(seen_at), {}
    if draft.kind not in FaultKind.values:
        wrong["kind"] = _("Choisissez ce qui ne va pas.")
    if draft.spot is None and not draft.place.strip():
        wrong["place"] = _("Dites où : un endroit de la liste, ou quelques mots.")
    refuse(wrong)
    outing = None
    if draft.outing is not None:
        outing = Outing.objects.filter(named(draft.outing), area=area).first()
        if outing is None:
            raise InvalidInput(_("Cette sortie n’est pas de ce secteur."))
    return Observation(
        mark=draft.mark, area=area, outing=outing, kind=draft.kind,
        spot=spot_of(area, draft.spot, day),
        place=draft.place.strip()[:160], note=draft.note.strip()[:300], date=day,
        seen_at=seen_at, by_ref=by.ref, by_label=by.label,
    )  # fmt: skip


def _same(row: Observation) -> Observation | None:
    """What is already noted there and not mended; words are compared without their case."""
    rows = Observation.objects.filter(area=row.area_id, kind=row.kind, spot=row.spot_id)
    rows = rows.exclude(state=ObservationState.MENDED).filter(place__iexact=row.place)
    return None if row.kind == FaultKind.OTHER else rows.first()


def own_observation(pk: int, by: Actor) -> Observation:
    """This function will give a fault of the actor’s team, held. Raises: NotAllowed."""
    rows = Observation.objects.select_for_update(of=("self",), no_key=True).select_related(
        "area__team"
    )
    found = rows.filter(pk=pk).first()
    if found is None or not can_go_out(by, found.area.team.key):
        raise NotAllowed(_("Ce constat n’est pas de votre équipe."))
    return found


def _step(
    row: Observation, key: str, source: str, *, by: Actor, at: datetime, note: str = "",
    mark: UUID | None = None,
) -> None:  # fmt: skip
    ObservationMove.objects.create(
        observation=row, move=key, source=source, target=row.state, note=note, mark=mark, at=at,
        by_ref=by.ref, by_label=by.label,
    )  # fmt: skip
    trace(f"observation.{key}", row, by=by, at=at, team=row.area.team.key)


@transaction.atomic
def send_observation(*, observation: int, to: str, by: Actor, at: datetime) -> Observation:
    """This function will say to whom a fault was handed over. Raises: NotAllowed; InvalidInput;
    AlreadyMoved.
    """
    said = must_say(to, _("Dites à quel service vous le transmettez."), "to")[:120]
    found = own_observation(observation, by)
    source = move(found, OBSERVATION_MOVES, "send", handed_to=said, sent_at=at)
    _step(found, "send", source, by=by, at=at, note=said)
    return found


@transaction.atomic
def mend_observation(*, observation: int, on: date, by: Actor, at: datetime) -> Observation:
    """This function will say on which day a fault was mended. Raises: NotAllowed; InvalidInput;
    AlreadyMoved.
    """
    found = own_observation(observation, by)
    if not found.date <= on <= timezone.localdate(at):
        words = _("Choisissez un jour entre le constat et aujourd’hui.")
        raise InvalidInput(words, fields={"on": words})
    source = move(found, OBSERVATION_MOVES, "mend", mended_on=on)
    _step(found, "mend", source, by=by, at=at)
    return found


@transaction.atomic
def reopen_observation(*, observation: int, by: Actor, at: datetime) -> Observation:
    """This function will say that a fault is not mended after all. Raises: NotAllowed;
    WrongState when the same fault was noted again meanwhile; AlreadyMoved.
    """
    found = own_observation(observation, by)
    if _same(found) is not None:
        raise WrongState(_("Ce défaut est déjà noté de nouveau : suivez ce constat-là."))
    source = move(found, OBSERVATION_MOVES, "reopen", mended_on=None)
    _step(found, "reopen", source, by=by, at=at)
    return found
