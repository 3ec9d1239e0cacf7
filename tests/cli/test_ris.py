"""`beffroi ris`: a batch of cases, an index table, the amounts in force on a day."""

import io
import json
from collections.abc import Iterator

from beffroi.cli import ris


def _batch(monkeypatch, capsys, arguments: list[str], lines: list[str]):
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines) + "\n"))
    status = ris.run(arguments)
    return status, [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_batch_answers_each_line_in_order_and_goes_on_after_a_fault(monkeypatch, capsys) -> None:
    lines = [
        '{"id": "a", "date": "2025-02-01", "category": "isolated"}',
        '{"id": "b", "date": "2025-02-01", "category": "isolated", "salary": "1"}',
        "{nonsense",
        '{"id": "d", "date": "2010-02-01", "category": "isolated"}',
        '{"id": "e", "date": "2025-02-01", "category": "cohabitant", "resources": [{"kind": "other", "monthly": "300.00"}]}',
    ]
    status, answers = _batch(monkeypatch, capsys, ["--batch"], lines)
    assert status == 2
    assert [one["id"] for one in answers] == ["a", "b", None, "d", "e"]
    assert [one.get("granted", {}).get("monthly") for one in answers] == [
        "1314.20", None, None, None, "589.05",
    ]  # fmt: skip
    assert answers[1]["error"] == "line 2: salary: unknown key"
    assert answers[3]["error"] == (
        "line 4: date: no amount of the living income is known on 2010-02-01"
    )


def test_batch_answers_a_line_before_the_next_one_is_written(monkeypatch, capsys) -> None:
    seen: list[int] = []

    def lines() -> Iterator[str]:
        for number in range(3):
            seen.append(len(capsys.readouterr().out.splitlines()))
            yield json.dumps({"id": number, "date": "2025-02-01", "category": "family"}) + "\n"

    monkeypatch.setattr("sys.stdin", lines())
    assert ris.run(["--batch"]) == 0
    assert seen == [0, 1, 1]


def test_index_gives_yearly_and_monthly_amounts(monkeypatch, capsys) -> None:
    lines = ['{"id": "i", "base": ["6038.83", "9058.25", "12241.74"], "pivots": 28}']
    assert _batch(monkeypatch, capsys, ["--index"], lines) == (
        0,
        [
            {
                "id": "i",
                "annual": ["10513.60", "15770.41", "21312.87"],
                "monthly": ["876.13", "1314.20", "1776.07"],
            }
        ],
    )


def test_index_refuses_what_is_no_table(monkeypatch, capsys) -> None:
    lines = [
        '{"id": 1, "base": ["1", "2"], "pivots": 28}',
        '{"id": 2, "base": ["1", "2", "-3"], "pivots": 28}',
        '{"id": 3, "base": ["1", "2", "3"], "pivots": "28"}',
        '{"id": 4, "base": ["1", "2", "3"]}',
        '{"id": 5, "base": ["1", "2", "3"], "pivots": 28, "date": "2025-02-01"}',
    ]
    status, answers = _batch(monkeypatch, capsys, ["--index"], lines)
    assert status == 2
    assert [one["error"] for one in answers] == [
        "line 1: base: a list of three amounts is expected",
        "line 2: base: '-3' is not an amount",
        "line 3: pivots: a whole number from 0 to 100 is expected",
        "line 4: 'pivots' is missing",
        "line 5: unknown key: date",
    ]


def test_on_prints_the_amounts_and_where_each_was_read(capsys) -> None:
    assert ris.run(["--on", "2026-03-01"]) == 0
    printed = capsys.readouterr().out
    assert "Isolé : 1340,47 € par mois" in printed
    assert printed.count("(non vérifié)") >= 4
    assert ris.run(["--on", "2025-02-01"]) == 0
    assert "https://cpasseraing.be/faq/" in capsys.readouterr().out


def test_on_refuses_a_day_in_words(capsys) -> None:
    assert ris.run(["--on", "2010-01-01"]) == 2
    assert "Aucun montant du revenu d’intégration n’est connu" in capsys.readouterr().err
    assert ris.run(["--on", "hier"]) == 2
    assert "n’est pas une date" in capsys.readouterr().err


def test_unknown_option_prints_the_usage(capsys) -> None:
    assert ris.run([]) == 2
    assert "beffroi ris --batch" in capsys.readouterr().err
