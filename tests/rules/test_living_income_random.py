"""Random cases: the engine, alone and in batches, equals a second reading of the law to the cent."""

import random
from typing import Any

import pytest

from beffroi.rules.exact import cents, monthly_cents, text
from beffroi.rules.living_income_batch import compute_many
from beffroi.rules.living_income_facts import RELATIONS
from beffroi.rules.living_income_reading import answer, facts_of
from tests.rules.living_income_reference import DAYS, reference

KINDS = ("work", "work", "other", "unemployment", "alimony_for_self", "exempt")


def amount(chance: random.Random, largest: int) -> str:
    edge = chance.random()
    cents_ = 0 if edge < 0.05 else chance.randint(0, largest * 100)
    return f"{cents_ // 100}.{cents_ % 100:02d}"


def share(chance: random.Random) -> str:
    return chance.choice(["1", "1", "1", "0.5", "0.25", "0.3333", "1/3", "2/7", "0"])


def resources(chance: random.Random, day: str, largest: int) -> list[dict[str, Any]]:
    found = []
    for _one in range(chance.choice([0, 1, 1, 2, 3])):
        kind = chance.choice(KINDS)
        one = {"kind": kind, "monthly": amount(chance, largest)}
        if kind == "work":
            allowed = ["none", "general", "student", "artist"]
            one["exemption"] = chance.choice(
                allowed + ["shortage_job"] * (DAYS[day][3] is not None)
            )
        found.append(one)
    return found


def random_case(chance: random.Random) -> dict[str, Any]:
    """One plausible case, with the odd shares and amounts that break careless arithmetic."""
    day = chance.choice(list(DAYS))
    case: dict[str, Any] = {
        "date": day,
        "category": chance.choice(["cohabitant", "isolated", "family"]),
        "resources": resources(chance, day, chance.choice([100, 700, 1500])),
        "study_grant": chance.random() < 0.2,
    }
    if chance.random() < 0.4:
        case["movable_capital"] = amount(chance, chance.choice([7000, 20000, 90000]))
    if chance.random() < 0.3:
        case["children_allocataire"] = chance.randint(0, 4)
        case["properties"] = [
            {
                "kind": chance.choice(["built", "built", "land"]),
                "cadastral_income": amount(chance, 2500),
                "share": share(chance),
                "annual_mortgage_interest": amount(chance, 2000),
                "annual_rent": chance.choice([None, None, amount(chance, 9000)]),
            }
            for _one in range(chance.randint(1, 3))
        ]
    if chance.random() < 0.1:
        case["housing_paid_by_third_party_monthly"] = amount(chance, 700)
    if chance.random() < 0.2:
        case["transfers"] = [
            {
                "date": f"{chance.randint(2008, 2019)}-{chance.randint(1, 12):02d}-01",
                "value": amount(chance, 200000),
                "right": chance.choice(["full", "usufruct", "bare_ownership"]),
                "share": share(chance),
                "debts_paid": amount(chance, 40000),
            }
            for _one in range(chance.randint(1, 2))
        ]
    if chance.random() < 0.4:
        case["cohabitants"] = _cohabitants(chance, day)
    return case


def _cohabitants(chance: random.Random, day: str) -> list[dict[str, Any]]:
    people = [
        {
            "relation": chance.choice([one for one in RELATIONS if one != "partner"]),
            "claims_ris": chance.random() < 0.1,
            "counted_share": share(chance),
            "resources": resources(chance, day, 2500),
        }
        for _one in range(chance.randint(0, 3))
    ]
    if chance.random() < 0.4:
        people.append({"relation": "partner", "resources": resources(chance, day, 2500)})
    return people


def shown(result: dict[str, Any]) -> dict[str, Any]:
    return {
        "status": result["status"],
        "total": result["counted"]["total"],
        "general_exemption": result["general_exemption"],
        "before": tuple(result["before_general_exemption"].values()),
        "granted": tuple(result["granted"].values()),
    }


def check(seed: int, count: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - repeatable cases, nothing secret
    for _case in range(count):
        case = random_case(chance)
        assert shown(answer(case)) == reference(case), case


def test_engine_equals_the_second_reading() -> None:
    check(seed=20_250_201, count=10_000)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(20))
def test_engine_equals_the_second_reading_a_million_times(seed: int) -> None:
    check(seed, count=50_000)


def test_batch_equals_one_by_one() -> None:
    chance = random.Random(7)
    cases = [random_case(chance) for _case in range(10_000)]
    outcomes = compute_many(facts_of(case) for case in cases)
    for case, outcome in zip(cases, outcomes, strict=True):
        expected = reference(case)
        found = outcome.amounts
        assert found is not None
        assert outcome.status == expected["status"]
        assert text(cents(found.total)) == expected["total"]
        assert text(cents(found.granted)) == expected["granted"][0]
        assert text(monthly_cents(found.granted)) == expected["granted"][1], case
