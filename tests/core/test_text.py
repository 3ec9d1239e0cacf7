"""Text and numbers that somebody else sent: kept when they can be, never the end of a page."""

from decimal import Decimal

import pytest

from beffroi.core.text import (
    MOST_KEY,
    fit_for_files,
    fit_to_keep,
    harmless_cell,
    one_line,
    unit_for,
    whole_number,
)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (" Léa\n\tMoreau ", "Léa Moreau"), ("An\x00n", "An n"), ("\ud800Zoé", "Zoé"),
        ("\x00", ""), ("Ж 🚲 O’Neil-d’Été", "Ж 🚲 O’Neil-d’Été"),
    ],
)  # fmt: skip
def test_text_is_kept_on_one_line_without_what_is_no_character(text: str, kept: str) -> None:
    assert one_line(text) == kept


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0), ("2026", 2026), (str(MOST_KEY), MOST_KEY), (str(MOST_KEY + 1), None), ("²", None),
        ("٣", None), ("-1", None), ("+1", None), ("1_0", None), (" 1", None), ("", None),
        ("9" * 5000, None), ("1e3", None),
    ],
)  # fmt: skip
def test_whole_number_is_written_in_plain_figures_and_fits_a_key(text: str, number) -> None:
    assert whole_number(text) == number


def test_whole_number_over_what_is_asked_is_none() -> None:
    assert [whole_number(text, 31) for text in ("31", "32", "031")] == [31, None, None]


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＠", "  ="])
def test_cell_that_a_spreadsheet_would_run_is_marked_as_text(first: str) -> None:
    assert harmless_cell(f"{first}cmd") == f"'{first}cmd"
    assert harmless_cell(f"x{first}cmd") == f"x{first}cmd"


def test_what_no_file_holds_is_left_out_wherever_it_stands() -> None:
    given = {"a": ["un\x0bdeux\n", ("\x00", 3)], "b": None}
    assert fit_for_files(given) == {"a": ["un deux\n", [" ", 3]], "b": None}


def test_what_no_column_holds_is_left_out_and_the_rest_stays() -> None:
    given = {"a": ["un\r\ndeux 😀\x00", ("\ud83d!", 3)], "b": None}
    assert fit_to_keep(given) == {"a": ["un\r\ndeux 😀", ["!", 3]], "b": None}


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (1, "séances", "séance"), (0, "personnes", "personne"), (2, "séances", "séances"),
        (Decimal("1.5"), "heures", "heure"), (Decimal("-1"), "jours", "jour"),
        (1, "contacts avec une personne", "contact avec une personne"), (1, "repas", "repas"),
        (1, "jeunes aidés", "jeune aidé"), (1, "% des lits", "% des lits"), (1, "m²", "m²"),
    ],
)  # fmt: skip
def test_unit_agrees_with_its_figure(value: Decimal | int, unit: str, said: str) -> None:
    assert unit_for(value, unit) == said
