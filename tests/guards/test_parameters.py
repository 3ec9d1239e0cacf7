"""Each parameter of the law says its unit, its reference, its source, and how it is known."""

from datetime import date
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


def test_limits_of_the_contract_do_not_change() -> None:
    contract = {
        "request_received": [
            ("register", "same day"), ("receipt", "same day"), ("decision", "30 calendar days"),
            ("late_interest", "46 calendar days"),
        ],
        "not_competent": [("transfer", "5 calendar days"), ("referral", "5 working days")],
        "decision_taken": [
            ("notification", "8 calendar days"), ("first_payment", "15 calendar days"),
            ("late_interest", "16 calendar days"),
        ],
        "notification_sent": [("appeal", "3 months")],
        "ris_granted": [("piis", "3 months"), ("review", "1 year")],
        "medical_cover_decided": [("mediprima_notice", "45 calendar days")],
        "heating_delivery": [("heating_claim", "60 calendar days")],
        "sanction_piis_repeat": [("repeat_window", "1 year")],
    }  # fmt: skip
    day = date(2026, 3, 2)
    found = {
        event: [(one.what, one.rule) for one in procedure.deadlines(event, day)]
        for event in contract
    }
    assert found == contract


def test_each_series_says_its_unit_reference_source_and_status() -> None:
    faults = []
    for path in sorted(FILE.parent.glob("*.yaml")):
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        for name, one in content.get("series", {}).items():
            if not all(one.get(key) for key in ("description", "unit", "reference", "values")):
                faults.append((path.name, name, "description, unit, reference or values"))
            days = [value.get("since") for value in one["values"]]
            if days != sorted(set(days)):
                faults.append((path.name, name, "days not in order"))
            faults += [
                (path.name, name, value["since"])
                for value in one["values"]
                if "value" not in value
                or value.get("status") not in {"read", "inferred"}
                or not content["sources"].get(value.get("source"), {}).get("title")
                or (value["status"] == "inferred" and not value.get("note"))
            ]
    assert faults == []
