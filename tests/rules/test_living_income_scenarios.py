"""Scenarios that a jurist can read: facts, and what the law gives, to the cent."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from beffroi.rules.living_income_reading import answer

FOLDER = Path(__file__).parents[1] / "scenarios" / "living_income"
SCENARIOS = [
    pytest.param(one, id=f"{path.stem}: {one['name']}")
    for path in sorted(FOLDER.glob("*.yaml"))
    for one in yaml.safe_load(path.read_text(encoding="utf-8"))
]


def as_json(value: Any) -> Any:
    """The same facts with dates in words, as a script would send them."""
    if isinstance(value, dict):
        return {key: as_json(one) for key, one in value.items()}
    if isinstance(value, list):
        return [as_json(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_scenario_gives_what_the_law_says(scenario: dict[str, Any]) -> None:
    result = answer({"id": "s", **as_json(scenario["facts"])})
    found = {}
    for path in scenario["expect"]:
        value: Any = result
        for key in path.split("."):
            value = value[key]
        found[path] = value
    assert found == scenario["expect"]


def test_each_scenario_file_is_read() -> None:
    assert {path.stem for path in FOLDER.glob("*.yaml")} == {
        "general_exemption", "household", "property", "published", "savings_and_transfers",
        "unknown", "work",
    }  # fmt: skip
