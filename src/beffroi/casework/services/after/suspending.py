"""Suspensions: the right stays, some days are not paid; kept back at once, confirmed by the organ."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import groupby

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.casework import sequels
from beffroi.casework.enums import GrantState, SequelCause, SuspensionGround
from beffroi.casework.models import Decision, Grant, Suspension
from beffroi.casework.services import clocks
from beffroi.casework.services.after import paying
from beffroi.casework.services.after.common import follow, running_grant, said
from beffroi.casework.services.common import trace
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, WrongState
from beffroi.rules.stay_abroad import Stay, year_of


@transaction.atomic
def suspend_grant(
    *, grant: str, ground: SuspensionGround, from_date: date, until_date: date, why: str,
    by: Actor, at: datetime,
) -> str:  # fmt: skip
    """This function will keep a grant’s payment back and open the application that confirms it.

    A stay abroad keeps back only the days beyond the credit of the year; where none is, no
    application is opened and the reference is empty.
    Raises: NotAllowed; InvalidInput; WrongState. Source: loi 26/05/2002 art. 23 §5; AR 11/07/2002 art. 39.
    """
    row = running_grant(grant, by, at)
    if until_date < from_date or from_date < row.from_date:
        raise InvalidInput(
            _("Cette période n’est pas possible."), {"until_date": _("Après le début.")}
        )
    unpaid = unpaid_ranges(row, ground, from_date, until_date)
    if not unpaid:
        note_stay(row, from_date, until_date, why, by, at)
        return ""
    application = follow(
        row, SequelCause.SUSPENSION, why=why, from_date=unpaid[0][0], by=by, at=at,
        facts={"until": unpaid[-1][1].isoformat()},
    )  # fmt: skip
    Suspension.objects.create(
        grant=row, application=application, ground=ground, from_date=from_date,
        until_date=until_date, unpaid=[[a.isoformat(), b.isoformat()] for a, b in unpaid],
    )  # fmt: skip
    Grant.objects.filter(pk=row.pk, state=GrantState.RUNNING).update(state=GrantState.SUSPENDED)
    paying.hold(row, unpaid[0][0], why, by, at)
    if ground == SuspensionGround.ABROAD:
        clocks.start(row.file, "stay_abroad_started", from_date, subject_ref=application.reference,
                     application=application)  # fmt: skip
    trace(row.file, "grant.suspend", by=by, at=at, about=row.reference, why=why,
          detail={"ground": ground})  # fmt: skip
    return application.reference


def note_stay(grant: Grant, first: date, last: date, why: str, by: Actor, at: datetime) -> None:
    """This function will keep a stay within the credit: nothing stops, the weeks are counted."""
    Suspension.objects.create(
        grant=grant, ground=SuspensionGround.ABROAD, from_date=first, until_date=last, unpaid=[],
        ended_at=at, ended_why=_("Dans le crédit de l’année : rien n’est suspendu."),
    )  # fmt: skip
    trace(grant.file, "stay.note", by=by, at=at, about=grant.reference, why=why,
          detail={"first": first.isoformat(), "last": last.isoformat()})  # fmt: skip


def stays_of(grant: Grant) -> list[Stay]:
    """This function will give the stays abroad known of a person’s file."""
    rows = Suspension.objects.filter(grant__file=grant.file_id, ground=SuspensionGround.ABROAD)
    return [Stay(first, last) for first, last in rows.values_list("from_date", "until_date")]


def unpaid_ranges(
    grant: Grant, ground: SuspensionGround, first: date, last: date
) -> list[tuple[date, date]]:
    """This function will give the periods that a suspension leaves unpaid.

    Raises: InvalidInput when a stay overlaps one already known.
    """
    if ground != SuspensionGround.ABROAD:
        return [(first, last)]
    stays = [*stays_of(grant), Stay(first, last)]
    try:
        years = [year_of(stays, year) for year in range(first.year, last.year + 1)]
    except ValueError:
        raise InvalidInput(
            _("Ce séjour en recouvre un autre, déjà noté."),
            {"from_date": _("Vérifiez les dates du passeport.")},
        ) from None
    days = [day for year in years for day in year.unpaid if first <= day <= last]
    found = []
    for _key, run in groupby(enumerate(days), key=lambda pair: pair[1].toordinal() - pair[0]):
        together = [day for _n, day in run]
        found.append((together[0], together[-1]))
    return found


@transaction.atomic
def end_suspension(*, grant: str, on: date, why: str, by: Actor, at: datetime) -> None:
    """This function will take payment up again; `on` is the last day that is not paid.

    Raises: NotAllowed; InvalidInput; WrongState when nothing is suspended.
    """
    row = running_grant(grant, by, at)
    why = said(why, "why", _("Dites pourquoi le paiement reprend."), least=4)
    held = Suspension.objects.filter(
        grant__in=sequels.whole_line(row), ended_at__isnull=True
    ).last()
    if held is None or row.state != GrantState.SUSPENDED:
        raise WrongState(_("Cet octroi n’est pas suspendu."))
    if on < held.from_date - timedelta(days=1) or on > timezone.localdate(at) + timedelta(days=366):
        raise InvalidInput(_("Ce jour est hors de la suspension."), {"on": _("Vérifiez la date.")})
    ranges = [(a, min(b, on)) for a, b in paying.ranges_of(held) if a <= on]
    if held.ground == SuspensionGround.DETENTION:
        ranges = [(held.from_date, on)] if on >= held.from_date else []
    Suspension.objects.filter(pk=held.pk).update(
        unpaid=[[a.isoformat(), b.isoformat()] for a, b in ranges], ended_at=at,
        ended_why=why[:300], until_date=max(on, held.from_date),
    )  # fmt: skip
    Grant.objects.filter(pk=row.pk).update(state=GrantState.RUNNING)
    if held.decision_id is not None:
        order = paying.order_of(row)
        if order:
            paying.change_amount(row, order, max(held.from_date, row.from_date), by, at)
        paying.let_go(row, why, by, at)
    trace(row.file, "grant.resume", by=by, at=at, about=row.reference, why=why)


def carry_out(grant: Grant, decision: Decision, by: Actor, at: datetime) -> None:
    """This function will leave unpaid what a decision suspended, and pay what was only kept back."""
    held = Suspension.objects.get(application=decision.application_id)
    Suspension.objects.filter(pk=held.pk).update(decision=decision)
    for first, last in paying.ranges_of(held):
        paying.pause(grant, first, last, Decimal(0), decision.number, by, at)
    paying.let_go(grant, _("Suspension décidée"), by, at)


def carry_out_refusal(grant: Grant, decision: Decision, by: Actor, at: datetime) -> None:
    """This function will pay again where the organ did not follow a suspension."""
    Suspension.objects.filter(application=decision.application_id, ended_at__isnull=True).update(
        ended_at=at, ended_why=_("L’organe n’a pas suivi"), unpaid=[]
    )
    Grant.objects.filter(pk=grant.pk, state=GrantState.SUSPENDED).update(state=GrantState.RUNNING)
    paying.let_go(grant, _("L’organe n’a pas suivi"), by, at)


@transaction.atomic
def end_past_suspensions(*, by: Actor, at: datetime) -> int:
    """This function will set running again the grants whose suspension is over; how many."""
    today = timezone.localdate(at)
    done = 0
    for held in Suspension.objects.select_related(
        "grant__file__team", "grant__file__person"
    ).filter(until_date__lt=today, ended_at__isnull=True, decision__isnull=False):
        done += Suspension.objects.filter(pk=held.pk, ended_at__isnull=True).update(
            ended_at=at, ended_why=_("Terme atteint")
        )
        grant = sequels.newest_of(held.grant)
        Grant.objects.filter(pk=grant.pk, state=GrantState.SUSPENDED).update(
            state=GrantState.RUNNING
        )
        trace(held.grant.file, "grant.resume", by=by, at=at, about=grant.reference)
    return done
