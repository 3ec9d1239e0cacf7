"""Each scenario of the aids, written so that a jurist can read it, comes out to the cent."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.rules.acts import ACTS
from tests.rules.plain import write

FOLDER = Path(__file__).parent.parent / "scenarios"
GOLDEN = {"L1", "L2", "O1", "O2", "P1", "P2", "Q1", "Q2", "R1", "R2", "S1", "S2", "U1", "U2"}


def _scenarios() -> list[Any]:
    return [
        pytest.param(one, id=f"{path.parent.name}: {one['name']}")
        for path in sorted(FOLDER.glob("*/*.yaml"))
        for one in yaml.safe_load(path.read_text(encoding="utf-8"))
        if isinstance(one, dict) and one.get("act") in ACTS
    ]


@pytest.mark.parametrize("scenario", _scenarios())
def test_scenario_comes_out_as_written(scenario: dict[str, Any]) -> None:
    expected = scenario["expect"]
    if _is_refused(scenario):
        with pytest.raises(ValueError, match=expected.removeprefix("refused: ")):
            ACTS[scenario["act"]](scenario["given"])
        return
    found = write(ACTS[scenario["act"]](scenario["given"]))
    if isinstance(expected, dict):
        found = {key: _at(found, key) for key in expected}
    assert found == write(expected)


def _at(found: Any, path: str) -> Any:
    for key in path.split("."):
        found = found[int(key)] if isinstance(found, list) else found[key]
    return found


def test_each_golden_example_of_the_services_is_written_down() -> None:
    named = {name for param in _scenarios() for name in param.values[0].get("golden", "").split()}
    assert named == GOLDEN


def test_each_act_has_a_scenario() -> None:
    assert {param.values[0]["act"] for param in _scenarios()} == set(ACTS)


def _steps(found: Any) -> list[dict[str, Any]]:
    if isinstance(found, dict):
        own = found.get("steps") or []
        return [*own, *(step for one in found.values() for step in _steps(one) if one is not own)]
    return []


def _is_refused(scenario: dict[str, Any]) -> bool:
    return str(scenario["expect"]).startswith("refused: ")


@pytest.mark.parametrize(
    "scenario", [param for param in _scenarios() if not _is_refused(param.values[0])]
)
def test_each_step_says_its_label_formula_and_reference(scenario: dict[str, Any]) -> None:
    steps = _steps(write(ACTS[scenario["act"]](scenario["given"])))
    faults = [
        one for one in steps
        if not (one["key"] and one["label"] and one["formula"] and one["reference"])
        or one["source"] not in {"read", "inferred"}
        or "." in one["formula"].replace("art.", "")
    ]  # fmt: skip
    assert faults == []
