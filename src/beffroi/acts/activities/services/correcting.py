"""Corrects a closed session at the desk: who was there after all, and how many without a name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from beffroi.acts.activities.enums import SessionState, TapKind
from beffroi.acts.activities.models import AnonymousCount, Session
from beffroi.acts.activities.services.common import must_say, own_session
from beffroi.acts.activities.services.taps import TapDraft, take
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, WrongState


@dataclass(frozen=True)
class Correction:
    """What was really so: who came, who did not, how many without a name by age, how long."""

    present: Sequence[UUID] = ()
    absent: Sequence[UUID] = ()
    anonymous: Mapping[str, int] | None = None
    minutes: int | None = None


@transaction.atomic
def correct_session(
    *, session: int, correction: Correction, why: str, by: Actor, at: datetime
) -> Session:
    """This function will correct a closed session; the new count stands in a row with its reason.

    Nothing of the rows before changes. Raises: NotAllowed; InvalidInput without a reason;
    WrongState when the session is not closed.
    """
    said = must_say(why, _("Dites pourquoi le compte change."))
    found = own_session(session, by, for_names=True)
    if found.state != SessionState.HELD:
        raise WrongState(_("Cette séance n’est pas clôturée : pointez simplement."))
    drafts = _drafts(found, correction, at)
    if not drafts and correction.minutes in (None, found.minutes):
        raise InvalidInput(_("Rien ne change : le compte reste comme il est."))
    take(found, drafts, by=by, at=at, why=said, minutes=correction.minutes)
    found.refresh_from_db()
    return found


def _drafts(found: Session, correction: Correction, at: datetime) -> list[TapDraft]:
    drafts = [
        TapDraft(uuid4(), found.pk, kind, at, mark)
        for kind, marks in (
            (TapKind.PRESENT, correction.present), (TapKind.ABSENT, correction.absent)
        )
        for mark in marks
    ]  # fmt: skip
    if correction.anonymous is None:
        return drafts
    now = dict(AnonymousCount.objects.filter(session=found).values_list("band", "count"))
    for band, wanted in correction.anonymous.items():
        if delta := max(0, wanted) - now.get(band, 0):
            drafts.append(
                TapDraft(uuid4(), found.pk, TapKind.ANONYMOUS, at, band=band, delta=delta)
            )
    return drafts
