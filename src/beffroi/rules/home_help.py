"""The hourly contribution for family help (SAFA): the service's scale less the region's part.

The scale of the Exécutif of 30 March 1983, as indexed, belongs to the service and is data it
loads: without it nothing is computed. Of the rate it gives, the Region pays a part of each
hour. A derogation may take medical costs or alimony off the income, for three months.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from beffroi.rules.amounts import ZERO, euros, number, to_cent
from beffroi.rules.brackets import Scale, charge
from beffroi.rules.figures import Explanation, Figure, figure
from beffroi.rules.outcomes import Outcome, granted, not_computable, unknown

_SCALE = Figure(ZERO, "Arrêté de l’Exécutif de la Communauté française du 30/03/1983")
_DEROGATION = Figure(ZERO, "CRWASS art. 320 à 360 (dérogation de l’AViQ)")


@dataclass(frozen=True, slots=True)
class Facts:
    """Monthly income and costs in euros; the costs count only under a derogation.

    `scale_rate` is the rate read by hand in the service's scale, where it is not loaded.
    """

    day: date
    hours: Decimal = Decimal(1)
    income: Decimal | None = None
    household: Mapping[str, int | bool] = field(default_factory=dict)
    medical_costs: Decimal = ZERO
    alimony_paid: Decimal = ZERO
    has_derogation: bool = False
    scale: Scale | None = None
    scale_rate: Decimal | None = None


def contribution(facts: Facts) -> Outcome:
    """This function will give the euros a person pays for the hours of help.

    Raises: MissingFact when the scale asks for a fact of the household; OutsideParameters
    before the region's part is known; ValueError for a negative number of hours.
    """
    if facts.hours < 0:
        raise ValueError("hours are zero or more")
    told = Explanation()
    rate = facts.scale_rate
    if rate is None:
        missing = unknown(
            {"les revenus du ménage": facts.income, "le barème du service": facts.scale}
        )
        if missing or facts.scale is None or facts.income is None:
            return not_computable(missing)
        found = charge(facts.scale, _counted(facts, facts.income, told), facts.household)
        told.steps.extend(found.steps)
        rate = found.amount
    else:
        told.add("scale_rate", "Taux lu dans le barème du service", euros(rate), rate, [_SCALE])
    region = figure("home_help_regional_share", facts.day)
    hourly = max(ZERO, rate - region.amount)
    words = f"{euros(rate)} − {euros(region.amount)} = {euros(hourly)}"
    told.add(
        "hourly", "Contribution par heure, part de la Wallonie déduite", words, hourly, [region]
    )
    total = to_cent(hourly * facts.hours)
    words = f"{euros(hourly)} × {number(facts.hours)} h = {euros(total)}"
    told.conclude("total", "À payer", words, total)
    return granted(total, told.steps)


def _counted(facts: Facts, income: Decimal, told: Explanation) -> Decimal:
    if not facts.has_derogation:
        return income
    counted = max(ZERO, income - facts.medical_costs - facts.alimony_paid)
    words = (
        f"{euros(income)} − {euros(facts.medical_costs)} (soins) "
        f"− {euros(facts.alimony_paid)} (aliments) = {euros(counted)}"
    )
    told.add("derogation", "Revenus après dérogation", words, counted, [_DEROGATION])
    return counted
