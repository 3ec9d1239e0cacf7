"""What the facts add up to before any formula: yearly sums, and who counts in the household.

One case gives one `Inputs` of exact numbers; a batch gives one `Inputs` of columns. Facts that
are needed and not known are named here, in words; those that change nothing are not asked for.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

from beffroi.core.dates import add_months
from beffroi.rules.exact import ONE, Number, share_units, units, whole_if_it_can
from beffroi.rules.living_income_facts import (
    RELATIONS,
    RESOURCE_KINDS,
    Cohabitant,
    Facts,
    ImpossibleFact,
    Property,
    Resource,
    Transfer,
)
from beffroi.rules.living_income_parameters import (
    CATEGORIES,
    Parameters,
    Regime,
    relations_that_may_count,
)
from beffroi.rules.living_income_work import NO_WORK, Work, counted_work

_WORK = ("none", "general", "student", "shortage_job", "artist")


class Inputs(NamedTuple):
    """The sums the formulas work on; yearly billionths of a euro unless said otherwise.

    Shares are in ten-thousandths. `built` and `land` are cadastral incomes after the share of
    the person, those that are let apart; `transfers` is the value of what was given away.
    """

    category: Number
    work: Work = NO_WORK
    study_grant: Number = 0
    other: Number = 0
    capital: Number = 0
    built: Number = 0
    built_let: Number = 0
    built_rent: Number = 0
    built_interest: Number = 0
    land: Number = 0
    land_let: Number = 0
    land_rent: Number = 0
    land_interest: Number = 0
    children: Number = 0
    housing: Number = 0
    transfers: Number = 0
    partner: Number = 0
    partner_whole: Number = 0
    partner_share: Number = 10_000
    others: Number = 0
    others_count: Number = 0
    others_share: Number = 10_000


@dataclass(slots=True)
class Household:
    """Who counts, with the yearly resources that count, and who does not, with the reason."""

    partner: tuple[Cohabitant, Number] | None = None
    others: list[tuple[Cohabitant, Number]] = field(default_factory=list)
    ignored: list[tuple[Cohabitant, str]] = field(default_factory=list)


def gather(facts: Facts, p: Parameters, regime: Regime) -> tuple[Inputs, Household, list[str]]:
    """This function will add the facts up: the sums, the household, what lacks in words.

    Raises: ImpossibleFact for an exemption that does not exist on that day.
    """
    missing: list[str] = []
    work, other = _own(facts.resources, p, missing, "")
    household = _household(facts, p, regime, missing)
    values: dict[str, Number] = {"other": other, "study_grant": int(facts.study_grant)}
    values["capital"] = _units(facts.movable_capital, "le montant des capitaux mobiliers", missing)
    values["housing"] = 12 * _units(
        facts.housing_paid_by_third_party_monthly,
        "le coût mensuel du logement payé par une autre personne",
        missing,
    )
    if facts.properties:
        values |= _properties(facts.properties, missing)
        is_built = any(one.kind == "built" for one in facts.properties)
        if is_built and facts.children_allocataire is None:
            missing.append(
                "le nombre d’enfants pour lesquels elle reçoit les allocations familiales"
            )
        values["children"] = facts.children_allocataire or 0
    if facts.transfers:
        values["transfers"] = sum(
            transferred(one, p, missing, index)
            for index, one in enumerate(facts.transfers)
            if is_recent(one, facts, p)
        )
    if facts.cohabitants:
        values |= _household_sums(facts, household, p)
    return Inputs(CATEGORIES.index(facts.category), work, **values), household, missing


def _units(amount: object, words: str, missing: list[str]) -> int:
    if amount is None:
        missing.append(words)
        return 0
    return units(amount) if amount else 0  # type: ignore[arg-type]


def _own(
    resources: tuple[Resource, ...], p: Parameters, missing: list[str], whose: str
) -> tuple[Work, Number]:
    """The yearly work income by exemption, and the yearly rest."""
    if not resources:
        return NO_WORK, 0
    work, other = [0, 0, 0, 0, 0], 0
    for index, one in enumerate(resources):
        if one.kind == "exempt":
            continue
        if one.monthly is None:
            name = one.label or RESOURCE_KINDS[one.kind].lower()
            missing.append(f"le montant mensuel de « {name} » (ressource {index + 1}{whose})")
            continue
        amount = 12 * units(one.monthly)
        if one.kind == "work":
            if one.exemption == "shortage_job" and p.spi_shortage_job is None:
                raise ImpossibleFact("exemption", f"shortage_job is not known on {p.since}")
            work[_WORK.index(one.exemption)] += amount
        elif one.kind == "ale":
            other += ale_counted(one, p, missing, whose)
        else:
            other += amount
    return Work(*work), other


def ale_counted(one: Resource, p: Parameters, missing: list[str], whose: str = "") -> Number:
    """This function will give the yearly part of ALE work above the exempt amount an hour.

    Source: AR 11/07/2002 art. 22 §1.
    """
    if one.hours is None:
        missing.append(f"le nombre d’heures ALE par mois{whose}")
        return 0
    assert one.monthly is not None
    return 12 * max(0, units(one.monthly) - int(one.hours * p.ale_hour.amount))


def _properties(properties: tuple[Property, ...], missing: list[str]) -> dict[str, Number]:
    sums: dict[str, Number] = {}
    for index, one in enumerate(properties):
        where = f"de l’immeuble {index + 1}"
        share = share_units(one.share)
        cadastral = _units(one.cadastral_income, f"le revenu cadastral {where}", missing)
        interest = _units(
            one.annual_mortgage_interest, f"les intérêts hypothécaires {where}", missing
        )
        is_let = one.annual_rent is not None
        name = f"{one.kind}_let" if is_let else one.kind
        sums[name] = sums.get(name, 0) + ONE.shared(cadastral, share)
        if is_let:
            rent = ONE.shared(units(one.annual_rent or 0), share)
            sums[f"{one.kind}_rent"] = sums.get(f"{one.kind}_rent", 0) + rent
        sums[f"{one.kind}_interest"] = sums.get(f"{one.kind}_interest", 0) + interest
    return sums


def is_recent(one: Transfer, facts: Facts, p: Parameters) -> bool:
    """This function will say whether a transfer lies in the years before that count."""
    return one.date >= add_months(facts.date, -12 * p.transfer_years)


def transferred(one: Transfer, p: Parameters, missing: list[str], index: int = 0) -> Number:
    """This function will give the value that counts of a property given away, never below zero.

    The full value, times the right given (usufruct 40 %, bare ownership 60 %), times the share,
    less the debts paid off with it and the abatement a person granted.
    Source: AR 11/07/2002 art. 28 to 32.
    """
    value = _units(one.value, f"la valeur du bien cédé {index + 1}", missing)
    debts = _units(one.debts_paid, f"les dettes remboursées (bien cédé {index + 1})", missing)
    gross = ONE.divided(value * p.transfer_percent[one.right], 100)
    net = ONE.shared(gross, share_units(one.share)) - debts - units(one.abatement)
    return max(0, net)


def _household(facts: Facts, p: Parameters, regime: Regime, missing: list[str]) -> Household:
    """Who counts: the partner apart, then those the regime of the decision names."""
    household = Household()
    for index, one in enumerate(facts.cohabitants):
        reason = _why_ignored(one, regime)
        if reason:
            household.ignored.append((one, reason))
            continue
        whose = f" de la personne {index + 1}, {RELATIONS[one.relation].lower()}"
        work, other = _own(one.resources, p, missing, whose)
        if one.relation in p.spi_not_for:
            work = Work(plain=sum(work))
        amount = other + counted_work(work, facts.study_grant, p, ONE)
        if one.relation == "partner":
            household.partner = (one, amount)
        else:
            household.others.append((one, amount))
    return household


def _why_ignored(one: Cohabitant, regime: Regime) -> str:
    if one.relation == "partner":
        if one.claims_ris and not one.activated:
            return "a son propre droit à l’intégration sociale"
    elif one.relation not in relations_that_may_count():
        return "ses ressources ne comptent jamais"
    elif one.relation not in regime.relations:
        return "ses ressources ne comptent pas sous le régime de cette décision"
    elif one.claims_ris:
        return "a son propre droit à l’intégration sociale"
    if not one.counted_share:
        return "décision de ne pas compter ses ressources"
    return ""


def _household_sums(facts: Facts, household: Household, p: Parameters) -> dict[str, Number]:
    sums: dict[str, Number] = {}
    if household.partner:
        partner, amount = household.partner
        whole = facts.category in p.partner_whole and not partner.activated
        sums |= {"partner": amount, "partner_whole": int(whole)}
        sums["partner_share"] = share_units(partner.counted_share)
    if household.others:
        sums["others"] = sum(amount for _one, amount in household.others)
        sums["others_count"] = len(household.others)
        sums["others_share"] = _one_share(household.others)
    return sums


def _one_share(others: list[tuple[Cohabitant, Number]]) -> Number:
    """The share counted of the pooled excess; where shares differ, weighed by the resources."""
    shares = {share_units(one.counted_share) for one, _amount in others}
    if len(shares) == 1:
        return shares.pop()
    total = sum(amount for _one, amount in others)
    if not total:
        return 0
    weighed = sum(share_units(one.counted_share) * amount for one, amount in others)
    return whole_if_it_can(weighed / _fraction(total))


def _fraction(number: Number) -> Number:
    from fractions import Fraction

    return Fraction(number)
