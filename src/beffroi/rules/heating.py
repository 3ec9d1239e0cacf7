"""The heating allowance: part of the bill of a household that heats with oil or bulk propane.

Three categories (loi-programme 27/12/2004): 1 increased health-care refund for the whole
household; 2 income below a ceiling; 3 debts, and a bill that cannot be paid. A claim comes
within sixty days of the delivery. Bulk and pump exclude each other within a heating period.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from beffroi.rules.amounts import ZERO, euros, in_words, number, to_cent
from beffroi.rules.figures import Explanation, Figure, Table, figure, known_table, table
from beffroi.rules.outcomes import Outcome, granted, not_computable, refused, unknown
from beffroi.rules.procedure import deadlines
from beffroi.rules.series import series

Fuel = Literal["bulk_oil", "bulk_propane", "pump_oil", "pump_kerosene", "other"]
_BULK, _PUMP = ("bulk_oil", "bulk_propane"), ("pump_oil", "pump_kerosene")
_LAW = "loi-programme 27/12/2004 art. 203 et suivants"


@dataclass(frozen=True, slots=True)
class Facts:
    """A delivery and the household. None: nobody knows yet. Amounts in euros, yearly incomes.

    `self_employed_net` is the code 1607 of the tax bill. `cadastral_elsewhere` is the
    non-indexed cadastral income of what is not the home. `unable_to_pay` is the enquiry's
    conclusion. `bulk_scale` and `pump_amount` hold what the service typed where the house
    knows no scale for that day; the `_before` facts count the same heating period.
    """

    delivered: date
    claimed: date
    fuel: Fuel
    price_per_litre: Decimal | None = None
    litres: Decimal | None = None
    all_increased_refund: bool | None = False
    taxable_income: Decimal | None = None
    self_employed_net: Decimal = ZERO
    cadastral_elsewhere: Decimal = ZERO
    dependants: int = 0
    in_debt_mediation: bool | None = False
    unable_to_pay: bool | None = None
    litres_before: Decimal = ZERO
    amount_before: Decimal = ZERO
    bulk_before: bool = False
    pump_before: bool = False
    supplier_paid: bool = True
    bulk_scale: Table | None = None
    pump_amount: Figure | None = None


@dataclass(frozen=True, slots=True)
class Allowance:
    """What the allowance comes to, the category retained and who is paid."""

    outcome: Outcome
    category: int | None
    paid_to: Literal["person", "supplier"] = "person"


def allowance(facts: Facts) -> Allowance:
    """This function will give the heating allowance of a delivery, in euros.

    Raises: ValueError for a negative fact; OutsideParameters before the ceilings are known.
    """
    if min(facts.dependants, facts.litres_before, facts.amount_before, facts.litres or 0) < 0:
        raise ValueError("litres, amounts and dependants are zero or more")
    told = Explanation()
    reasons = _reasons(facts, told)
    if reasons:
        return Allowance(refused(reasons, told.steps), None)
    category, missing = _category(facts, told)
    if missing:
        return Allowance(not_computable(missing, told.steps), None)
    if category is None:
        reason = "Le ménage n’entre dans aucune des trois catégories."
        return Allowance(refused([reason], told.steps), None)
    outcome = _bulk(facts, told) if facts.fuel in _BULK else _pump(facts, told)
    to_supplier = category == 3 and not facts.supplier_paid
    return Allowance(outcome, category, "supplier" if to_supplier else "person")


def _reasons(facts: Facts, told: Explanation) -> list[str]:
    last = deadlines("heating_delivery", facts.delivered)[0]
    words = f"livraison du {in_words(facts.delivered)}, demande au plus tard le"
    told.add(
        "deadline", "Délai de la demande", f"{words} {in_words(last.due_date)}",
        last.due_date.isoformat(), reference=last.reference,
    )  # fmt: skip
    found = []
    if facts.claimed > last.due_date:
        found.append(f"La demande est arrivée après le {in_words(last.due_date)}.")
    if facts.claimed < facts.delivered:
        found.append("La demande précède la livraison.")
    if facts.fuel == "other":
        found.append("Ce combustible n’ouvre pas le droit à l’allocation.")
    if facts.fuel in _BULK and facts.pump_before:
        found.append("Un achat à la pompe a déjà été pris en compte pour cette période.")
    if facts.fuel in _PUMP and (facts.bulk_before or facts.pump_before):
        found.append("Une allocation a déjà été accordée pour cette période.")
    return found


def _category(facts: Facts, told: Explanation) -> tuple[int | None, list[str]]:
    if facts.all_increased_refund:
        words = "tout le ménage a droit à l’intervention majorée"
        told.add("category", "Catégorie 1", words, "1", reference=_LAW)
        return 1, []
    missing = unknown({"si tout le ménage a l’intervention majorée": facts.all_increased_refund})
    if facts.taxable_income is None:
        missing.append("les revenus imposables du ménage")
    elif _income(facts, facts.taxable_income, told):
        return 2, []
    if facts.in_debt_mediation is None:
        missing.append("si le ménage est en médiation de dettes")
    elif facts.in_debt_mediation and facts.unable_to_pay:
        words = "médiation de dettes ou règlement collectif, facture impossible à payer"
        told.add("category", "Catégorie 3", words, "3", reference=_LAW)
        return 3, []
    elif facts.in_debt_mediation and facts.unable_to_pay is None:
        missing.append("si le ménage est dans l’impossibilité de payer sa facture")
    return None, missing


def _income(facts: Facts, taxable: Decimal, told: Explanation) -> bool:
    factor = figure("heating_self_employed_factor", facts.delivered)
    times = figure("heating_property_multiplier", facts.delivered)
    total = to_cent(
        taxable + facts.self_employed_net * factor.amount + facts.cadastral_elsewhere * times.amount
    )
    words = (
        f"{euros(taxable)} + {euros(facts.self_employed_net)} × 100/80 + "
        f"{euros(facts.cadastral_elsewhere)} × {number(times.amount)} = {euros(total)}"
    )
    told.add("income", "Revenus du ménage", words, total, [factor, times])
    ceilings = table("heating_income_ceiling", facts.delivered)
    each = ceilings.content["per_dependant"]
    ceiling = ceilings.content["household"] + facts.dependants * each
    words = f"{euros(ceilings.content['household'])} + {facts.dependants} × {euros(each)}"
    told.add("ceiling", "Plafond de revenus", f"{words} = {euros(ceiling)}", ceiling, [ceilings])
    if total <= ceiling:
        told.add("category", "Catégorie 2", "revenus dans le plafond", "2", reference=_LAW)
    return bool(total <= ceiling)


def _bulk(facts: Facts, told: Explanation) -> Outcome:
    scale = facts.bulk_scale or known_table("heating_bulk", facts.delivered)
    asked = {"les litres livrés": facts.litres, "le prix au litre": facts.price_per_litre}
    missing = unknown(asked)
    if scale is None:
        missing.append(f"le barème au litre du {in_words(facts.delivered)}")
    if missing or scale is None or facts.litres is None or facts.price_per_litre is None:
        return not_computable(missing, told.steps)
    limit = scale.content["litres"]
    left = max(Decimal(0), limit - facts.litres_before)
    counted = min(facts.litres, left)
    words = f"{number(facts.litres)} litres livrés, {number(facts.litres_before)} déjà comptés sur "
    words += number(limit)
    told.add("litres", "Litres comptés", words, counted, [scale])
    rate = _rate(scale.content["prices"], facts.price_per_litre)
    most = max(ZERO, scale.content["most"] - facts.amount_before)
    amount = min(to_cent(counted * rate), most)
    words = f"{number(counted)} × {euros(rate)}, au plus {euros(most)} : {euros(amount)}"
    told.add("amount", "Allocation de chauffage", words, amount, [scale])
    if amount == 0:
        return refused(["Les litres comptés par période sont épuisés."], told.steps)
    return granted(amount, told.steps)


def _rate(prices: list[dict[str, Any]], price: Decimal) -> Decimal:
    for one in prices:
        if one["below"] is None or price < one["below"]:
            return Decimal(one["rate"])
    raise ValueError(f"the scale has no rate for a price of {price}")


def _pump(facts: Facts, told: Explanation) -> Outcome:
    known = facts.pump_amount
    if known is None:
        if series("heating_pump").get(facts.delivered) is None:
            return not_computable([f"le forfait du {in_words(facts.delivered)}"], told.steps)
        known = figure("heating_pump", facts.delivered)
    told.add("amount", "Allocation forfaitaire", euros(known.amount), known.amount, [known])
    return granted(known.amount, told.steps)
