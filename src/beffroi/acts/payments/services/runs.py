"""Runs: drawn from what is owed, refreshed, approved by the other pair of eyes, given up."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Count, Sum
from django.utils.translation import gettext as _

from beffroi.acts.payments.enums import DueState, RunState
from beffroi.acts.payments.models import Due, Run, RunLine, RunMove
from beffroi.acts.payments.money import euros
from beffroi.acts.payments.permissions import FINANCE, can_approve, can_prepare, runs_visible_to
from beffroi.acts.payments.queries import paying_account
from beffroi.acts.payments.run_queries import lines_hash, too_little_left, untrue_lines
from beffroi.acts.payments.services.common import NOT_APPROVED, move_run, require, trace
from beffroi.acts.payments.services.dues import draw_again, draw_dues
from beffroi.acts.payments.services.identities import same_human
from beffroi.acts.payments.services.lines import fill
from beffroi.core.actors import Actor
from beffroi.core.dates import is_working_day
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState
from beffroi.documents import services as documents

_BATCH = 2000


def _finance_role(by: Actor) -> str:
    return next((post.role for post in by.posts if post.role in FINANCE), "")


def find_run(reference: str, by: Actor) -> Run:
    """This function will give a run the actor may see, locked. Raises: NotAllowed."""
    run = runs_visible_to(by).select_for_update(no_key=True).filter(reference=reference).first()
    if run is None:
        raise NotAllowed(_("Ce paiement n’existe pas."))
    return run


@transaction.atomic
def prepare_run(*, through: date, execution: date, by: Actor, at: datetime) -> Run:
    """This function will draw what is owed up to `through` and put it in a draft, to be approved.

    What is held, without an account or waits for a look stays out, and says why.
    Raises: NotAllowed; InvalidInput when nothing can leave, or the day is none of a bank.
    """
    require(can_prepare(by))
    house = paying_account()
    if house is None:
        raise InvalidInput(
            _("Le compte d’où partent les paiements n’est pas encore réglé."),
            todo=_("Entrez-le avec « beffroi payments account »."),
        )
    if execution < at.date() or not is_working_day(execution):
        raise InvalidInput(
            _("La date d’exécution est un jour ouvrable, aujourd’hui ou plus tard."),
            {"execution": _("Choisissez un jour ouvrable.")},
        )
    draw_dues(through=through, by=by, at=at)
    rank = documents.next_number(register="PAI", year=at.year)
    run = Run.objects.create(
        reference=f"PAI-{at.year}-{rank:04d}", house_account=house, through_date=through,
        execution_date=execution, prepared_at=at, prepared_by_ref=by.ref,
        prepared_by_label=by.label, prepared_role=_finance_role(by),
    )  # fmt: skip
    if not fill(run):
        raise InvalidInput(
            _("Rien ne peut partir : aucune échéance n’est libre jusqu’à cette date."),
            todo=_("Regardez ce qui est bloqué dans les échéances."),
        )
    RunMove.objects.create(
        run=run, move="prepare", target=RunState.DRAFT, at=at, by_ref=by.ref, by_label=by.label
    )
    trace("prepare", "run", run.reference, by=by, at=at, detail=_sums(run))
    run.refresh_from_db()
    return run


def _sums(run: Run) -> dict[str, str]:
    return {"lines": str(run.line_count), "total": str(run.total)}


def _free(run: Run) -> None:
    """Takes the lines of a run that never left out of it: their dues are payable again."""
    dues = Due.objects.filter(lines__run=run)
    if run.is_stale:
        draw_again(dues)
    ids = list(dues.values_list("pk", flat=True))
    RunLine.objects.filter(run=run).delete()
    for first in range(0, len(ids), _BATCH):
        Due.objects.filter(pk__in=ids[first : first + _BATCH], state=DueState.IN_RUN).update(
            state=DueState.PAYABLE
        )


@transaction.atomic
def refresh_run(*, reference: str, by: Actor, at: datetime) -> Run:
    """This function will draw a draft anew from what is owed now.

    Whoever refreshes has prepared it: the other pair of eyes is then somebody else's.
    Raises: NotAllowed; RunMoved; InvalidInput when nothing is left to pay.
    """
    require(can_prepare(by))
    run = find_run(reference, by)
    move_run(
        run, "refresh", by=by, at=at, is_stale=True, prepared_at=at, prepared_by_ref=by.ref,
        prepared_by_label=by.label, prepared_role=_finance_role(by),
    )  # fmt: skip
    _free(run)
    draw_dues(through=run.through_date, by=by, at=at)
    if not fill(run):
        raise InvalidInput(_("Rien ne peut plus partir."), todo=_("Abandonnez ce projet."))
    trace("refresh", "run", run.reference, by=by, at=at, detail=_sums(run))
    run.refresh_from_db()
    return run


@transaction.atomic
def cancel_run(*, reference: str, why: str, by: Actor, at: datetime) -> Run:
    """This function will give up a run that has not left; its dues wait for another one.

    Raises: NotAllowed; RunMoved once it was sent to the bank.
    """
    require(can_prepare(by))
    run = find_run(reference, by)
    was_stale = run.is_stale
    move_run(run, "cancel", by=by, at=at, why=why, is_stale=False, **NOT_APPROVED)
    run.is_stale = was_stale
    _free(run)
    Run.objects.filter(pk=run.pk).update(line_count=0, total=0)
    trace("cancel", "run", run.reference, by=by, at=at, reason=why)
    run.refresh_from_db()
    return run


@transaction.atomic
def approve_run(*, reference: str, seen_hash: str, by: Actor, at: datetime) -> Run:
    """This function will approve a run as it was seen, by another person and another identity.

    `seen_hash` is the digest of the lines that were shown (`run_queries.lines_hash`).
    Raises: NotAllowed; WrongState when she prepared it or it is no longer what she saw.
    """
    run = find_run(reference, by)
    if not can_prepare(by):
        raise NotAllowed(_("Ce paiement n’existe pas."))
    if same_human(run.prepared_by_ref, by.ref):
        raise WrongState(
            _("Vous avez préparé ce paiement : quelqu’un d’autre doit l’approuver."),
            why=_("Quatre yeux, deux personnes, deux identités."),
        )
    if not can_approve(by, run):
        raise WrongState(
            _("L’approbation revient à l’autre fonction."),
            why=_("La direction financière et la direction du CPAS se contrôlent l’une l’autre."),
        )
    held = lines_hash(run)
    if run.is_stale or held != seen_hash or untrue_lines(run).exists() or too_little_left(run):
        raise WrongState(
            _("Ce paiement n’est plus celui que vous avez vu."),
            why=_("Un montant, un compte ou une retenue a changé depuis."),
            todo=_("Refaites le projet, puis regardez les différences."),
        )
    move_run(
        run, "approve", by=by, at=at, approved_at=at, approved_by_ref=by.ref,
        approved_by_label=by.label, approved_hash=held,
    )  # fmt: skip
    trace("approve", "run", run.reference, by=by, at=at, detail={**_sums(run), "hash": held})
    return run


def totals_of(run: Run) -> dict[str, tuple[int, Decimal]]:
    """This function will count a run and add it up in euros, by means of payment."""
    rows = RunLine.objects.filter(run=run).values("means")
    found = rows.annotate(n=Count("pk"), total=Sum("amount")).order_by("means")
    return {row["means"]: (row["n"], euros(row["total"])) for row in found}
