"""What recoveries keep back from payments, never more than the law leaves to the person."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal

from django.db.models import Sum

from beffroi.acts.payments.enums import ClaimMeans, ClaimState, LineState
from beffroi.acts.payments.models import Claim, ClaimInstalment, RunLine
from beffroi.acts.payments.money import euros
from beffroi.rules import recovery

_CENT = Decimal("0.01")
_NONE = Decimal(0)


@dataclass(frozen=True)
class Kept:
    """An amount in euros kept back for a claim; nothing when there is none."""

    amount: Decimal = _NONE
    claim_id: int | None = None


class Retentions:
    """The open claims of the persons of a run, and what may still be taken for each."""

    def __init__(self, day: date, persons: set[int]) -> None:
        self._share = recovery.greatest_share(day)
        self._claims: dict[int, list[Claim]] = defaultdict(list)
        self._left: dict[int, Decimal] = {}
        claims = list(
            Claim.objects.filter(state=ClaimState.OPEN, means=ClaimMeans.RETAINED, person__in=persons)
            .order_by("opened_at", "pk")
        )  # fmt: skip
        ids = [claim.pk for claim in claims]
        expected = _sums(ClaimInstalment.objects.filter(claim__in=ids, due_date__lte=day), "amount")
        under_way = _sums(
            RunLine.objects.filter(claim__in=ids, state=LineState.PLANNED), "retained"
        )
        for claim in claims:
            paid = claim.amount - claim.balance
            asked = expected.get(claim.pk, _NONE) - paid - under_way.get(claim.pk, _NONE)
            room = claim.balance - under_way.get(claim.pk, _NONE)
            self._claims[claim.person_id].append(claim)
            self._left[claim.pk] = max(min(asked, room), _NONE)

    def take(self, person_id: int, third_party_id: int | None, amount: Decimal) -> Kept:
        """This function will say what is kept of a payment of `amount` euros made to the person.

        A payment to a third party, such as a rent, is left whole.
        """
        if third_party_id or self._share is None:
            return Kept()
        most = (amount * self._share).quantize(_CENT, ROUND_DOWN)
        for claim in self._claims.get(person_id, ()):
            kept = min(self._left[claim.pk], most)
            if kept > 0:
                self._left[claim.pk] -= kept
                return Kept(kept, claim.pk)
        return Kept()


def _sums(rows: object, field: str) -> dict[int, Decimal]:
    found = rows.values("claim").annotate(total=Sum(field)).order_by()  # type: ignore[attr-defined]
    return {row["claim"]: euros(row["total"]) for row in found}
