"""Scales: a rate by bracket of income, changed by the household, within a least and a most.

A bracket holds the incomes from its lower bound, included, to its upper bound, excluded, on
cents. The result is rounded once, at the end, the half upwards. A scale is data: the rules of
a service that charges meals or hours are a file, not code.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from beffroi.rules.amounts import ZERO, cents, euros, percent, to_cent
from beffroi.rules.figures import Explanation, Figure, table
from beffroi.rules.steps import Step

Act = Literal["times", "plus", "plus_each", "income_less_each"]
_ACTS = ("times", "plus", "plus_each", "income_less_each")


class BadScale(ValueError):
    """The scale contradicts itself or leaves an income without a rate."""


class MissingFact(ValueError):
    """The scale asks for something that nobody said."""


@dataclass(frozen=True, slots=True)
class Bracket:
    """A rate for incomes from `lower`, included, to `upper`, excluded (None: without end)."""

    lower: Decimal
    upper: Decimal | None
    rate: Decimal


@dataclass(frozen=True, slots=True)
class Modifier:
    """A change brought by one fact of the household, in the order of the file.

    `times` and `plus` act when the fact is true; `plus_each` adds `by` for each unit counted;
    `income_less_each` takes `by` off the income for each unit, before the bracket is looked up.
    """

    fact: str
    label: str
    act: Act
    by: Decimal


@dataclass(frozen=True, slots=True)
class Scale:
    """A tariff in force from a day on; `least` and `most` bound the result, in euros."""

    label: str
    brackets: tuple[Bracket, ...]
    modifiers: tuple[Modifier, ...] = ()
    least: Decimal | None = None
    most: Decimal | None = None
    reference: str = ""
    status: str = "read"

    def __post_init__(self) -> None:
        lower = ZERO
        for position, one in enumerate(self.brackets, start=1):
            if one.lower != lower:
                raise BadScale(f"{self.label}: bracket {position} does not start at {lower}")
            if one.upper is None:
                if position < len(self.brackets):
                    raise BadScale(f"{self.label}: bracket {position} has no end")
                break
            if one.upper <= one.lower:
                raise BadScale(f"{self.label}: bracket {position} is empty")
            lower = one.upper
        else:
            raise BadScale(f"{self.label}: the last bracket must have no end")
        if self.least is not None and self.most is not None and self.least > self.most:
            raise BadScale(f"{self.label}: the least is above the most")


@dataclass(frozen=True, slots=True)
class Charge:
    """What a scale gives: euros for one unit (a meal, an hour) and how."""

    amount: Decimal
    steps: tuple[Step, ...]


def scale_from(label: str, content: Mapping[str, Any], reference: str, status: str) -> Scale:
    """This function will read a scale from the data of a file.

    Raises: BadScale.
    """
    lower, brackets = ZERO, []
    for one in content["brackets"]:
        upper = None if one["below"] is None else Decimal(one["below"])
        brackets.append(Bracket(lower, upper, Decimal(one["rate"])))
        lower = upper if upper is not None else lower
    modifiers = []
    for one in content.get("modifiers", []):
        if one["act"] not in _ACTS:
            raise BadScale(f"{label}: unknown act {one['act']}")
        modifiers.append(Modifier(one["fact"], one["label"], one["act"], Decimal(one["by"])))
    return Scale(
        label,
        tuple(brackets),
        tuple(modifiers),
        _bound(content.get("least")),
        _bound(content.get("most")),
        reference,
        status,
    )


def _bound(given: Any) -> Decimal | None:
    return None if given is None else Decimal(given)


def scale_on(name: str, label: str, day: date) -> Scale:
    """This function will give the scale of that name in force on `day`.

    Raises: UnknownSeries; OutsideParameters; BadScale.
    """
    found = table(name, day)
    return scale_from(label, found.content, found.reference, found.status)


def charge(scale: Scale, income: Decimal, facts: Mapping[str, int | bool]) -> Charge:
    """This function will give what a household with that monthly income, in euros, pays.

    Raises: MissingFact when the scale asks for a fact that is not in `facts`; ValueError for
    an income below zero or with a fraction of a cent.
    """
    if cents(income) < 0:
        raise ValueError("an income is zero or more")
    told, own = Explanation(), (Figure(ZERO, scale.reference, scale.status),)
    counted = _counted_income(scale, income, facts, told, own)
    bracket = _bracket(scale, counted)
    rate = bracket.rate
    upper = "et plus" if bracket.upper is None else f"à moins de {euros(bracket.upper)}"
    words = f"{euros(counted)} : tranche de {euros(bracket.lower)} {upper}"
    told.add("bracket", scale.label, words, rate, own)
    for one in scale.modifiers:
        if one.act != "income_less_each":
            rate = _modified(one, rate, _fact(one, facts), told, own)
    bounded = _bounded(scale, rate)
    if bounded != rate:
        told.add("bounds", "Minimum ou maximum du barème", euros(bounded), bounded, own)
    amount = to_cent(bounded)
    if amount != bounded:
        told.add("rounding", "Arrondi au cent", f"{euros(bounded)} → {euros(amount)}", amount, own)
    return Charge(amount, told.done())


def _counted_income(
    scale: Scale,
    income: Decimal,
    facts: Mapping[str, int | bool],
    told: Explanation,
    own: tuple[Figure, ...],
) -> Decimal:
    counted = income
    for one in scale.modifiers:
        if one.act == "income_less_each" and (count := int(_fact(one, facts))):
            counted = max(ZERO, counted - one.by * count)
            words = f"− {count} × {euros(one.by)} = {euros(counted)}"
            told.add(one.fact, one.label, words, counted, own)
    return counted


def _bracket(scale: Scale, income: Decimal) -> Bracket:
    for one in scale.brackets:
        if one.upper is None or income < one.upper:
            return one
    raise BadScale(f"{scale.label}: no bracket for {income}")


def _fact(one: Modifier, facts: Mapping[str, int | bool]) -> int | bool:
    if one.fact not in facts or facts[one.fact] is None:
        raise MissingFact(one.label)
    return facts[one.fact]


def _modified(
    one: Modifier, rate: Decimal, fact: int | bool, told: Explanation, own: tuple[Figure, ...]
) -> Decimal:
    if not fact:
        return rate
    if one.act == "times":
        new = rate * one.by
        words = f"{euros(rate)} × {percent(one.by)} = {euros(new)}"
    else:
        count = int(fact) if one.act == "plus_each" else 1
        new = rate + one.by * count
        words = f"{euros(rate)} + {count} × {euros(one.by)} = {euros(new)}"
    told.add(one.fact, one.label, words, new, own)
    return new


def _bounded(scale: Scale, rate: Decimal) -> Decimal:
    if scale.least is not None:
        rate = max(rate, scale.least)
    if scale.most is not None:
        rate = min(rate, scale.most)
    return rate
