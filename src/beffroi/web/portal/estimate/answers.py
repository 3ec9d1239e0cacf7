"""What a person answered, the ways in which the CPAS could see it, and the facts of each way.

Only a person decides the category, the exemption of work and the share counted of relatives.
The estimate therefore never decides: it computes each way that the answers leave open.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from beffroi.rules.exact import monthly_cents
from beffroi.rules.living_income import NOT_COMPUTABLE, Result, compute
from beffroi.rules.living_income_facts import Cohabitant, Facts, Property, Resource, Transfer
from beffroi.rules.living_income_parameters import CATEGORIES, Parameters

YES, NO, UNKNOWN = "yes", "no", "unknown"
#: Each kind of income asked for, and what the law calls it.
INCOMES = {
    "work": "work",
    "unemployment": "unemployment",
    "alimony": "alimony_for_self",
    "own_benefit": "family_benefit_for_self",
    "other_income": "other",
}
PARTS = {
    "whole": Fraction(1), "half": Fraction(1, 2), "third": Fraction(1, 3), "quarter": Fraction(1, 4),
}  # fmt: skip
#: A question whose « I do not know » leaves the computation without a fact. The others leave open
#: how the CPAS will decide, and give several amounts instead.
_NEEDED = ("savings", "given", "housing", "partner_claims", "part")
_ZERO = Decimal(0)


@dataclass(frozen=True)
class Answers:
    """The answers that matter, no others; None is an amount or a number that is not known."""

    several: Mapping[str, frozenset[str]]
    choices: Mapping[str, str]
    amounts: Mapping[str, Decimal | None]

    def lives_with(self, who: str) -> bool:
        return who in self.several["home"]

    def amount(self, name: str) -> Decimal | None:
        """What is known of an amount; nothing where the question did not arise."""
        return self.amounts.get(name, _ZERO)

    def number(self, name: str) -> int:
        return int(self.amounts.get(name) or 0)


@dataclass(frozen=True)
class Way:
    """One way in which the CPAS could decide what is its own to appreciate."""

    category: str
    exemption: str = "none"
    counts_family: bool = True


@dataclass(frozen=True)
class Computed:
    """One way and what it comes to."""

    way: Way
    facts: Facts
    result: Result

    @property
    def monthly_cents(self) -> int:
        """The monthly amount, in cents; nothing where the law's sum gives nothing."""
        amounts = self.result.amounts
        return 0 if amounts is None else int(monthly_cents(amounts.granted))


@dataclass(frozen=True)
class Shown:
    """One category with its whole explanation, and the other amounts it may come to."""

    main: Computed
    others: tuple[Computed, ...]


@dataclass(frozen=True)
class Estimate:
    """All that the answers give on a day: the ways, or the facts that lack."""

    missing: tuple[str, ...]
    shown: tuple[Shown, ...]
    at_most_cents: int | None

    @property
    def amounts(self) -> tuple[int, ...]:
        """Every monthly amount found, in cents, the lowest first."""
        found = {one.monthly_cents for part in self.shown for one in (part.main, *part.others)}
        return tuple(sorted(found))


def categories(answers: Answers) -> tuple[str, ...]:
    """This function will give the categories that the answers describe, the likeliest first.

    None when the person does not know with whom she lives. Source: loi 26/05/2002 art. 14 §1.
    """
    if UNKNOWN in answers.several["home"]:
        return ()
    child, partner = answers.lives_with("child"), answers.lives_with("partner")
    adults = answers.lives_with("family") or answers.lives_with("others")
    if child:
        if answers.choices.get("partner_claims") == YES:
            return ("cohabitant",)
        if partner or adults:
            sure = not adults and answers.choices["child_time"] == "all"
            return ("family",) if sure else ("family", "cohabitant")
        return ("family",) if answers.choices["child_time"] == "all" else ("family", "isolated")
    if partner:
        return ("cohabitant",)
    if adults:
        shared = answers.choices["shares"]
        if shared == YES:
            return ("cohabitant",)
        return ("isolated", "cohabitant") if shared == NO else ("cohabitant", "isolated")
    return ("isolated",)


