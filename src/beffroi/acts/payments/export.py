"""What payments hold about a person, as plain data for her."""

from collections.abc import Collection
from typing import Any

from beffroi.acts.payments.models import (
    Claim,
    ClaimInstalment,
    ClaimReceipt,
    Due,
    Order,
    PayeeAccount,
)
from beffroi.core.plain import rows


def held_about(persons: Collection[int], subjects: Collection[str] | None) -> dict[str, Any]:
    """This function will give accounts, orders, dues and recoveries of a person, merged entries too.

    With `subjects`, orders and recoveries of these files alone are given.
    """
    mine = {"person__in": persons}
    orders, claims = Order.objects.filter(**mine), Claim.objects.filter(**mine)
    if subjects is not None:
        orders = orders.filter(subject_ref__in=subjects)
        claims = claims.filter(subject_ref__in=subjects)
    return {
        "accounts": rows(PayeeAccount.objects.filter(**mine).order_by("pk"), "holder"),
        "orders": rows(orders.order_by("pk")),
        "dues": rows(Due.objects.filter(order__in=orders).order_by("period_start", "pk")),
        "recoveries": rows(claims.order_by("pk")),
        "instalments": rows(ClaimInstalment.objects.filter(claim__in=claims).order_by("pk")),
        "receipts": rows(ClaimReceipt.objects.filter(claim__in=claims).order_by("pk")),
    }
