"""The living income of 160,000 people in one run, against OpenFisca-Core; one case, explained."""

import random
import time
from datetime import date

import numpy as np
import pytest

from beffroi.rules.exact import CENT, EURO, WHOLE_SHARE
from beffroi.rules.living_income import Amounts, compute
from beffroi.rules.living_income_batch import compute_columns, compute_in_parts
from beffroi.rules.living_income_inputs import Inputs
from beffroi.rules.living_income_parameters import parameters_on
from beffroi.rules.living_income_reading import facts_of
from beffroi.rules.living_income_work import Work
from tests.rules.test_living_income_random import random_case

DAY = date(2025, 2, 1)
CASES = 160_000
COUNTS = {"category": 1, "children": 1, "others_number": 1, "others_share": WHOLE_SHARE}

pytestmark = pytest.mark.long


def inputs_of(size: int) -> dict[str, np.ndarray]:
    """Columns of plausible cases; amounts in cents a year."""
    random = np.random.default_rng(20250201)

    def some(largest: int, often: float) -> np.ndarray:
        amounts = random.integers(0, largest * 100, size)
        return np.where(random.random(size) < often, amounts, 0)

    return {
        "category": random.integers(0, 3, size),
        "work_plain": some(12_000, 0.2), "work_general": some(14_000, 0.3),
        "work_student": some(8_000, 0.1), "other_income": some(14_000, 0.5),
        "capital_held": some(40_000, 0.4), "built_cadastral": some(2_500, 0.2),
        "built_interest": some(1_500, 0.1), "land_cadastral": some(200, 0.1),
        "children": random.integers(0, 4, size), "housing_paid": some(5_000, 0.1),
        "value_given": some(90_000, 0.05), "partner_income": some(24_000, 0.2),
        "others_income": some(40_000, 0.2), "others_number": random.integers(0, 3, size),
        "others_share": random.integers(0, 5, size) * 2500,
    }  # fmt: skip


def ours(given: dict[str, np.ndarray]) -> Inputs:
    """The same cases as columns of cents."""
    u = given
    return Inputs(
        category=given["category"],
        work=Work(u["work_plain"], u["work_general"], u["work_student"], 0, 0),
        other=u["other_income"], capital=u["capital_held"], built=u["built_cadastral"],
        built_interest=u["built_interest"], land=u["land_cadastral"], children=given["children"],
        housing=u["housing_paid"], transfers=u["value_given"], partner=u["partner_income"],
        others=u["others_income"], others_count=given["others_number"],
        others_share=given["others_share"],
    )  # fmt: skip


def theirs(given: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The same cases in euros."""
    return {name: values / COUNTS.get(name, 100) for name, values in given.items()}


def test_batch_takes_no_longer_than_openfisca_for_the_same_outputs() -> None:
    pytest.importorskip("openfisca_core")
    from tests.bench import openfisca_living_income as peer

    given = inputs_of(CASES)
    mine, other = ours(given), theirs(given)
    exact = ours(
        {name: values * CENT if name not in COUNTS else values for name, values in given.items()}
    )
    made = peer.system(parameters_on(DAY))
    times: dict[str, list[float]] = {"theirs": [], "load": [], "parts": [], "whole": []}
    for _round in range(15):
        clock = [time.perf_counter()]
        ready = peer.simulation(made, other)
        clock.append(time.perf_counter())
        expected = peer.calculate(ready)
        clock.append(time.perf_counter())
        for _part, found in compute_in_parts(exact, DAY):
            assert len(found) == len(expected)
        clock.append(time.perf_counter())
        kept = compute_columns(mine, DAY, CENT)
        clock.append(time.perf_counter())
        for name, start, end in zip(
            ("load", "theirs", "parts", "whole"), clock, clock[1:], strict=False
        ):
            times[name].append(end - start)
    load, theirs_, parts, whole = (
        min(times[name]) for name in ("load", "theirs", "parts", "whole")
    )
    for name in Amounts._fields:
        if name != "is_entitled":
            gap = np.abs(getattr(kept, name) / EURO - expected[name])
            assert gap.max() < 0.25, name
    print(f"formulas alone: {parts * 1e3:.1f} ms, {parts / theirs_:.2f} of OpenFisca-Core")
    print(
        f"arrays in and out: {whole * 1e3:.1f} ms, {whole / (load + theirs_):.2f} of OpenFisca-Core"
    )
    assert whole <= load + theirs_


def test_one_case_with_its_explanation_takes_a_tenth_of_a_millisecond() -> None:
    chance = random.Random(20_250_201)
    cases = [facts_of(random_case(chance)) for _case in range(2_000)]
    rounds = []
    for _round in range(7):
        start = time.perf_counter()
        for facts in cases:
            compute(facts)
        rounds.append((time.perf_counter() - start) / len(cases))
    print(f"one case, explained, mean of {len(cases)}: {min(rounds) * 1e6:.0f} µs")
    assert min(rounds) <= 0.000_1