def other_ways(answers: Answers, way: Way) -> Iterator[Way]:
    """This function will give what else the CPAS may decide within the same category.

    Work may be exempted of somebody who studies or already receives the living income (AR
    11/07/2002 art. 35); relatives may be left uncounted for equity (art. 34).
    """
    exemption = _exemption(answers)
    has_family = bool(_relatives(answers, way) and answers.amounts.get("family_income"))
    if exemption:
        yield replace(way, exemption=exemption)
    if has_family:
        yield replace(way, counts_family=False)
    if exemption and has_family:
        yield replace(way, exemption=exemption, counts_family=False)


def _exemption(answers: Answers) -> str:
    if not answers.amounts.get("work"):
        return ""
    if answers.choices["student"] != NO:
        return "student"
    return "general" if answers.choices["receiving"] != NO else ""


def missing(answers: Answers) -> tuple[str, ...]:
    """This function will name the questions without whose answer nothing can be computed."""
    found = [name for name, given in answers.several.items() if UNKNOWN in given]
    found += [name for name in _NEEDED if answers.choices.get(name) == UNKNOWN]
    found += [name for name, amount in answers.amounts.items() if amount is None]
    return tuple(found)


def facts_of(answers: Answers, way: Way, day: date) -> Facts:
    """This function will write the answers as the law's facts, on `day`, decided as `way` says."""
    resources = tuple(
        Resource(kind, answers.amount(name), way.exemption if name == "work" else "none")
        for name, kind in INCOMES.items()
        if name in answers.amounts
    )
    given = answers.choices.get("given") == YES
    return Facts(
        date=day,
        category=way.category,
        resources=resources,
        movable_capital=answers.amount("savings_amount"),
        properties=tuple(_properties(answers)),
        children_allocataire=answers.number("children"),
        housing_paid_by_third_party_monthly=answers.amount("housing_amount"),
        transfers=(Transfer(day, answers.amount("given_value")),) if given else (),
        cohabitants=(*_partner(answers, way), *_relatives(answers, way)),
    )


def _properties(answers: Answers) -> Iterator[Property]:
    """A loan is borne once: on the first building."""
    share = PARTS.get(answers.choices.get("part", ""), Fraction(1))
    interest = answers.amount("interest")
    if "rc_home" in answers.amounts:
        yield Property("built", answers.amount("rc_home"), share, False, interest)
        interest = _ZERO
    if "rc_building" in answers.amounts:
        rent = answers.amount("rent")
        yearly = 12 * rent if rent else None
        yield Property("built", answers.amount("rc_building"), share, False, interest, yearly)
    if "rc_land" in answers.amounts:
        yield Property("land", answers.amount("rc_land"), share)


def _partner(answers: Answers, way: Way) -> tuple[Cohabitant, ...]:
    if not answers.lives_with("partner"):
        return ()
    if answers.choices["partner_claims"] == YES:
        return (Cohabitant("partner", claims_ris=True),)
    return (
        Cohabitant("partner", resources=(Resource("other", answers.amount("partner_income")),)),
    )


def _relatives(answers: Answers, way: Way) -> tuple[Cohabitant, ...]:
    """Relatives are pooled by the law: the first carries what all of them earn together.

    Who is decided to live alone lives with nobody whose resources could count.
    """
    count = answers.number("family_count")
    if not count or way.category == "isolated":
        return ()
    share = Decimal(1) if way.counts_family else _ZERO
    first = Cohabitant(
        "parent", False, share, (Resource("other", answers.amount("family_income")),)
    )
    return (first, *[Cohabitant("parent", False, share)] * (count - 1))


def estimate(answers: Answers, p: Parameters, day: date) -> Estimate:
    """This function will compute every way that the answers leave open, on `day`.

    Raises: OutsideParameters for a day whose amounts are not known.
    """
    found = categories(answers)
    lacking = missing(answers)
    full = [monthly_cents(p.full[CATEGORIES.index(category)].amount) for category in found]
    if lacking:
        return Estimate(lacking, (), max(full, default=None))
    shown = []
    for category in found:
        way = Way(category)
        others = tuple(_computed(answers, other, day) for other in other_ways(answers, way))
        shown.append(Shown(_computed(answers, way, day), others))
    return Estimate((), tuple(shown), None)


def _computed(answers: Answers, way: Way, day: date) -> Computed:
    facts = facts_of(answers, way, day)
    result = compute(facts)
    if result.status == NOT_COMPUTABLE:
        raise AssertionError("a fact lacks that no question names")
    return Computed(way, facts, result)
