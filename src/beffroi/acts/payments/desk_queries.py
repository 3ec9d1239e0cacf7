"""What the pages of finance show: lists cut to size, sums, and how many things wait."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum, Value

from beffroi.acts.payments.enums import (
    ClaimState,
    DueState,
    EntryOutcome,
    LineState,
    Means,
    RunState,
)
from beffroi.acts.payments.models import (
    BankEntry,
    BankFile,
    BankReturn,
    BudgetArticle,
    CentreRate,
    Claim,
    Due,
    Hold,
    LedgerAccount,
    LedgerEntry,
    RefundClaim,
    RefundLine,
    Run,
    RunLine,
)
from beffroi.acts.payments.money import euros
from beffroi.acts.payments.periods import month_start, next_month
from beffroi.acts.payments.queries import accounts_to_look_at
from beffroi.core.once import once


@dataclass(frozen=True)
class Waiting:
    """How many things wait for somebody of finance."""

    to_approve: int = 0
    to_send: int = 0
    returns: int = 0
    accounts: int = 0
    unmatched: int = 0


def waiting() -> Waiting:
    """This function will count what waits, in one query, once for a page."""
    waits: dict[str, QuerySet[Any]] = {
        "to_approve": Run.objects.filter(state=RunState.DRAFT),
        "to_send": Run.objects.filter(state=RunState.APPROVED),
        "returns": open_returns().select_related(None),
        "accounts": accounts_to_look_at().select_related(None),
        "unmatched": unmatched(),
    }

    def counted() -> Waiting:
        first, *others = (
            rows.order_by().values_list(Value(name)).annotate(n=Count("pk"))
            for name, rows in waits.items()
        )
        return Waiting(**dict(first.union(*others, all=True)))

    return once("payments.waiting", counted)


def open_returns() -> QuerySet[BankReturn]:
    """This function will give the returns to deal with, oldest first."""
    rows = BankReturn.objects.filter(treated_at__isnull=True)
    return rows.select_related("line__run", "due__order__person").order_by("opened_at", "pk")


def open_holds() -> QuerySet[Hold]:
    """This function will give what is held now, newest first."""
    return Hold.objects.filter(released_at__isnull=True).select_related("order__person")


def unmatched() -> QuerySet[BankEntry]:
    """This function will give the movements that nothing matched, oldest first."""
    return BankEntry.objects.filter(outcome=EntryOutcome.UNMATCHED).order_by("pk")


@dataclass(frozen=True)
class FileRead:
    """A file of the bank with how many movements it holds, and how many nothing matched."""

    file: BankFile
    moves: int
    lost: int


def bank_files(most: int) -> list[FileRead]:
    """This function will give the `most` last files of the bank, newest first."""
    rows = BankFile.objects.annotate(
        moves=Count("entries"),
        lost=Count("entries", filter=Q(entries__outcome=EntryOutcome.UNMATCHED)),
    ).order_by("-read_at", "-pk")
    return [FileRead(row, row.moves, row.lost) for row in rows[:most]]


def cash_to_hand_over() -> QuerySet[RunLine]:
    """This function will give the payments to hand over at the counter."""
    rows = RunLine.objects.filter(means=Means.CASH, state=LineState.SENT)
    return rows.select_related("run").order_by("execution_date", "end_to_end_id")


def dues_by_state(month: date) -> list[tuple[str, int, Decimal]]:
    """This function will count the dues of a month and add them up, by state."""
    rows = Due.objects.filter(
        period_start__gte=month_start(month), period_start__lt=next_month(month)
    )
    found = rows.values("state").annotate(n=Count("pk"), total=Sum("amount")).order_by("state")
    return [(str(DueState(row["state"]).label), row["n"], euros(row["total"])) for row in found]


def open_claims() -> QuerySet[Claim]:
    """This function will give the recoveries, those under way first."""
    return Claim.objects.select_related("person").order_by("state", "-opened_at", "-pk")


def unsettled_claims() -> int:
    """This function will count the recoveries under way."""
    return Claim.objects.filter(state=ClaimState.OPEN).count()


@dataclass(frozen=True)
class ArticleTotal:
    """An article with what was charged on it and given back, in euros."""

    article: BudgetArticle
    debit: Decimal
    credit: Decimal

    @property
    def balance(self) -> Decimal:
        return self.debit - self.credit


def ledger_by_article(year: int) -> list[ArticleTotal]:
    """This function will add up the ledger of a year by article: aid spent, aid come back, income."""
    spends = ("sent", "cash", "retained", "waiver")
    sums = {
        row["article"]: row
        for row in LedgerEntry.objects.filter(on_date__year=year, article__isnull=False)
        .exclude(kind__in=["paid", "receipt"])
        .values("article")
        .annotate(out=Sum("amount", filter=Q(kind__in=spends)), back=Sum("amount", filter=~Q(kind__in=spends)))
        .order_by()
    }  # fmt: skip
    articles = BudgetArticle.objects.filter(pk__in=sums).order_by("code")
    return [
        ArticleTotal(one, euros(sums[one.pk]["out"]), euros(sums[one.pk]["back"]))
        for one in articles
    ]


def trial_balance(year: int) -> list[tuple[LedgerAccount, Decimal, Decimal]]:
    """This function will give each general account with its debits and credits of a year, in euros."""
    rows = LedgerEntry.objects.filter(on_date__year=year)
    debits = dict(rows.values_list("debit").annotate(total=Sum("amount")).order_by())
    credits = dict(rows.values_list("credit").annotate(total=Sum("amount")).order_by())
    return [
        (one, euros(debits.get(one.pk)), euros(credits.get(one.pk)))
        for one in LedgerAccount.objects.order_by("code")
        if one.pk in debits or one.pk in credits
    ]


def refund_claims() -> QuerySet[RefundClaim]:
    """This function will give the claims on the State, newest month first."""
    return RefundClaim.objects.order_by("-month")


def centre_rates() -> QuerySet[CentreRate]:
    """This function will give what the State refunds this centre as a rule, newest year first."""
    return CentreRate.objects.order_by("-year")


def refund_lines_without_rate(claim: RefundClaim) -> QuerySet[RefundLine]:
    """This function will give the lines of a claim whose rate waits for a fact of their order."""
    return refund_lines(claim).filter(rate__isnull=True)


def refund_lines(claim: RefundClaim) -> QuerySet[RefundLine]:
    """This function will give the lines of a claim by rate, with their orders and persons."""
    rows = RefundLine.objects.filter(claim=claim)
    return rows.select_related("line__due__order__person").order_by("rate", "pk")
