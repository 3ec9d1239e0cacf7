"""Advances on a benefit: what the paying body gives back to the CPAS out of what it owes.

The CPAS takes the place of the person for what it paid in wait of the same period (loi
08/07/1976 art. 99 §2): never more than it advanced, never more than the arrears.
"""

from dataclasses import dataclass
from decimal import Decimal

from beffroi.rules.amounts import euros
from beffroi.rules.figures import Explanation
from beffroi.rules.steps import Step

_LAW = "loi 08/07/1976 art. 99 §2"


@dataclass(frozen=True, slots=True)
class Refund:
    """What comes back to the CPAS and what goes to the person, in euros."""

    to_cpas: Decimal
    to_person: Decimal
    steps: tuple[Step, ...]


def refund(owed: Decimal, advanced: Decimal) -> Refund:
    """This function will share the arrears of a benefit, in euros, the CPAS first.

    Raises: ValueError for a negative amount.
    """
    if owed < 0 or advanced < 0:
        raise ValueError("arrears and advances are zero or more")
    told, back = Explanation(), min(owed, advanced)
    words = f"avances payées : {euros(advanced)} ; arriérés dus : {euros(owed)}"
    told.add("to_cpas", "Rendu au CPAS", words, back, reference=_LAW)
    rest = owed - back
    told.add(
        "to_person", "Versé à la personne", f"{euros(owed)} − {euros(back)}", rest, reference=_LAW
    )
    return Refund(back, rest, told.done())
