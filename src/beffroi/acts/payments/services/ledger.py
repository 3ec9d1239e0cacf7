"""Double entry: each row debits one account and credits another, once for one source."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.db import connection, transaction

from beffroi.acts.payments.enums import LedgerKind
from beffroi.acts.payments.models import BudgetArticle, LedgerAccount, LedgerEntry
from beffroi.acts.payments.services.inserting import insert, stored

_DATA = Path(__file__).resolve().parents[1] / "data" / "articles.yaml"
STATE, CLAIMS, BANK, CASH, TRANSIT = "41510", "41620", "55001", "57000", "58000"
AID, WAIVED, RECOVERED, SUBSIDY = "63800", "63850", "73800", "73850"
#: From the credit of the second to the debit of the first.
SIDES: dict[str, tuple[str, str]] = {
    LedgerKind.SENT: (AID, TRANSIT),
    LedgerKind.PAID: (TRANSIT, BANK),
    LedgerKind.REJECTED: (TRANSIT, AID),
    LedgerKind.RETURNED: (BANK, AID),
    LedgerKind.CASH: (AID, CASH),
    LedgerKind.RETAINED: (AID, CLAIMS),
    LedgerKind.UNRETAINED: (CLAIMS, AID),
    LedgerKind.CLAIM: (CLAIMS, RECOVERED),
    LedgerKind.RECEIPT: (BANK, CLAIMS),
    LedgerKind.WAIVER: (WAIVED, CLAIMS),
    LedgerKind.REFUND: (STATE, SUBSIDY),
}


_COLUMNS = (
    "on_date", "kind", "source_kind", "source_ref", "debit", "credit", "article", "amount",
    "subject_ref", "label", "written_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Posting:
    """An amount in euros to write, what it comes from, and the article it is charged on."""

    kind: str
    source_kind: str
    source_ref: str
    amount: Decimal
    label: str
    article_id: int | None = None
    subject_ref: str = ""


@cache
def _content() -> dict[str, Any]:
    return dict(yaml.safe_load(_DATA.read_text(encoding="utf-8")))


@transaction.atomic
def load_plan() -> int:
    """This function will add the articles and accounts that come with the house, and count them.

    Run again, it touches none that the finance director has changed.
    """
    content = _content()
    for row in content["accounts"]:
        LedgerAccount.objects.get_or_create(code=row["code"], defaults=row)
    for row in content["articles"]:
        BudgetArticle.objects.get_or_create(
            code=row["code"], defaults={**row, "source": content["source"]}
        )
    return len(content["accounts"]) + len(content["articles"])


def _accounts() -> dict[str, int]:
    known = dict(LedgerAccount.objects.values_list("code", "pk"))
    if not known:
        load_plan()
        known = dict(LedgerAccount.objects.values_list("code", "pk"))
    return known


def write(postings: Iterable[Posting], *, on: date, at: datetime) -> int:
    """This function will write in the ledger, in the transaction of the act, and count the rows.

    Raises: IntegrityError when one was already written for the same source; RuntimeError
    outside a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("the ledger is written in the transaction of the act")
    accounts = _accounts()
    written = stored(at)
    rows = [
        (
            on, one.kind, one.source_kind, one.source_ref, accounts[SIDES[one.kind][0]],
            accounts[SIDES[one.kind][1]], one.article_id, one.amount, one.subject_ref,
            one.label[:140], written,
        )
        for one in postings
    ]  # fmt: skip
    insert(LedgerEntry, _COLUMNS, rows)
    return len(rows)
