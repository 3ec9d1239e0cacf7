"""The clocks of a file: started by an event, suspended with a reason, met, made void, escalated."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.casework.models import Application, FileClock, SocialFile
from beffroi.casework.services.common import file_for, trace
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, WrongState
from beffroi.rules import procedure


def start(
    file: SocialFile,
    event: str,
    on: date,
    *,
    subject_ref: str,
    application: Application | None = None,
    only: tuple[str, ...] = (),
) -> None:
    """This function will start what an event makes due, in the transaction under way."""
    for due in procedure.deadlines(event, on):
        if only and due.what not in only:
            continue
        FileClock.objects.get_or_create(
            subject_ref=subject_ref, what=due.what, started_on=on,
            defaults={
                "file": file, "application": application, "event": event,
                "due_date": due.due_date, "rule": due.rule, "reference": due.reference,
                "is_verified": due.is_verified,
            },
        )  # fmt: skip
    refresh_next(file)


#: Dates that only tell what may happen: nobody has a step to take for them.
NO_STEP = ("late_interest", "appeal", "repeat_window")


def refresh_next(file: SocialFile) -> None:
    """This function will keep on the file the next step the law wants, for lists to sort by."""
    running = FileClock.objects.filter(
        file=file, met_at__isnull=True, cancelled_at__isnull=True, suspended_on__isnull=True
    ).exclude(what__in=NO_STEP)
    due = running.order_by("due_date", "pk").values_list("due_date", "what").first()
    SocialFile.objects.filter(pk=file.pk).update(
        next_due_on=due[0] if due else None, next_what=due[1] if due else ""
    )


def meet(file: SocialFile, what: str, *, at: datetime, subject_ref: str = "") -> None:
    """This function will mark a clock of the file as met, in the transaction under way."""
    running = FileClock.objects.filter(
        file=file, what=what, met_at__isnull=True, cancelled_at__isnull=True
    )
    if subject_ref:
        running = running.filter(subject_ref=subject_ref)
    running.update(met_at=at, suspended_on=None, suspended_why="")
    refresh_next(file)


def void(file: SocialFile, *, at: datetime, subject_ref: str, but: tuple[str, ...] = ()) -> None:
    """This function will end the running clocks of a subject that has no object any more."""
    FileClock.objects.filter(
        file=file, subject_ref=subject_ref, met_at__isnull=True, cancelled_at__isnull=True
    ).exclude(what__in=but).update(cancelled_at=at, suspended_on=None, suspended_why="")
    refresh_next(file)


#: What a worker does outside the house’s own acts, and says done here.
BY_HAND = frozenset({
    "mediprima_notice", "state_notice", "renewal", "inventory", "stay_end", "preparation",
    "transition_end", "ris_request", "derogation_end", "piis",
})  # fmt: skip


@transaction.atomic
def settle(*, number: str, clock: int, how: str, by: Actor, at: datetime) -> None:
    """This function will say that what a clock asks is done elsewhere, and how.

    Raises: NotAllowed; InvalidInput without a word on how; WrongState when it does not run, or is
    met by an act of the house.
    """
    file = file_for(number, by, at)
    if not how.strip():
        raise InvalidInput(
            _("Ce délai court toujours."), {"how": _("Dites en quelques mots ce qui a été fait.")}
        )
    done = FileClock.objects.filter(
        pk=clock, file=file, what__in=BY_HAND, met_at=None, cancelled_at=None
    ).update(met_at=at, suspended_on=None, suspended_why="")
    if not done:
        raise WrongState(_("Ce délai ne court plus, ou se règle par un acte du dossier."))
    refresh_next(file)
    trace(file, "clock.settle", by=by, at=at, why=how, detail={"clock": clock})


@transaction.atomic
def suspend(*, number: str, clock: int, why: str, by: Actor, at: datetime) -> None:
    """This function will stop a clock while something outside the house is awaited.

    Raises: NotAllowed; InvalidInput without a reason; WrongState when it does not run.
    """
    file = file_for(number, by, at)
    if not why.strip():
        raise InvalidInput(
            _("Ce délai n’est pas suspendu."),
            {"why": _("Dites ce qui le suspend : il sera lu par le juge si la décision tarde.")},
        )
    done = FileClock.objects.filter(
        pk=clock, file=file, met_at=None, cancelled_at=None, suspended_on=None
    ).update(suspended_on=timezone.localdate(at), suspended_why=why.strip()[:200])
    if not done:
        raise WrongState(_("Ce délai ne court plus, ou est déjà suspendu."))
    refresh_next(file)
    trace(file, "clock.suspend", by=by, at=at, why=why, detail={"clock": clock})


@transaction.atomic
def resume(*, number: str, clock: int, by: Actor, at: datetime) -> None:
    """This function will let a clock run again; its date moves by the days it stood still.

    Raises: NotAllowed; WrongState when it is not suspended.
    """
    file = file_for(number, by, at)
    held = (
        FileClock.objects.select_for_update(no_key=True)
        .filter(pk=clock, file=file)
        .exclude(suspended_on=None)
        .first()
    )
    if held is None or held.suspended_on is None:
        raise WrongState(_("Ce délai n’est pas suspendu."))
    today = timezone.localdate(at)
    days = max(0, (today - held.suspended_on).days)
    past = {"from": held.suspended_on.isoformat(), "to": today.isoformat(),
            "why": held.suspended_why}  # fmt: skip
    FileClock.objects.filter(pk=held.pk).update(
        due_date=held.due_date + timedelta(days=days), suspended_on=None, suspended_why="",
        suspensions=[*held.suspensions, past],
    )  # fmt: skip
    refresh_next(file)
    trace(file, "clock.resume", by=by, at=at, detail={"clock": clock, "days": days})


@transaction.atomic
def escalate_late(*, by: Actor, at: datetime) -> int:
    """This function will mark the clocks that are past and that no leader has been told of."""
    late = FileClock.objects.filter(
        due_date__lt=timezone.localdate(at), met_at=None, cancelled_at=None, suspended_on=None,
        escalated_at=None,
    ).exclude(what__in=NO_STEP)  # fmt: skip
    return late.update(escalated_at=at)
