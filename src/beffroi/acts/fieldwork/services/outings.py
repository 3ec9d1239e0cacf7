"""Goes out and comes back: an outing begins once, ends once, and is corrected with a reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.acts.fieldwork.enums import OutingState
from beffroi.acts.fieldwork.models import Area, CrewMember, Outing, OutingMove
from beffroi.acts.fieldwork.services.common import (
    LATEST,
    move,
    must_say,
    own_area,
    own_outing,
    trace,
)
from beffroi.acts.fieldwork.services.settings import crew_of
from beffroi.acts.fieldwork.workflow import OUTING_MOVES
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, WrongState
from beffroi.core.sending import KEPT, KNOWN, REFUSED

#: Nobody stays out longer in one go.
LONGEST = timedelta(hours=16)
#: Two sendings of one phone disagree by less than this on the hour of what they carry.
_SLACK = timedelta(minutes=1)


@dataclass(frozen=True)
class StartDraft:
    """An outing begun on a phone without a network: its mark is the one its acts bear."""

    mark: UUID
    area: int
    began_at: datetime
    crew: tuple[int, ...] = ()


@dataclass(frozen=True)
class EndDraft:
    """An outing ended on a phone without a network, named by its number or by its mark."""

    mark: UUID
    outing: int | UUID
    ended_at: datetime
    note: str = ""


def minutes_between(starts_at: datetime, ends_at: datetime) -> int:
    """This function will give how long an outing lasts, in whole minutes, one at least.

    Raises: InvalidInput when it ends before it begins, or lasts more than sixteen hours.
    """
    if ends_at <= starts_at:
        words = _("La fin vient avant le début.")
        raise InvalidInput(words, fields={"ends_at": words})
    if ends_at - starts_at > LONGEST:
        words = _("Une sortie dure seize heures au plus : dites quand elle a pris fin.")
        raise InvalidInput(words, fields={"ends_at": words})
    return max(1, int((ends_at - starts_at).total_seconds() // 60))


@transaction.atomic
def start_outing(
    *, mark: UUID, area: int, by: Actor, at: datetime, crew: Sequence[int] = ()
) -> Outing:
    """This function will begin an outing now, with these colleagues; the same one for a mark known.

    Raises: NotAllowed; InvalidInput; WrongState when one of them is out already.
    """
    held = own_area(area, by)
    if known := Outing.objects.filter(mark=mark, area=held).first():
        return known
    made = _begun(held, StartDraft(mark, area, at, tuple(crew)), by, at, out_elsewhere=())
    trace("outing.start", made, by=by, at=at, team=held.team.key)
    return made


@transaction.atomic
def set_out(*, draft: StartDraft, by: Actor, at: datetime) -> str:
    """This function will write an outing begun without a network, with the hour it began; once.

    Who is out on another outing by now is of its crew all the same, and out only on the other:
    what the phone counted is not lost for it. Raises: NotAllowed; InvalidInput; WrongState.
    """
    held = own_area(draft.area, by)
    known = Outing.objects.filter(mark=draft.mark).values_list("area_id", flat=True).first()
    if known is not None:
        return KNOWN if known == held.pk else REFUSED
    if at - draft.began_at > LATEST:
        raise WrongState(
            _("Cette sortie a commencé il y a plus de quatorze jours."),
            todo=_("Écrivez-la au bureau, comme une sortie gardée sur papier."),
        )
    out = CrewMember.objects.filter(is_out=True).values_list("agent_id", flat=True)
    made = _begun(held, draft, by, at, out_elsewhere=list(out))
    late = int((at - made.starts_at).total_seconds() // 60)
    trace("outing.start", made, by=by, at=at, team=held.team.key, detail={"minutes_late": late})
    return KEPT


def _begun(
    area: Area, draft: StartDraft, by: Actor, at: datetime, out_elsewhere: Sequence[int]
) -> Outing:
    began_at = min(draft.began_at, at)
    day = timezone.localdate(began_at)
    if area.until_date and area.until_date < day:
        raise WrongState(_("Ce secteur a pris fin : choisissez-en un autre."))
    agents = crew_of(area.team.key, draft.crew, by, day)
    made = Outing.objects.create(
        mark=draft.mark, area=area, date=day, starts_at=began_at, by_ref=by.ref,
        by_label=by.label,
    )  # fmt: skip
    try:
        with transaction.atomic():
            CrewMember.objects.bulk_create(
                CrewMember(outing=made, agent_id=pk, is_out=pk not in out_elsewhere)
                for pk in agents
            )
    except IntegrityError as error:
        raise WrongState(
            _("Vous, ou quelqu’un qui vient avec vous, êtes déjà dans une sortie en cours."),
            todo=_("Rentrez d’abord de cette sortie."),
        ) from error
    return made


@transaction.atomic
def close_outing(
    *, outing: int, by: Actor, at: datetime, ends_at: datetime | None = None, note: str = "",
    mark: UUID | None = None,
) -> Outing:  # fmt: skip
    """This function will end an outing, now unless it is said when. Raises: NotAllowed;
    InvalidInput; AlreadyMoved.
    """
    found = own_outing(outing, by)
    ends = min(ends_at or at, at)
    minutes = minutes_between(found.starts_at, ends)
    move(found, OUTING_MOVES, "close", ends_at=ends, minutes=minutes, note=note.strip()[:500])
    CrewMember.objects.filter(outing=found).update(is_out=False)
    _row(found, "close", "", by, at, mark)
    return found


@transaction.atomic
def come_back(*, draft: EndDraft, by: Actor, at: datetime) -> str:
    """This function will end an outing at the hour its phone says, once by its mark.

    Ended meanwhile by a colleague, it stays as she ended it; a note is then refused, not lost.
    Raises: NotAllowed; InvalidInput; AlreadyMoved.
    """
    found = own_outing(draft.outing, by)
    known = OutingMove.objects.filter(mark=draft.mark).values_list("outing_id", flat=True).first()
    if known is not None:
        return KNOWN if known == found.pk else REFUSED
    if found.state == OutingState.CLOSED and not draft.note.strip():
        return KNOWN
    ends_at = draft.ended_at
    if found.starts_at - _SLACK < ends_at <= found.starts_at:
        ends_at = found.starts_at + timedelta(seconds=1)
    close_outing(outing=found.pk, by=by, at=at, ends_at=ends_at, note=draft.note, mark=draft.mark)
    return KEPT


def _row(
    outing: Outing, key: str, why: str, by: Actor, at: datetime, mark: UUID | None = None
) -> None:
    OutingMove.objects.create(
        outing=outing, move=key, mark=mark, why=why[:200], at=at, by_ref=by.ref,
        by_label=by.label,
    )  # fmt: skip
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
