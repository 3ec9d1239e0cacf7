"""What the State refunds of the living incomes paid for a month."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django.db import transaction
from django.db.models import Q, Sum
from django.utils.translation import gettext as _

from beffroi.acts.payments.enums import REFUNDED_AIDS, LedgerKind, LineState, RefundState
from beffroi.acts.payments.models import BudgetArticle, RefundClaim, RefundLine, RunLine
from beffroi.acts.payments.money import CENT, euros
from beffroi.acts.payments.periods import month_start, next_month
from beffroi.acts.payments.permissions import can_book
from beffroi.acts.payments.refund_rates import RateFor, RefundFacts, decided_rate
from beffroi.acts.payments.services import ledger
from beffroi.acts.payments.services.common import require, trace
from beffroi.core.actors import Actor
from beffroi.core.errors import WrongState

_SUBSIDY = "831/46501-01"


@transaction.atomic
def draw_refund(
    *, month: date, by: Actor, at: datetime, rate_for: RateFor = decided_rate
) -> RefundClaim:
    """This function will draw up what is claimed for a month; drawn again, it replaces itself.

    It takes the living incomes paid for that month, those of earlier months paid late and never
    claimed, less those claimed before that came back.
    Raises: NotAllowed; WrongState once the claim was sent.
    """
    require(can_book(by))
    month = month_start(month)
    known = RefundClaim.objects.select_for_update().filter(month=month).first()
    if known is not None and known.state == RefundState.SENT:
        raise WrongState(_("Cet état est déjà introduit : il ne change plus."))
    if known is not None:
        known.delete()
    claim = RefundClaim.objects.create(
        month=month, paid_total=0, claimed_total=0, drawn_at=at, drawn_by_label=by.label
    )
    rows = [*_paid(claim, rate_for), *_came_back(claim)]
    RefundLine.objects.bulk_create(rows, batch_size=500)
    sums = RefundLine.objects.filter(claim=claim).aggregate(
        paid=Sum("amount"), claimed=Sum("refund"), unknown=Sum("amount", filter=Q(rate=None))
    )
    claim.paid_total = euros(sums["paid"])
    claim.claimed_total = euros(sums["claimed"])
    claim.unknown_total = euros(sums["unknown"])
    claim.save(update_fields=["paid_total", "claimed_total", "unknown_total"])
    trace("refund_draw", "refund", f"{month:%Y-%m}", by=by, at=at,
          detail={"lines": len(rows), "claimed": str(claim.claimed_total)})  # fmt: skip
    return claim


def _paid(claim: RefundClaim, rate_for: RateFor) -> list[RefundLine]:
    lines = (
        RunLine.objects.filter(
            state=LineState.PAID,
            due__order__aid_kind__in=REFUNDED_AIDS,
            due__period_start__lt=next_month(claim.month),
        )
        .exclude(pk__in=RefundLine.objects.filter(is_return=False).values("line"))
        .select_related("due__order")
        .order_by("pk")
    )
    rows = []
    for line in lines:
        order = line.due.order
        facts = RefundFacts(order.aid_kind, month_start(line.due.period_start), order.refund_facts)
        rate, amount = rate_for(facts), line.gross
        rows.append(
            RefundLine(
                claim=claim, line=line, amount=amount, rate=rate.share if rate else None,
                basis=rate.basis[:120] if rate else "", is_verified=bool(rate and rate.is_verified),
                refund=_share(amount, rate.share) if rate else None,
            )
        )  # fmt: skip
    return rows


def _share(amount: Decimal, share: Decimal) -> Decimal:
    return (amount * share).quantize(CENT, ROUND_HALF_UP)


def _came_back(claim: RefundClaim) -> list[RefundLine]:
    claimed = RefundLine.objects.filter(
        is_return=False, claim__state=RefundState.SENT, line__state=LineState.RETURNED
    ).exclude(line__in=RefundLine.objects.filter(is_return=True).values("line"))
    return [
        RefundLine(
            claim=claim, line_id=row.line_id, is_return=True, amount=-row.amount, rate=row.rate,
            basis=row.basis, is_verified=row.is_verified, refund=-(row.refund or Decimal(0)),
        )
        for row in claimed
    ]  # fmt: skip


@transaction.atomic
def send_refund(*, month: date, by: Actor, at: datetime) -> RefundClaim:
    """This function will note that a claim was sent to the State, and write it in the ledger.

    Raises: NotAllowed; WrongState when a rate is missing, it is empty, or it was sent.
    """
    require(can_book(by))
    claim = RefundClaim.objects.select_for_update().filter(month=month_start(month)).first()
    if claim is None or claim.state == RefundState.SENT:
        raise WrongState(_("Il n’y a pas d’état à introduire pour ce mois."))
    if claim.unknown_total:
        raise WrongState(
            _("Un taux manque encore."), todo=_("Complétez la décision, puis refaites l’état.")
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
