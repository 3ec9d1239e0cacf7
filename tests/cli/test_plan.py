"""`beffroi plan`: the lines of the plan that is loaded, and the money of its years in batch."""

import io
import json

import pytest
from tests.factories.steering import plan

from beffroi.cli import plan as command


def _justify(monkeypatch, capsys, *lines: str):
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines) + "\n"))
    status = command.run(["justify", "--batch"])
    return status, [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_justify_answers_in_the_words_of_the_contract(monkeypatch, capsys) -> None:
    given = '{"id": "a", "subsidy": "80000.00", "eligible": "100000.00", "year": 2022}'
    assert _justify(monkeypatch, capsys, given) == (0, [{
        "id": "a", "own_share_min": "20000.00", "total_to_justify": "100000.00",
        "due": "80000.00", "own_paid": "20000.00", "unused": "0.00",
    }])  # fmt: skip


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("{nonsense", "line 1: "),
        ('{"id": "a", "eligible": "1.00", "year": 2022}', "line 1: 'subsidy' is missing"),
        ('{"id": "a", "subsidy": "1.00", "eligible": "1.00"}', "line 1: 'year' is missing"),
        ('{"id": "a", "subsidy": "-1.00", "eligible": "1.00", "year": 2022}', "line 1: subsidy: "),
        ('{"id": "a", "subsidy": "1.005", "eligible": "1.00", "year": 2022}', "line 1: subsidy: "),
        ('{"id": "a", "subsidy": 1.0, "eligible": "1.00", "year": 2022}', "line 1: subsidy: "),
        ('{"id": "a", "subsidy": "1.00", "eligible": "NaN", "year": 2022}', "line 1: eligible: "),
        ('{"id": "a", "subsidy": "1.00", "eligible": null, "year": 2022}', "line 1: eligible: "),
        ('{"id": "a", "subsidy": "1.00", "eligible": "1.00", "year": "2022"}', "line 1: year: "),
        ('{"id": "a", "subsidy": "1.00", "eligible": "1.00", "year": true}', "line 1: year: "),
        (
            '{"id": "a", "subsidy": "1.00", "eligible": "1.00", "year": 2019}',
            "line 1: no regime is known for 2019",
        ),
        (
            '{"id": "a", "subsidy": "1.00", "eligible": "1.00", "year": 2022, "rate": "0.3"}',
            "line 1: unknown key: rate",
        ),
    ],
)
def test_justify_names_what_cannot_be_read_and_goes_on(monkeypatch, capsys, given, said) -> None:
    good = '{"id": "z", "subsidy": "4.00", "eligible": "5.00", "year": 2024}'
    status, answers = _justify(monkeypatch, capsys, given, good)
    assert status == 2
    assert answers[0]["error"].startswith(said)
    assert answers[1]["due"] == "4.00"


@pytest.mark.django_db
def test_lines_prints_the_plan_that_is_loaded(capsys) -> None:
    plan()
    assert command.run(["lines", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert len(rows) == 32
    assert rows[23] == {
        "line_no": 24, "code": "5.5.01", "title": "Activités de rencontre pour personnes isolées",
        "axis": 5, "delivery": "art20", "partner": "ASBL Article 27",
    }  # fmt: skip
    assert rows[2]["partner"] is None


@pytest.mark.django_db
def test_lines_without_a_plan_says_what_to_do(capsys) -> None:
    assert command.run(["lines", "--json"]) == 1
    assert "beffroi load catalogue" in capsys.readouterr().err


def test_plan_without_a_known_word_is_refused(capsys) -> None:
    assert command.run(["colour"]) == 2


@pytest.mark.django_db
def test_catalogue_is_imported_or_refused_whole(tmp_path, capsys) -> None:
    plan()
    path = tmp_path / "actions.csv"
    path.write_text("code;title\n7.3.02;Bourse aux vélos\n", encoding="utf-8")
    assert command.run(["catalogue", str(path)]) == 0
    assert capsys.readouterr().out == "1 ajoutées, 0 corrigées, 0 inchangées\n"
    path.write_text("code;title\n9.3.02;Bourse\n", encoding="utf-8")
    assert command.run(["catalogue", str(path)]) == 1
    assert "ligne 1 : " in capsys.readouterr().err
    assert command.run(["catalogue", str(tmp_path / "absent.csv")]) == 2
