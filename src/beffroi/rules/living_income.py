"""The living income (revenu d’intégration): what a person may receive, and how it came about.

In plain words. The law guarantees a yearly amount by category (living with others, alone, with a
family to support). Whatever the person has is counted by the year, each kind in its own way:
wages after an exemption that encourages work; savings by a scale; a house by its cadastral
income; what was given away in the last ten years as if it still brought something; the housing
somebody else pays; a part of what the partner or close relatives living there have. If the sum
stays under the full amount there is a right: a small general exemption is taken off the sum, the
rest is deducted from the full amount, and a twelfth of that is paid each month, rounded once.

What a person must appreciate (the category, the share counted of a cohabitant, whether an
exemption may be used, equity) is a fact given here, dated and motivated, never computed.

The formulas are written once over `beffroi.rules.exact`: for one case, and for columns of cases.
Sources: loi 26/05/2002 art. 14, 16; AR 11/07/2002 art. 22 to 35, each named at its formula; the
values and how each is known: `parameters/living_income.yaml`.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from beffroi.rules.exact import ONE, Arithmetic, Number, cents, monthly_cents, text
from beffroi.rules.living_income_facts import Facts
from beffroi.rules.living_income_inputs import Inputs, gather
from beffroi.rules.living_income_parameters import (
    COHABITANT,
    Known,
    Parameters,
    Regime,
    parameters_on,
    regime_named,
)
from beffroi.rules.living_income_steps import Step, explain
from beffroi.rules.living_income_work import counted_work

ENTITLED, NOT_ENTITLED, NOT_COMPUTABLE = "entitled", "not_entitled", "not_computable"


class Amounts(NamedTuple):
    """Every amount on the way, yearly, in billionths of a euro; numbers, or columns of them."""

    work: Number
    other: Number
    capital: Number
    built: Number
    land: Number
    housing: Number
    transfers: Number
    partner: Number
    others: Number
    total: Number
    full: Number
    is_entitled: Number
    general_exemption: Number
    deducted: Number
    before_general_exemption: Number
    granted: Number


def amounts(i: Inputs, p: Parameters, m: Arithmetic = ONE) -> Amounts:
    """This function will compute every amount of a case, or of columns of cases.

    The general exemption comes last, and only if the total is below the full amount of the
    category; the test is made after the exemptions of work. Source: AR 11/07/2002 art. 22 §2.
    """
    cohabitant = p.full[COHABITANT].amount
    work = counted_work(i.work, i.study_grant, p, m)
    capital = scaled(i.capital, p, m)
    transfers = scaled(i.transfers, p, m)
    exempt = p.built_exempt + p.built_per_child * i.children
    built = _property(
        i.built, i.built_let, i.built_rent, i.built_interest, exempt, p.built_factor, p, m
    )
    land = _property(
        i.land, i.land_let, i.land_rent, i.land_interest, p.land_exempt, p.land_factor, p, m
    )
    partner = partner_counted(i, cohabitant, m)
    others = others_counted(i, cohabitant, m)
    total = work + i.other
    for one in (capital, built, land, i.housing, transfers, partner, others):
        total += one
    full = m.choose(p.full_amounts, i.category)
    is_entitled = total < full
    general = m.minimum(m.choose(p.exemptions, i.category), total)
    exemption = m.where(is_entitled, general, 0)
    deducted = total - exemption
    before = m.maximum(0, full - total)
    return Amounts(
        work, i.other, capital, built, land, i.housing, transfers, partner, others, total, full,
        is_entitled, exemption, deducted, before, before + exemption,
    )  # fmt: skip


def scaled(capital: Number, p: Parameters, m: Arithmetic) -> Number:
    """This function will give the yearly income the law lends to movable capital.

    Nothing up to a first threshold, then a percentage of each tranche: what lies above a threshold
    counts for what its percentage adds to the one before. The same scale serves for the value of
    property given away. Source: AR 11/07/2002 art. 27 and 28 to 32.
    """
    if _is_none(capital):
        return 0
    income, below = 0, 0
    for lower, _upper, percent in p.scale:
        if percent != below:
            above = m.maximum(0, capital - lower)
            above *= percent - below
            income = above if below == 0 else income + above
        below = percent
    return m.divided(income, 100)


def _property(
    cadastral: Number, let: Number, rent: Number, interest: Number,
    exempt: Number, factor: int, p: Parameters, m: Arithmetic,
) -> Number:  # fmt: skip
    """The yearly income the law lends to buildings, or to land.

    The cadastral incomes, not indexed and after the share of the person, are added; one exemption
    is taken from the sum; the rest is tripled. Where property is let, the rent is taken instead
    if that gives more. Mortgage interest is deducted up to half of the amount. How several
    properties share the exemption, rent and interest is inferred. Source: AR 11/07/2002 art. 25, 26.
    """
    if _is_none(cadastral) and _is_none(let) and _is_none(rent):
        return 0
    gross = m.maximum(0, cadastral - exempt)
    gross *= factor
    if not (_is_none(let) and _is_none(rent)):
        by_cadastre = factor * m.maximum(0, cadastral + let - exempt)
        gross = m.maximum(by_cadastre, gross + rent)
    if _is_none(interest):
        return gross
    return gross - m.minimum(interest, m.divided(gross, p.interest_cap_divisor))


def _is_none(amount: Number) -> bool:
    """Whether there is none of it: in one case, or in every case of a batch."""
    return isinstance(amount, int) and not amount


def partner_counted(i: Inputs, cohabitant: int, m: Arithmetic) -> Number:
    """This function will give what counts of the resources of a partner who claims nothing.

    What exceeds the amount of a cohabitant; all of them where the claimant has the family rate,
    because that rate is for both. She is computed apart from the other cohabitants: art. 34 gives
    her a paragraph of her own, where counting is due and not a choice. Source: AR 11/07/2002
    art. 34 §1 and §4 (Cass. 31/01/2011, S.10.0030.F).
    """
    if _is_none(i.partner):
        return 0
    excess = m.maximum(0, i.partner - cohabitant)
    return m.shared(m.where(i.partner_whole, i.partner, excess), i.partner_share)


def others_counted(i: Inputs, cohabitant: int, m: Arithmetic) -> Number:
    """This function will give what counts of the resources of the other cohabitants counted.

    They are pooled: each is lent the amount of a cohabitant, and only what their resources
    together exceed counts, times the share decided. Pooled and not one by one, because a person
    with less than that amount is completed first (Cass. 18/11/2019, S.19.0021.F, on art. 34 §2).
    Where the shares decided differ, each person’s part of the excess is weighed by her resources
    (inferred); somebody not counted at all is neither in the sum nor in the number (inferred).
    """
    if _is_none(i.others):
        return 0
    excess = m.maximum(0, i.others - cohabitant * i.others_count)
    return m.shared(excess, i.others_share)


@dataclass(frozen=True)
class Result:
    """What comes out: the status, every amount, each step, and the parameters used.

    `amounts` is None when a fact lacks; `missing` then names the facts in words.
    """

    status: str
    missing: tuple[str, ...]
    full: Known
    amounts: Amounts | None
    steps: tuple[Step, ...]
    regime: str
    parameters_since: date

    @property
    def full_monthly(self) -> str:
        """The full monthly amount of the category, in euros."""
        return text(monthly_cents(self.full.amount))

    @property
    def granted_monthly(self) -> str | None:
        """The monthly amount granted, in euros; None when it cannot be computed."""
        return None if self.amounts is None else text(monthly_cents(self.amounts.granted))

    @property
    def granted_annual(self) -> str | None:
        """The yearly amount granted, in euros; None when it cannot be computed."""
        return None if self.amounts is None else text(cents(self.amounts.granted))

    @property
    def is_read(self) -> bool:
        """Whether every value used was read in its source."""
        return all(step.source == "read" for step in self.steps)


def regime_of(facts: Facts, p: Parameters) -> Regime:
    """This function will give the regime of cohabitants: the one decided, else that of the day.

    Raises: ValueError when the regime decided is not in force yet.
    """
    return regime_named(facts.regime, facts.date) if facts.regime else p.regime


def compute(facts: Facts) -> Result:
    """This function will compute one living income and explain it step by step.

    Raises: OutsideParameters for a day whose amounts are not known; ImpossibleFact.
    """
    p = parameters_on(facts.date)
    regime = regime_of(facts, p)
    inputs, household, missing = gather(facts, p, regime)
    full = p.full[inputs.category]
    if missing:
        return Result(NOT_COMPUTABLE, tuple(missing), full, None, (), regime.name, p.since)
    found = amounts(inputs, p)
    steps = explain(facts, inputs, household, found, p, regime)
    status = ENTITLED if found.is_entitled else NOT_ENTITLED
    return Result(status, (), full, found, steps, regime.name, p.since)


@dataclass(frozen=True)
class Difference:
    """One case at two dates: both results, and what the monthly amount gains, in cents."""

    old: Result
    new: Result
    monthly_cents: int | None
    changed: tuple[str, ...]


def recompute(facts: Facts, on: date) -> Difference:
    """This function will compute the same facts on another day, the regime of the decision kept.

    `changed` names the amounts that differ. An index date alone does not change who counts in the
    household: the decision keeps its regime until it is reviewed.
    Raises: OutsideParameters; ImpossibleFact when a fact is later than that day.
    """
    old = compute(facts)
    new = compute(replace(facts, date=on, regime=old.regime))
    if old.amounts is None or new.amounts is None:
        return Difference(old, new, None, ())
    gain = monthly_cents(new.amounts.granted) - monthly_cents(old.amounts.granted)
    changed = tuple(
        name
        for name, one, other in zip(Amounts._fields, old.amounts, new.amounts, strict=True)
        if one != other
    )
    return Difference(old, new, gain, changed)
