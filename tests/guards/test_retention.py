"""Each model of the house says what is personal in it, how long it is kept and how it ends."""

from django.apps import apps

from beffroi.audit import retention


def test_every_model_has_a_whole_retention_rule() -> None:
    assert retention.faults() == []


def test_a_model_without_a_rule_is_found(monkeypatch) -> None:
    monkeypatch.setattr(retention, "_rules", {})
    monkeypatch.setattr(retention, "load", lambda: {})
    house = [m._meta.label for m in apps.get_models() if m.__module__.startswith("beffroi.")]
    assert sorted(retention.faults()) == sorted(f"{label}: no retention rule" for label in house)


def test_a_rule_with_personal_data_and_no_end_is_found(monkeypatch) -> None:
    rules = {
        **retention.load(),
        "directory.Source": retention.Rule("directory.Source", ("title",), "1 an"),
    }
    monkeypatch.setattr(retention, "load", lambda: rules)
    assert retention.faults() == ["directory.Source: personal data without an end"]
