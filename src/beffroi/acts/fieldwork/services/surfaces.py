"""Cleans surfaces: asked or seen, with the consent of a private owner, measured when done."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.acts.fieldwork.enums import (
    Method,
    OutingKind,
    Owner,
    OwnerConsent,
    Source,
    SurfaceState,
)
from beffroi.acts.fieldwork.models import Observation, Surface, SurfaceMove
from beffroi.acts.fieldwork.models.surfaces import MOST_M2
from beffroi.acts.fieldwork.permissions import can_go_out
from beffroi.acts.fieldwork.services.common import (
    move,
    must_say,
    own_area,
    refuse,
    trace,
)
from beffroi.acts.fieldwork.workflow import SURFACE_MOVES
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState

_CENT = Decimal("0.01")


@dataclass(frozen=True)
class SurfaceDraft:
    """A surface to clean, as it is asked or seen."""

    mark: UUID
    area: int
    address: str
    owner: str
    asked_on: date
    source: str = Source.REQUEST
    what: str = ""
    is_urgent: bool = False
    request_ref: str = ""
    observation: int | None = None


@dataclass(frozen=True)
class Work:
    """What was done: on which day, how, and how many square metres, to the hundredth."""

    done_on: date
    method: str
    square_metres: Decimal


def _checked(draft: SurfaceDraft, today: date) -> None:
    wrong = {}
    if not draft.address.strip():
        wrong["address"] = _("Écrivez l’adresse.")
    if draft.owner not in Owner.values:
        wrong["owner"] = _("Dites si le mur est public ou privé.")
    if draft.source not in Source.values:
        wrong["source"] = _("Dites d’où vient cette intervention.")
    if draft.asked_on > today:
        wrong["asked_on"] = _("Ce jour n’est pas encore venu.")
    refuse(wrong)


@transaction.atomic
def ask_surface(*, draft: SurfaceDraft, by: Actor, at: datetime) -> Surface:
    """This function will note a surface to clean; the same one for a mark that is known.

    Raises: NotAllowed; InvalidInput.
    """
    area = own_area(draft.area, by)
    if known := Surface.objects.filter(mark=draft.mark, area=area).first():
        return known
    if area.kind != OutingKind.SURFACES:
        words = _("Choisissez un secteur de nettoyage.")
        raise InvalidInput(words, fields={"area": words})
    _checked(draft, timezone.localdate(at))
    seen = None
    if draft.observation is not None:
        seen = Observation.objects.filter(pk=draft.observation).select_related("area__team").first()
        if seen is None or not can_go_out(by, seen.area.team.key):
            raise NotAllowed(_("Ce constat n’est pas de votre équipe."))
    is_private = draft.owner == Owner.PRIVATE
    made = Surface.objects.create(
        mark=draft.mark, area=area, source=draft.source, request_ref=draft.request_ref.strip()[:20],
        observation=seen, address=draft.address.strip()[:160], what=draft.what.strip()[:200],
        is_urgent=draft.is_urgent, owner=draft.owner, asked_on=draft.asked_on,
        consent=OwnerConsent.ASKED if is_private else OwnerConsent.NOT_NEEDED,
        state=SurfaceState.ASKED, by_ref=by.ref, by_label=by.label,
    )  # fmt: skip
    _step(made, "ask", "", by, at)
    return made


def own_surface(pk: int, by: Actor) -> Surface:
    """This function will give a surface of the actor’s team, held. Raises: NotAllowed."""
    rows = Surface.objects.select_for_update(of=("self",), no_key=True).select_related("area__team")
    found = rows.filter(pk=pk).first()
    if found is None or not can_go_out(by, found.area.team.key):
        raise NotAllowed(_("Cette surface n’est pas de votre équipe."))
    return found


def _step(row: Surface, key: str, source: str, by: Actor, at: datetime, note: str = "") -> None:
    SurfaceMove.objects.create(
        surface=row, move=key, source=source, target=row.state, note=note[:200], at=at,
        by_ref=by.ref, by_label=by.label,
    )  # fmt: skip
    trace(f"surface.{key}", row, by=by, at=at, team=row.area.team.key)


@transaction.atomic
def settle_consent(
    *, surface: int, is_given: bool, who: str, on: date, by: Actor, at: datetime, proof: str = ""
) -> Surface:
    """This function will say what the owner of a private wall answered, who, when, and where the
    writing is kept. Raises: NotAllowed; InvalidInput; WrongState for a public wall, or one done.
    """
    found = own_surface(surface, by)
    if found.owner == Owner.PUBLIC or found.state != SurfaceState.ASKED:
        raise WrongState(_("Aucun accord n’est à noter ici."))
    said = must_say(who, _("Écrivez qui a répondu : propriétaire, syndic."), "who")
    if on > timezone.localdate(at):
        words = _("Ce jour n’est pas encore venu.")
        raise InvalidInput(words, fields={"on": words})
    if is_given:
        proof = must_say(proof, _("Dites où se trouve l’accord écrit."), "proof")
    Surface.objects.filter(pk=found.pk).update(
        consent=OwnerConsent.GIVEN if is_given else OwnerConsent.REFUSED, consent_by=said[:120],
        consent_on=on, consent_proof=proof.strip()[:120],
    )  # fmt: skip
    found.refresh_from_db()
    _step(found, "consent", found.state, by, at, str(found.get_consent_display()))
    return found


@transaction.atomic
def finish_surface(*, surface: int, work: Work, by: Actor, at: datetime) -> Surface:
    """This function will say that a surface was cleaned, how, and how much of it.

    Raises: NotAllowed; WrongState without the consent of a private owner; InvalidInput;
    AlreadyMoved.
    """
    found, today = own_surface(surface, by), timezone.localdate(at)
    if found.owner == Owner.PRIVATE and found.consent != OwnerConsent.GIVEN:
        raise WrongState(
            _("Ce mur est privé et son propriétaire n’a pas donné son accord."),
            todo=_("Notez d’abord l’accord : qui, quand, et où se trouve l’écrit."),
        )
    metres, wrong = work.square_metres.quantize(_CENT), {}
    if not 0 < metres <= MOST_M2:
        wrong["square_metres"] = _("Comptez plus de zéro et 2 000 m² au plus.")
    if work.method not in Method.values:
        wrong["method"] = _("Choisissez la technique.")
    if not found.asked_on <= work.done_on <= today:
        wrong["done_on"] = _("Choisissez un jour entre la demande et aujourd’hui.")
    refuse(wrong)
    source = move(
        found, SURFACE_MOVES, "finish", done_on=work.done_on, method=work.method,
        square_metres=metres,
    )  # fmt: skip
    _step(found, "finish", source, by, at)
    return found


@transaction.atomic
def correct_surface(
    *, surface: int, square_metres: Decimal, why: str, by: Actor, at: datetime
) -> Surface:
    """This function will correct the square metres of a surface that was done, with the reason.

    Raises: NotAllowed; InvalidInput; WrongState when it is not done.
    """
    said, found = must_say(why, _("Dites pourquoi la mesure change.")), own_surface(surface, by)
    metres = square_metres.quantize(_CENT)
    if not 0 < metres <= MOST_M2:
        words = _("Comptez plus de zéro et 2 000 m² au plus.")
        raise InvalidInput(words, fields={"square_metres": words})
    rows = Surface.objects.filter(pk=found.pk, state=SurfaceState.DONE)
    was = found.square_metres
    if not rows.update(square_metres=metres):
        raise WrongState(_("Cette surface n’est pas faite."))
    found.refresh_from_db()
    _step(found, "correct", found.state, by, at, f"{was} → {metres} m² : {said}")
    return found


@transaction.atomic
def drop_surface(*, surface: int, why: str, by: Actor, at: datetime) -> Surface:
    """This function will give a surface up, with the reason. Raises: NotAllowed; InvalidInput;
    AlreadyMoved.
    """
    said, found = must_say(why, _("Dites pourquoi vous l’abandonnez.")), own_surface(surface, by)
    source = move(found, SURFACE_MOVES, "drop")
    _step(found, "drop", source, by, at, said)
    return found


@transaction.atomic
def resume_surface(*, surface: int, by: Actor, at: datetime) -> Surface:
    """This function will take up again a surface that was given up. Raises: NotAllowed;
    AlreadyMoved.
    """
    found = own_surface(surface, by)
    source = move(found, SURFACE_MOVES, "resume")
    _step(found, "resume", source, by, at)
    return found
