"""The cost of a rest home for the CPAS, and the share of the resident's children.

The resident gives her resources but keeps her pocket money (loi 08/07/1976 art. 98 §1er); the
CPAS pays the rest. It seeks it from the children, each for his equal part at most (art. 98 §2;
AR 09/05/1984), never from brothers and sisters; the council may waive, and says why.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from beffroi.rules.allocation import equal_parts
from beffroi.rules.amounts import ZERO, euros, percent, to_cent
from beffroi.rules.figures import Explanation, Figure, figure
from beffroi.rules.outcomes import Outcome, granted, not_computable, refused, unknown
from beffroi.rules.series import series
from beffroi.rules.steps import Step

_COST = Figure(ZERO, "loi 08/07/1976 art. 98 §1er")
_CHILDREN = Figure(ZERO, "loi 08/07/1976 art. 98 §2; AR 09/05/1984")


@dataclass(frozen=True, slots=True)
class Facts:
    """A month in a home. None: nobody knows yet. Euros; `pocket_money` is the indexed amount."""

    month: date
    day_price: Decimal | None
    days: int | None
    resources: Decimal | None
    pocket_money: Decimal | None
    other_costs: Decimal = ZERO


def cost(facts: Facts) -> Outcome:
    """This function will give the euros a month in a home costs the CPAS, pocket money included.

    Raises: ValueError for a negative amount or more days than a month has.
    """
    asked = {
        "le prix de la journée": facts.day_price,
        "les journées du mois": facts.days,
        "les ressources du résident": facts.resources,
        "l’argent de poche indexé": facts.pocket_money,
    }
    missing = unknown(asked)
    if facts.day_price is None or facts.days is None or missing:
        return not_computable(missing)
    resources, pocket = facts.resources or ZERO, facts.pocket_money or ZERO
    if min(facts.day_price, resources, pocket, facts.other_costs) < 0 or not 0 <= facts.days <= 31:
        raise ValueError("prices and resources are zero or more, days from 0 to 31")
    told = Explanation()
    stay = facts.day_price * facts.days + facts.other_costs
    words = f"{euros(facts.day_price)} × {facts.days} jours + {euros(facts.other_costs)}"
    told.add("stay", "Frais du séjour", f"{words} = {euros(stay)}", stay, [_COST])
    least = _least_pocket_money(facts.month)
    if least is not None and pocket < to_cent(least.amount / 12):
        reason = f"L’argent de poche est d’au moins {euros(to_cent(least.amount / 12))} par mois."
        return refused([reason], told.steps)
    total = to_cent(max(ZERO, stay - resources + pocket))
    words = f"{euros(stay)} − {euros(resources)} + {euros(pocket)} (argent de poche)"
    told.add("cost", "À charge du CPAS", f"{words} = {euros(total)}", total, [_COST])
    return granted(total, told.steps)


def _least_pocket_money(month: date) -> Figure | None:
    if series("pocket_money_least").get(month) is None:
        return None
    return figure("pocket_money_least", month)


@dataclass(frozen=True, slots=True)
class Child:
    """A child of the resident: the part of his own share the council asks for, and why not all.

    `asked` goes from 0 to 1; None means that the council has not decided.
    """

    name: str
    asked: Decimal | None = None
    waiver: str = ""


@dataclass(frozen=True, slots=True)
class Share:
    """A child's highest share in euros and what is asked of him (None: not decided)."""

    child: Child
    most: Decimal
    asked: Decimal | None


@dataclass(frozen=True, slots=True)
class Shares:
    """The shares in the order of the children, and what stays with the CPAS."""

    shares: tuple[Share, ...]
    left_to_cpas: Decimal
    missing: tuple[str, ...]
    steps: tuple[Step, ...]


def children_shares(amount: Decimal, children: Sequence[Child]) -> Shares:
    """This function will give what may be asked of each child for `amount` euros of cost.

    Raises: ValueError for a part outside 0 to 1, or a waiver without its reason.
    """
    told = Explanation()
    if not children:
        return Shares((), amount, (), ())
    found: list[Share] = []
    for child, most in zip(children, equal_parts(amount, len(children)), strict=True):
        if child.asked is not None and not 0 <= child.asked <= 1:
            raise ValueError(f"a part goes from 0 to 1: {child.name}")
        if child.asked is not None and child.asked < 1 and not child.waiver:
            raise ValueError(f"a waiver says why: {child.name}")
        asked = None if child.asked is None else to_cent(most * child.asked)
        words = f"{euros(amount)} / {len(children)} = {euros(most)}"
        if asked is not None and child.asked is not None:
            words += f" × {percent(child.asked)} = {euros(asked)}"
        told.add("child", f"Part de {child.name}", words, asked or ZERO, [_CHILDREN])
        found.append(Share(child, most, asked))
    left = amount - sum((one.asked or ZERO for one in found), ZERO)
    told.add("left", "Reste à charge du CPAS", euros(left), left, [_CHILDREN])
    missing = tuple(f"la part demandée à {one.child.name}" for one in found if one.asked is None)
    return Shares(tuple(found), left, missing, told.done())
