"""A year of payments: each month a run that two people look at, what the bank answers, a recovery."""

import tempfile
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils import timezone

from beffroi.acts.payments import run_queries
from beffroi.acts.payments import services as payments
from beffroi.core.actors import system_actor
from beffroi.core.dates import add_months, next_working_day
from beffroi.core.errors import InvalidInput
from beffroi.demo.bank import statement_of
from beffroi.demo.many_payments import fictional_iban
from beffroi.demo.stage import Stage
from beffroi.demo.timeline import working_moment

#: The account of the house: of bank 999, which no bank has.
HOUSE_IBAN = fictional_iban(1)
#: The number the KBO gave to the CPAS.
HOUSE_NUMBER = "0207889113"


def open_books(now: datetime) -> None:
    """This function will enter the plan of accounts and the account from which the house pays."""
    payments.load_plan()
    payments.set_house_account(
        iban=HOUSE_IBAN, holder="CPAS de Mons", enterprise_number=HOUSE_NUMBER,
        label="Compte courant", is_default=True, by=system_actor("démonstration"), at=now,
    )  # fmt: skip


def refunds(stage: Stage) -> None:
    """This function will draw up what the State owes for each month paid; the oldest are sent."""
    by, first = stage.staff["finances"], timezone.localdate(stage.now).replace(day=1)
    years = sorted({add_months(first, -ago).year for ago in range(12)})
    for year in years:
        payments.set_centre_rate(
            year=year, two_years_before=Decimal("2310.00"), three_years_before=Decimal("2255.00"),
            last_rate=Decimal("0.70"), by=by, at=stage.now,
        )  # fmt: skip
    for ago in range(11, 0, -1):
        month = add_months(first, -ago)
        drawn = payments.draw_refund(month=month, by=by, at=stage.now)
        if ago > 2 and drawn.claimed_total > 0 and not drawn.unknown_total:
            payments.send_refund(month=month, by=by, at=stage.now)


def months(stage: Stage) -> Iterator[Iterator[datetime]]:
    """This function will give the runs of the last eleven months, paid, and a draft of this one."""
    first = timezone.localdate(stage.now).replace(day=1)
    for ago in range(11, 0, -1):
        yield _paid_run(stage, add_months(first, -ago), is_last=ago == 1)


def _paid_run(stage: Stage, month: date, is_last: bool) -> Iterator[datetime]:
    accountant, director = stage.staff["finances"], stage.staff["directrice"]
    yield (at := working_moment(month.replace(day=19), 10))
    execution = next_working_day(month.replace(day=24))
    try:
        run = payments.prepare_run(
            through=_last_day(month), execution=execution, by=accountant, at=at
        )
    except InvalidInput:  # nothing was decided yet
        return
    yield (at := at + timedelta(hours=4))
    seen = run_queries.lines_hash(run)
    payments.approve_run(reference=run.reference, seen_hash=seen, by=director, at=at)
    at += timedelta(minutes=30)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{run.reference}.xml"
        payments.export_run(reference=run.reference, path=path, by=accountant, at=at)
    yield (at := working_moment(execution + timedelta(days=1), 9))
    run.refresh_from_db()
    payments.read_bank_file(
        name=f"extrait-{execution:%Y-%m-%d}.xml", by=accountant, at=at,
        content=statement_of(run, HOUSE_IBAN, returned=1 if is_last else 0),
    )  # fmt: skip
    for line in run_queries.cash_lines(run):
        payments.pay_cash(line=line, on=timezone.localdate(at), by=accountant, at=at)


def draft(stage: Stage) -> None:
    """This function will prepare the run of this month; it waits for the other pair of eyes."""
    today = timezone.localdate(stage.now)
    try:
        payments.prepare_run(
            through=_last_day(today), execution=next_working_day(today + timedelta(days=2)),
            by=stage.staff["finances"], at=stage.now,
        )  # fmt: skip
    except InvalidInput:  # this month is paid already
        return


def _last_day(day: date) -> date:
    return add_months(day.replace(day=1), 1) - timedelta(days=1)


def recovery(stage: Stage, paid: dict[str, Any]) -> None:
    """This function will open a recovery in instalments, two of which have come in."""
    opened = stage.now - timedelta(days=75)
    first = timezone.localdate(opened) + timedelta(days=15)
    claim = payments.open_claim(
        amount=Decimal("600.00"), owner_kind="decision", label="Indu : salaire déclaré tard",
        instalments=payments.equal_instalments(Decimal("600.00"), Decimal("50.00"), first),
        by=stage.staff["responsable"], at=opened, **paid,
    )  # fmt: skip
    for rank, days in enumerate((58, 28), 1):
        at = stage.now - timedelta(days=days)
        payments.note_receipt(
            reference=claim, amount=Decimal("50.00"), on=timezone.localdate(at),
            source_ref=f"EXT-{at:%y%m%d}-{rank}", by=stage.staff["finances"], at=at,
        )  # fmt: skip
