"""What holds for every living income: never negative, never more than full, more gives less."""

import json
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from beffroi.rules.living_income import compute
from beffroi.rules.living_income_facts import (
    EXEMPTIONS,
    RELATIONS,
    Cohabitant,
    Facts,
    Property,
    Resource,
    Transfer,
)
from beffroi.rules.living_income_parameters import CATEGORIES
from beffroi.rules.living_income_reading import facts_of, json_of

settings.register_profile("law", deadline=None, max_examples=120)
settings.load_profile("law")

money = st.decimals(0, 3000, places=2)
days = st.dates(date(2023, 1, 1), date(2027, 12, 31))
shares = st.sampled_from([Decimal(1), Decimal("0.5"), Decimal("0.3333"), Decimal(0)])
work = st.builds(Resource, st.just("work"), money, st.sampled_from(EXEMPTIONS))
other = st.builds(Resource, st.sampled_from(["other", "unemployment"]), money)
cohabitants = st.builds(
    Cohabitant,
    st.sampled_from([one for one in RELATIONS if one != "partner"]),
    st.booleans(),
    shares,
    st.lists(work | other, max_size=2).map(tuple),
)
properties = st.builds(
    Property, st.sampled_from(["built", "land"]), money, shares, st.booleans(), money,
    st.none() | money,
)  # fmt: skip
transfers = st.builds(
    Transfer, st.dates(date(2010, 1, 1), date(2022, 12, 31)), money.map(lambda m: m * 40)
)
cases = st.builds(
    Facts,
    days,
    st.sampled_from(CATEGORIES),
    st.lists(work | other, max_size=3).map(tuple),
    money.map(lambda m: m * 10),
    st.lists(properties, max_size=2).map(tuple),
    st.integers(0, 4),
    money,
    st.lists(transfers, max_size=2).map(tuple),
    st.lists(cohabitants, max_size=3).map(tuple),
)


def granted(facts: Facts):
    result = compute(facts)
    assert result.amounts is not None
    return result.amounts.granted


@given(cases)
def test_grant_is_never_negative_nor_above_the_full_amount(facts: Facts) -> None:
    result = compute(facts)
    a = result.amounts
    assert a is not None
    assert 0 <= a.granted <= a.full
    assert 0 <= a.before_general_exemption <= a.granted
    assert a.granted == (a.full - a.deducted if a.is_entitled else 0)
    assert (a.granted > 0) == (result.status == "entitled")


@given(cases, money)
def test_one_more_resource_never_gives_more(facts: Facts, more: Decimal) -> None:
    richer = replace(facts, resources=(*facts.resources, Resource("other", more)))
    assert granted(richer) <= granted(facts)


@given(cases, money)
def test_more_savings_never_give_more(facts: Facts, more: Decimal) -> None:
    assert facts.movable_capital is not None
    richer = replace(facts, movable_capital=facts.movable_capital + more)
    assert granted(richer) <= granted(facts)


@given(cases, cohabitants)
def test_somebody_who_never_counts_changes_nothing(facts: Facts, somebody: Cohabitant) -> None:
    friend = replace(somebody, relation="friend")
    assert granted(replace(facts, cohabitants=(*facts.cohabitants, friend))) == granted(facts)


@given(cases)
def test_the_order_of_the_facts_changes_nothing(facts: Facts) -> None:
    turned = replace(
        facts,
        resources=facts.resources[::-1],
        properties=facts.properties[::-1],
        transfers=facts.transfers[::-1],
        cohabitants=facts.cohabitants[::-1],
    )
    assert compute(turned).amounts == compute(facts).amounts


@given(cases)
def test_each_step_is_told_and_the_last_is_the_monthly_amount(facts: Facts) -> None:
    result = compute(facts)
    assert all(step.label and step.formula and step.reference for step in result.steps)
    assert {step.source for step in result.steps} <= {"read", "inferred"}
    assert result.steps[-1].value == result.granted_monthly


SIMPLE = {
    "full", "full_monthly", "other", "unemployment", "work", "work_general", "work_student",
    "work_shortage_job", "work_artist", "housing", "total", "deducted", "granted_annual", "granted",
}  # fmt: skip


def worked_out(formula: str) -> Fraction:
    """What a formula of the explanation gives, worked out as it is written."""
    floor = formula.endswith(", pas moins de zéro")
    words = formula.removesuffix(", pas moins de zéro").replace("\u202f", "").replace("\u00a0€", "")
    words = re.sub(r"(\d+)(?:,(\d+))?", r'Fraction("\1.\g<2>")', words)
    words = words.replace('."', '.0"')
    for sign, python in (("×", "*"), ("÷", "/"), ("−", "-")):
        words = words.replace(sign, python)
    found = eval(words, {"Fraction": Fraction})
    return max(Fraction(0), found) if floor else found


@given(cases)
def test_each_formula_worked_out_gives_the_value_shown(facts: Facts) -> None:
    result = compute(facts)
    checked = [
        (step.key, abs(worked_out(step.formula) - Fraction(step.value)) <= Fraction(6, 100))
        for step in result.steps
        if step.key in SIMPLE and "rien" not in step.formula and "aucune" not in step.formula
    ]
    assert checked == [(key, True) for key, _right in checked]
    assert {"full", "full_monthly"} <= {key for key, _right in checked}


@given(cases)
def test_facts_written_and_read_again_are_the_same(facts: Facts) -> None:
    assert facts_of(json.loads(json.dumps(json_of(facts)))) == facts
