"""Commands that answer a batch: one line out for each line in, and the rest goes on."""

import io
import json

import pytest

from beffroi.cli import deadlines, niss


def _batch(monkeypatch, capsys, run, arguments: list[str], lines: list[str]):
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines) + "\n"))
    status = run(arguments)
    return status, [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_deadlines_answers_each_line_in_order(monkeypatch, capsys) -> None:
    lines = [
        '{"id": "a", "event": "not_competent", "date": "2026-03-02"}',
        '{"id": "b", "event": "notification_sent", "date": "2026-03-02"}',
    ]
    status, answers = _batch(monkeypatch, capsys, deadlines.run, ["--batch"], lines)
    assert status == 0
    assert [a["id"] for a in answers] == ["a", "b"]
    assert answers[1]["due"] == [
        {
            "what": "appeal",
            "date": "2026-06-02",
            "rule": "3 months",
            "reference": "loi 26/05/2002 art. 47 §1",
        }
    ]


def test_line_that_cannot_be_read_names_its_number_and_the_rest_goes_on(
    monkeypatch, capsys
) -> None:
    lines = [
        "{nonsense",
        '{"id": "x", "event": "not_competent"}',
        '{"id": "y", "event": "not_competent", "date": "2026-03-02", "colour": "red"}',
        '{"id": "z", "event": "heating_delivery", "date": "2026-03-02"}',
    ]
    status, answers = _batch(monkeypatch, capsys, deadlines.run, ["--batch"], lines)
    assert status == 2
    assert [a["id"] for a in answers] == [None, "x", "y", "z"]
    assert answers[0]["error"].startswith("line 1: ")
    assert answers[1]["error"] == "line 2: 'date' is missing"
    assert answers[2]["error"] == "line 3: unknown key: colour"
    assert "error" not in answers[3]


@pytest.mark.parametrize(
    ("number", "answer"),
    [
        ("85.07.30-033 28", {"valid": True, "kind": "national", "birth_date": "1985-07-30"}),
        ("85.07.30-033 29", {"valid": False, "kind": None, "birth_date": None}),
        ("", {"valid": False, "kind": None, "birth_date": None}),
    ],
)
def test_niss_check_says_kind_and_date(number: str, answer: dict) -> None:
    assert niss.check(number) == answer


def test_niss_check_knows_bis_numbers() -> None:
    assert niss.check("98.47.28-997.65")["kind"] == "bis"
