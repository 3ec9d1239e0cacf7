"""The rental guarantee: how much may stand for a tenant, by the form it takes.

The lease law limits what a landlord may ask: so many months of rent on a blocked account, so
many as a bank guarantee (décret wallon 15/03/2018 art. 62). The CPAS never stands for more.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from beffroi.rules.amounts import euros, number, to_cent
from beffroi.rules.figures import Explanation, table
from beffroi.rules.outcomes import Outcome, granted, not_computable, refused, unknown

Form = Literal["advance", "bank", "letter"]
_LABELS: dict[str, str] = {
    "advance": "une avance sur un compte bloqué",
    "bank": "une garantie bancaire",
    "letter": "une lettre de caution",
}


@dataclass(frozen=True, slots=True)
class Facts:
    """A lease and what the landlord asks, in euros. None: nobody knows yet.

    `is_decent` is the CPAS's appreciation of the dwelling.
    """

    day: date
    form: Form
    rent: Decimal | None
    asked: Decimal | None
    is_decent: bool | None = None


def guarantee(facts: Facts) -> Outcome:
    """This function will give the euros the CPAS may stand for, or why it does not.

    Raises: ValueError for a negative amount; OutsideParameters before the months are known.
    """
    missing = unknown(
        {
            "le loyer": facts.rent,
            "la garantie demandée": facts.asked,
            "si le logement convient": facts.is_decent,
        }
    )
    if facts.rent is None or facts.asked is None or missing:
        return not_computable(missing)
    if facts.rent < 0 or facts.asked < 0:
        raise ValueError("a rent and a guarantee are zero or more")
    told = Explanation()
    held = table("rental_guarantee_months", facts.day)
    months = held.figure(facts.form)
    most = to_cent(facts.rent * months.amount)
    words = f"{euros(facts.rent)} × {number(months.amount)} mois = {euros(most)}"
    told.add("most", f"Au plus, pour {_LABELS[facts.form]}", words, most, [months])
    amount = min(facts.asked, most)
    words = f"demandé : {euros(facts.asked)} ; au plus : {euros(most)}"
    told.add("amount", "Garantie prise en charge", words, amount, [months])
    if not facts.is_decent:
        return refused(["Le logement ne convient pas au ménage."], told.steps)
    if amount == 0:
        return refused(["Aucune garantie n’est demandée."], told.steps)
    return granted(amount, told.steps)
