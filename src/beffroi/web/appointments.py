"""Where requests and the agenda meet: acts ignore each other, the doors compose them.

Each function is one transaction: both acts are done, or none.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from beffroi.acts.agenda import queries as agenda_queries
from beffroi.acts.agenda import services as agenda
from beffroi.acts.agenda.enums import AppointmentState, Purpose
from beffroi.acts.agenda.services import Meeting
from beffroi.acts.requests import services as requests
from beffroi.acts.requests.own_page import OwnPage
from beffroi.core.actors import Actor, person_actor
from beffroi.core.errors import WrongState


@transaction.atomic
def choose_time(*, reference: str, secret: str, offered: int, at: datetime) -> None:
    """This function will keep the moment the person chose, and put it into the worker's agenda.

    A request that nobody holds has no agenda to go to. Raises: WrongState when it is taken
    meanwhile, without a word of who is taken.
    """
    chosen = requests.choose_time(reference=reference, secret=secret, offered=offered, at=at)
    asked = requests.open_own_page(reference=reference, secret=secret)
    if asked.assignee_id is None:
        return
    meeting = Meeting(
        team=asked.team.key, worker=asked.assignee_id, starts_at=chosen.starts_at,
        minutes=chosen.minutes, purpose=Purpose.FIRST_MEETING, where=chosen.where,
        subject_ref=asked.reference, name=asked.name, phone=asked.phone, email=asked.email,
        lang=asked.lang,
    )  # fmt: skip
    try:
        agenda.keep_chosen(meeting=meeting, by=person_actor(asked.reference), at=at)
    except agenda.NotFree as taken:
        raise WrongState(
            _("Ce moment n’est plus libre."), todo=_("Choisissez-en un autre, ou écrivez-nous.")
        ) from taken


@transaction.atomic
def withdraw(*, reference: str, secret: str, at: datetime) -> None:
    """This function will withdraw a request, and free the time that was kept for it."""
    asked = requests.withdraw(reference=reference, secret=secret, at=at)
    agenda.cancel_of_subject(
        subject_ref=asked.reference, why=_("Demande retirée"),
        by=person_actor(asked.reference), at=at,
    )  # fmt: skip


@transaction.atomic
def give_newcomer(
    *, arrival: int, team: str, subject_ref: str, ticket: str, to: int, weights: dict[int, int],
    why: str, by: Actor, at: datetime,
) -> None:  # fmt: skip
    """This function will give somebody who waits to a worker, and note what the count said.

    Raises: InvalidInput when another than the one proposed is chosen without a reason.
    """
    agenda.give_arrival(arrival=arrival, to=to, by=by, at=at)
    agenda.note_newcomer(
        team=team, subject_ref=subject_ref or ticket, worker=to, weights=weights, why=why, by=by,
        at=at,
    )  # fmt: skip


@dataclass(frozen=True)
class KeptTime:
    """The time that stands for a request, whoever kept it last."""

    uid: str
    since_at: datetime
    starts_at: datetime
    ends_at: datetime
    where: str


@dataclass(frozen=True)
class OwnMeeting:
    """The appointment of a request as the person reads it: when, where, and what it means for her."""

    starts_at: datetime
    where: str
    is_kept: bool
    words: str


def kept_time(page: OwnPage) -> KeptTime | None:
    """This function will give the time to put in the person's calendar, if one stands."""
    row = agenda_queries.of_subject(page.request.reference)
    if row is not None:
        if row.state != AppointmentState.CONFIRMED:
            return None
        return KeptTime(row.reference, row.made_at, row.starts_at, row.ends_at, row.location)
    if page.chosen is None or page.chosen.chosen_at is None:
        return None
    one = page.chosen
    ends_at = one.starts_at + timedelta(minutes=one.minutes)
    uid = f"{page.request.reference}-{one.pk}"
    return KeptTime(uid, page.chosen.chosen_at, one.starts_at, ends_at, one.where)


def with_meeting(page: OwnPage) -> tuple[OwnPage, OwnMeeting | None]:
    """This function will put what the agenda says in place of the time that was once chosen."""
    row = agenda_queries.of_subject(page.request.reference)
    if row is None or not page.is_open:
        return page, None
    said = {
        AppointmentState.CONFIRMED: _("Nous vous attendons."),
        AppointmentState.OFFERED: _(
            "Nous vous proposons ce moment. Dites-nous par un message s’il vous convient."
        ),
        AppointmentState.KEPT: _("Ce rendez-vous a eu lieu."),
        AppointmentState.MISSED: _(
            "Nous ne nous sommes pas vus. Cela ne change rien à votre demande : écrivez-nous, nous "
            "chercherons un autre moment."
        ),
        AppointmentState.CANCELLED: _(
            "Ce rendez-vous n’a pas lieu. Écrivez-nous pour en trouver un autre."
        ),
    }
    state = AppointmentState(row.state)
    kept = state in (AppointmentState.CONFIRMED, AppointmentState.OFFERED)
    meeting = OwnMeeting(row.starts_at, row.location, kept, said[state])
    stale = page.chosen is not None and (
        state != AppointmentState.CONFIRMED or page.chosen.starts_at != row.starts_at
    )
    return replace(page, chosen=None, now=meeting.words if stale else page.now), meeting
