"""Writes of this room: the next number of a register."""

from django.db import transaction
from django.db.models import F

from beffroi.documents.models import RegisterYear


def next_number(*, register: str, year: int) -> int:
    """This function will give the next number of `register` for `year`, without a gap.

    The number is taken by an UPDATE in the caller's transaction: a second caller waits for
    the first to commit, and a roll-back gives the number back.

    Raises: RuntimeError outside a transaction.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a register number is taken in the transaction that uses it")
    RegisterYear.objects.get_or_create(register=register, year=year)
    row = RegisterYear.objects.filter(register=register, year=year)
    row.update(last_number=F("last_number") + 1)
    return row.values_list("last_number", flat=True).get()
