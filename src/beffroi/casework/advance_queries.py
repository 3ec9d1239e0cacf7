"""Advances on benefits as pages show them: what left, who will pay, what is claimed back."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from beffroi.acts.payments import queries as payments
from beffroi.acts.payments.queries import Claimed
from beffroi.casework import aids
from beffroi.casework.models import Grant
from beffroi.casework.permissions import files_visible_to
from beffroi.core.actors import Actor


@dataclass(frozen=True)
class Advance:
    """A grant that a paying body gives back: what left the house in euros, and its claim."""

    grant: Grant
    body: str
    body_reference: str
    sent: Decimal
    claim: Claimed | None

    @property
    def is_waiting(self) -> bool:
        """Whether money left that nobody has claimed back yet."""
        return self.claim is None and self.sent > 0


def _kinds() -> list[str]:
    return [one.key for one in aids.aids() if one.recovery == "paying_body"]


def _of(grants: Sequence[Grant]) -> list[Advance]:
    refs = [one.reference for one in grants]
    sent = payments.sent_for_each("grant", refs)
    claims = payments.claims_under("advance", refs)
    found = []
    for one in grants:
        said = one.decision.facts.get("details") or {}
        found.append(
            Advance(
                one, str(said.get("paying_body") or ""), str(said.get("body_reference") or ""),
                sent.get(one.reference, Decimal("0.00")), claims.get(one.reference),
            )
        )  # fmt: skip
    return found


def advance_of(grant: Grant) -> Advance | None:
    """This function will give what a grant advanced, or None when it is no advance."""
    return _of([grant])[0] if aids.aid(grant.kind).recovery == "paying_body" else None


def advances_of(actor: Actor, most: int = 200) -> list[Advance]:
    """This function will give the advances of the files the actor sees: to claim first, oldest first.

    Those that nothing left for yet come last: there is nothing to claim.
    """
    rows = list(
        Grant.objects.filter(kind__in=_kinds(), file__in=files_visible_to(actor))
        .exclude(order_ref="")
        .select_related("file__person", "decision")
        .order_by("from_date", "pk")[:most]
    )
    ranks = {True: 0, False: 1}
    return sorted(
        _of(rows),
        key=lambda one: (ranks[one.is_waiting], one.claim is None, one.claim is not None and one.claim.is_settled),
    )  # fmt: skip
