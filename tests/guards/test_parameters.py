"""Each parameter of the law says its unit, its reference, its source, and how it is known."""

from pathlib import Path

import yaml

from beffroi.rules import procedure

FILE = Path(procedure.__file__).parent / "parameters" / "procedure.yaml"


def test_each_rule_names_its_reference_source_and_status() -> None:
    content = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    faults = [
        (event, rule["what"])
        for event, rules in content["rules"].items()
        for rule in rules
        if not rule.get("reference")
        or rule.get("source") not in content["sources"]
        or rule.get("status") not in {"read", "inferred"}
        or rule.get("unit") not in procedure._UNITS
        or not rule.get("since")
    ]
    assert faults == []


def test_each_event_of_the_contract_is_known() -> None:
    assert set(procedure.events()) >= {
        "request_received", "decision_taken", "notification_sent", "not_competent", "ris_granted",
        "medical_cover_decided", "heating_delivery", "sanction_piis_repeat",
    }  # fmt: skip
