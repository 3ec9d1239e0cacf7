"""What the State refunds of the living incomes paid for a month."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Q, Sum
from django.utils.translation import gettext as _

from beffroi.acts.payments.enums import REFUNDED_AIDS, LedgerKind, LineState, RefundState
from beffroi.acts.payments.models import (
    BudgetArticle,
    CentreRate,
    RefundClaim,
    RefundLine,
    RunLine,
)
from beffroi.acts.payments.money import euros
from beffroi.acts.payments.periods import month_start, next_month
from beffroi.acts.payments.permissions import can_book
from beffroi.acts.payments.refund_rates import (
    CentreShare,
    Rate,
    RateFor,
    RefundFacts,
    files_in_project,
    lawful_rate,
)
from beffroi.acts.payments.services import ledger
from beffroi.acts.payments.services.common import require, trace
from beffroi.core.actors import Actor
from beffroi.core.errors import WrongState
from beffroi.rules.amounts import to_cent

_SUBSIDY = "831/46501-01"
_NOTHING = Decimal("0.00")


@transaction.atomic
def draw_refund(
    *, month: date, by: Actor, at: datetime, rate_for: RateFor = lawful_rate
) -> RefundClaim:
    """This function will draw up what is claimed for a month; drawn again, it replaces itself.

    It takes the living incomes paid for that month, those of earlier months paid late and never
    claimed, less those claimed before that came back; and once a year the cost of a file.
    Raises: NotAllowed; WrongState once the claim was sent.
    """
    require(can_book(by))
    month = month_start(month)
    known = RefundClaim.objects.select_for_update(no_key=True).filter(month=month).first()
    if known is not None and known.state == RefundState.SENT:
        raise WrongState(_("Cet état est déjà introduit : il ne change plus."))
    if known is not None:
        known.delete()
    claim = RefundClaim.objects.create(
        month=month, paid_total=0, claimed_total=0, drawn_at=at, drawn_by_label=by.label
    )
    rows = [*_paid(claim, rate_for), *_came_back(claim)]
    RefundLine.objects.bulk_create(rows, batch_size=500)
    sums = RefundLine.objects.filter(claim=claim).aggregate(
        paid=Sum("amount"), claimed=Sum("refund"), costs=Sum("file_cost"),
        unknown=Sum("amount", filter=Q(rate=None)),
    )  # fmt: skip
    claim.paid_total = euros(sums["paid"])
    claim.costs_total = euros(sums["costs"])
    claim.claimed_total = euros(sums["claimed"]) + claim.costs_total
    claim.unknown_total = euros(sums["unknown"])
    claim.save(update_fields=["paid_total", "costs_total", "claimed_total", "unknown_total"])
    trace("refund_draw", "refund", f"{month:%Y-%m}", by=by, at=at,
          detail={"lines": len(rows), "claimed": str(claim.claimed_total)})  # fmt: skip
    return claim


def _paid(claim: RefundClaim, rate_for: RateFor) -> list[RefundLine]:
    lines = list(
        RunLine.objects.filter(
            state=LineState.PAID,
            due__order__aid_kind__in=REFUNDED_AIDS,
            due__period_start__lt=next_month(claim.month),
        )
        .exclude(pk__in=RefundLine.objects.filter(is_return=False).values("line"))
        .select_related("due__order")
        .order_by("pk")
    )
    projects, centres, costs = _projects(lines), _centre_shares(), _costs_claimed()
    rows = []
    for line in lines:
        order, month = line.due.order, month_start(line.due.period_start)
        facts = RefundFacts(
            order.aid_kind, month, order.refund_facts, centres.get(month.year),
            order.subject_ref in projects[month],
        )  # fmt: skip
        rate = rate_for(facts)
        cost = _NOTHING
        if rate.share is not None and rate.file_cost:
            key = (order.subject_ref, month.year)
            cost = _NOTHING if key in costs else rate.file_cost
            costs.add(key)
        rows.append(_row(claim, line, rate, cost))
    return rows


def _row(claim: RefundClaim, line: RunLine, rate: Rate, cost: Decimal) -> RefundLine:
    known = rate.share is not None
    return RefundLine(
        claim=claim, line=line, amount=line.gross, rate=rate.share, basis=rate.basis[:300],
        reference=rate.reference[:200], is_verified=known and rate.is_verified, file_cost=cost,
        refund=to_cent(line.gross * rate.share) if rate.share is not None else None,
    )  # fmt: skip


def _projects(lines: Sequence[RunLine]) -> dict[date, frozenset[str]]:
    """The files with a subsidised project, by month: one question a month, not one a line."""
    files: dict[date, set[str]] = defaultdict(set)
    for line in lines:
        files[month_start(line.due.period_start)].add(line.due.order.subject_ref)
    return {month: files_in_project(refs, month) for month, refs in files.items()}


def _centre_shares() -> dict[int, CentreShare]:
    return {
        row.year: CentreShare(row.rate, row.is_verified) for row in CentreRate.objects.all()
    }  # fmt: skip


def _costs_claimed() -> set[tuple[str, int]]:
    """The files and years whose cost stands in a claim already."""
    rows = RefundLine.objects.filter(file_cost__gt=0)
    return set(rows.values_list("line__due__order__subject_ref", "line__due__period_start__year"))


def _came_back(claim: RefundClaim) -> list[RefundLine]:
    claimed = RefundLine.objects.filter(
        is_return=False, claim__state=RefundState.SENT, line__state=LineState.RETURNED
    ).exclude(line__in=RefundLine.objects.filter(is_return=True).values("line"))
    return [
        RefundLine(
            claim=claim, line_id=row.line_id, is_return=True, amount=-row.amount, rate=row.rate,
            basis=row.basis, reference=row.reference, is_verified=row.is_verified,
            refund=-(row.refund or _NOTHING),
        )
        for row in claimed
    ]  # fmt: skip


@transaction.atomic
def send_refund(*, month: date, by: Actor, at: datetime) -> RefundClaim:
    """This function will note that a claim was sent to the State, and write it in the ledger.

    Raises: NotAllowed; WrongState when a rate is missing, it is empty, or it was sent.
    """
    require(can_book(by))
    claim = (
        RefundClaim.objects.select_for_update(no_key=True).filter(month=month_start(month)).first()
    )
    if claim is None or claim.state == RefundState.SENT:
        raise WrongState(_("Il n’y a pas d’état à introduire pour ce mois."))
    if claim.unknown_total:
        raise WrongState(
            _("Un taux manque encore."),
            todo=_("Complétez les faits qui manquent, puis refaites l’état."),
        )
    if claim.claimed_total <= 0:
        raise WrongState(_("Cet état ne demande rien."))
    article = BudgetArticle.objects.filter(code=_SUBSIDY).first()
    ref = f"{claim.month:%Y-%m}"
    posting = ledger.Posting(
        LedgerKind.REFUND, "refund", ref, claim.claimed_total,
        _("Subvention de l’État, %(month)s") % {"month": ref}, article.pk if article else None,
    )  # fmt: skip
    RefundClaim.objects.filter(pk=claim.pk).update(state=RefundState.SENT, sent_at=at)
    ledger.write([posting], on=at.date(), at=at)
    trace("refund_send", "refund", ref, by=by, at=at)
    claim.refresh_from_db()
    return claim
