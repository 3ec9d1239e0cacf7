"""Figures of a report agree with their units, as those of the board do."""

import pytest

from beffroi.steering.reports.parts import with_unit


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        ("0", "séances", "0 séance"), ("1", "contacts avec une personne", "1 contact avec une personne"),
        ("1.50", "heures", "1,50 heure"), ("2561", "présences", "2\u202f561 présences"),
        ("12", "", "12"), (None, "séances", "–"),
    ],
)  # fmt: skip
def test_figure_of_a_report_agrees_with_its_unit(value: str | None, unit: str, said: str) -> None:
    assert with_unit({"value": value, "unit": unit}) == said
