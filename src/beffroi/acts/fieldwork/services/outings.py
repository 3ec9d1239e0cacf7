"""Goes out and comes back: an outing begins once, ends once, and is corrected with a reason."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.acts.fieldwork.enums import OutingState
from beffroi.acts.fieldwork.models import CrewMember, Outing, OutingMove
from beffroi.acts.fieldwork.services.common import move, must_say, own_area, own_outing, trace
from beffroi.acts.fieldwork.services.settings import crew_of
from beffroi.acts.fieldwork.workflow import OUTING_MOVES
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, WrongState

#: Nobody stays out longer in one go.
LONGEST = timedelta(hours=16)


def minutes_between(starts_at: datetime, ends_at: datetime) -> int:
    """This function will give how long an outing lasts, in whole minutes, one at least.

    Raises: InvalidInput when it ends before it begins, or lasts more than sixteen hours.
    """
    if ends_at <= starts_at:
        words = _("La fin vient avant le début.")
        raise InvalidInput(words, fields={"ends_at": words})
    if ends_at - starts_at > LONGEST:
        words = _("Une sortie dure seize heures au plus : dites quand elle a pris fin.")
        raise InvalidInput(words, fields={"ends_at": words})
    return max(1, int((ends_at - starts_at).total_seconds() // 60))


@transaction.atomic
def start_outing(
    *, mark: UUID, area: int, by: Actor, at: datetime, crew: Sequence[int] = ()
) -> Outing:
    """This function will begin an outing now, with these colleagues; the same one for a mark known.

    Raises: NotAllowed; InvalidInput; WrongState when one of them is out already.
    """
    held, day = own_area(area, by), timezone.localdate(at)
    if known := Outing.objects.filter(mark=mark, area=held).first():
        return known
    if held.until_date and held.until_date < day:
        raise WrongState(_("Ce secteur a pris fin : choisissez-en un autre."))
    agents = crew_of(held.team.key, crew, by, day)
    made = Outing.objects.create(
        mark=mark, area=held, date=day, starts_at=at, by_ref=by.ref, by_label=by.label
    )
    try:
        with transaction.atomic():
            CrewMember.objects.bulk_create(CrewMember(outing=made, agent_id=pk) for pk in agents)
    except IntegrityError as error:
        raise WrongState(
            _("Vous, ou quelqu’un qui vient avec vous, êtes déjà dans une sortie en cours."),
            todo=_("Rentrez d’abord de cette sortie."),
        ) from error
    trace("outing.start", made, by=by, at=at, team=held.team.key)
    return made


@transaction.atomic
def close_outing(
    *, outing: int, by: Actor, at: datetime, ends_at: datetime | None = None, note: str = ""
) -> Outing:
    """This function will end an outing, now unless it is said when. Raises: NotAllowed;
    InvalidInput; AlreadyMoved.
    """
    found = own_outing(outing, by)
    ends = min(ends_at or at, at)
    minutes = minutes_between(found.starts_at, ends)
    move(found, OUTING_MOVES, "close", ends_at=ends, minutes=minutes, note=note.strip()[:500])
    CrewMember.objects.filter(outing=found).update(is_out=False)
    _row(found, "close", "", by, at)
    return found


def _row(outing: Outing, key: str, why: str, by: Actor, at: datetime) -> None:
    OutingMove.objects.create(
        outing=outing, move=key, why=why[:200], at=at, by_ref=by.ref, by_label=by.label
    )
    trace(f"outing.{key}", outing, by=by, at=at, team=outing.area.team.key)


@transaction.atomic
def correct_outing(
    *, outing: int, starts_at: datetime, ends_at: datetime, why: str, by: Actor, at: datetime
) -> Outing:
    """This function will correct the hours of an outing that was closed, with the reason.

    Raises: NotAllowed; InvalidInput; AlreadyMoved.
    """
    said = must_say(why, _("Dites pourquoi les heures changent."))
    found = own_outing(outing, by)
    if ends_at > at:
        words = _("Cette heure n’est pas encore venue.")
        raise InvalidInput(words, fields={"ends_at": words})
    minutes = minutes_between(starts_at, ends_at)
    move(
        found, OUTING_MOVES, "correct", starts_at=starts_at, ends_at=ends_at, minutes=minutes,
        date=timezone.localdate(starts_at),
    )  # fmt: skip
    _row(found, "correct", said, by, at)
    return found


@transaction.atomic
def cancel_outing(*, outing: int, why: str, by: Actor, at: datetime) -> Outing:
    """This function will cancel an outing in which nothing counts.

    Raises: NotAllowed; InvalidInput; WrongState while something counts; AlreadyMoved.
    """
    said = must_say(why, _("Dites pourquoi la sortie est annulée."))
    found = own_outing(outing, by)
    counts = (
        found.contacts.filter(taken_back_at__isnull=True).exists()
        or found.kits.filter(taken_back_at__isnull=True).exists()
        or found.observations.exists()
    )
    if counts:
        raise WrongState(
            _("Cette sortie compte des contacts, du matériel ou des constats."),
            todo=_("Reprenez-les d’abord, ou gardez la sortie."),
        )
    move(found, OUTING_MOVES, "cancel", minutes=None)
    CrewMember.objects.filter(outing=found).update(is_out=False)
    _row(found, "cancel", said, by, at)
    return found


def is_standing(outing: Outing) -> bool:
    """This function will say whether acts may be added to an outing."""
    return outing.state != OutingState.CANCELLED
