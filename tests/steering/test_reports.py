"""The annual report: from acts to a frozen snapshot, to files that are always the same."""

import io
import json
import zipfile
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader
from tests.factories.requests import agent
from tests.factories.steering import GIVEN, NOW, lead, line, plan, running_convention

from beffroi.accounts.enums import Role
from beffroi.audit.models import JournalEntry
from beffroi.cli import report as command
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState
from beffroi.steering import queries
from beffroi.steering import services as steering
from beffroi.steering.enums import ReportState
from beffroi.steering.models import AnnualReport, Snapshot
from beffroi.steering.reports.content import differences
from beffroi.steering.services import CostDraft, IndicatorDraft
from beffroi.steering.workflow import REPORT_MOVES

pytestmark = pytest.mark.django_db
D = Decimal
FORMS = ("pdf", "docx", "xlsx", "json")
_SECTIONS = (
    "Identité et porteur", "L’année en bref", "Commission d’accompagnement", "Équipe",
    "Les lignes du plan", "Partenariats et conventions",
    "Modifications du plan, faites et demandées", "Liens avec le PST, le PSSP et le CPAS",
    "Communication", "La voix des citoyens", "Droits de l’enfant", "Lutte contre la pauvreté",
    "Perspectives", "Annexe : tous les chiffres et comment ils sont comptés",
    "Annexe : règles de l’exercice",
)  # fmt: skip


def _year():
    """A plan with a year of bicycles, words, a convention, a cost and a change."""
    made = plan()
    row = steering.follow(
        line=line(32), draft=IndicatorDraft(label="Vélos réparés", unit="vélos"), **GIVEN
    )
    for month, value in ((2, "12"), (3, "30.5")):
        steering.type_month(
            indicator=row, month=date(2025, month, 1), value=D(value), method="Cahier", **GIVEN
        )
    steering.aim(indicator=row, year=2025, target=D(50), baseline=D(0), **GIVEN)
    steering.tell_year(line=line(32), year=2025, status="done", worked="Les jeudis.", **GIVEN)
    steering.write_text(
        plan=made,
        year=2025,
        section="children",
        text="=HYPERLINK(1)\nLes enfants\x0bchoisissent.",
        **GIVEN,
    )
    running_convention()
    steering.notify_subsidy(
        plan=made, year=2025, amount=D("90000.00"), on=date(2025, 2, 1), source="Arrêté", **GIVEN
    )
    cost = CostDraft(
        date(2025, 5, 3), "Atelier", "fonctionnement", D("100000.00"), line=line(32),
        paid_date=date(2025, 5, 3),
    )  # fmt: skip
    steering.charge(plan=made, year=2025, draft=cost, **GIVEN)
    return made


def _frozen(kind: str = "activity", **more) -> Snapshot:
    return steering.freeze(plan=queries.plans().get(), year=2025, kind=kind, **{**GIVEN, **more})


def _file(snapshot: Snapshot, form: str, at: datetime = NOW) -> bytes:
    return steering.write_file(snapshot=snapshot, form=form, by=GIVEN["by"], at=at).body


@pytest.mark.parametrize("kind", ["activity", "financial"])
def test_files_of_a_snapshot_are_the_same_byte_for_byte(kind: str, monkeypatch) -> None:
    _year()
    snapshot = _frozen(kind)
    first = {form: _file(snapshot, form) for form in FORMS}
    # Figures move and time goes by: the snapshot does not.
    steering.aim(indicator=line(32).indicators.get(), year=2025, target=D(99), **GIVEN)
    monkeypatch.setattr("time.time", lambda: 4_000_000_000.0)
    kept = Snapshot.objects.get(pk=snapshot.pk)
    again = {form: _file(kept, form, NOW + timedelta(days=400)) for form in FORMS}
    assert [form for form in FORMS if first[form] != again[form]] == []


def test_activity_report_has_each_section_and_each_figure_in_each_file() -> None:
    _year()
    snapshot = _frozen()
    pdf = " ".join(p.extract_text() for p in PdfReader(io.BytesIO(_file(snapshot, "pdf"))).pages)
    pdf = " ".join(pdf.split())
    document = Document(io.BytesIO(_file(snapshot, "docx")))
    heads = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert heads == [f"{rank}. {title}" for rank, title in enumerate(_SECTIONS, 1)]
    cells = {c.text for table in document.tables for row in table.rows for c in row.cells}
    words = " ".join(p.text for p in document.paragraphs)
    assert [title for title in _SECTIONS if " ".join(title.split()) not in pdf] == []
    for told in ("Les jeudis.", "Les enfants choisissent."):
        assert told in pdf
        assert told in words
    assert {"42,50 vélos", "85 %", "50"} <= cells
    assert "42,50 vélos" in pdf
    assert [n for n in range(1, 33) if f"Ligne {n:02d} –" not in words] == []
    book = load_workbook(io.BytesIO(_file(snapshot, "xlsx")))
    sheet = book["Chiffres"]
    assert [cell.value for cell in sheet[2]][:6] == [
        "32", "7.3.01", "Vélos réparés", 42.5, "vélos", 50,
    ]  # fmt: skip
    content = json.loads(_file(snapshot, "json"))
    figure = next(one for one in content["lines"] if one["number"] == 32)["figures"][0]
    assert (figure["value"], figure["attained"], figure["how"]) == ("42.50", "85", "Cahier")


def test_financial_report_says_what_is_due_and_article_20_apart() -> None:
    _year()
    snapshot = _frozen("financial")
    content = steering.content_of(snapshot)
    assert content["recap"] == {
        "subsidy": "90000.00", "own_share_min": "22500.00", "total_to_justify": "112500.00",
        "eligible": "100000.00", "due": "80000.00", "own_paid": "20000.00", "unused": "10000.00",
        "gap": "12500.00",
    }  # fmt: skip
    book = load_workbook(io.BytesIO(_file(snapshot, "xlsx")))
    assert book.sheetnames == [
        "Identité", "Récapitulatif", "Natures", "Lignes", "Article 20", "Équipe", "Comptabilité",
        "Règles",
    ]  # fmt: skip
    recap = {row[0].value: row[1].value for row in book["Récapitulatif"].iter_rows(min_row=2)}
    assert recap["Subvention due"] == 80000
    assert [cell.value for cell in book["Article 20"][2]][:4] == [
        "ASBL Article 27",
        "Article 20",
        "24",
        5000,
    ]


@pytest.mark.parametrize("form", ["pdf", "docx", "xlsx"])
def test_what_was_pasted_from_elsewhere_does_not_keep_a_report_from_its_files(form: str) -> None:
    made = _year()
    given = {"plan": made, "kind": "remove", "line": line(3), "reason": "Le \x0b\x02 lieu ferme."}
    steering.ask_change(**given, **GIVEN)
    assert len(_file(steering.freeze(plan=made, year=2026, kind="activity", **GIVEN), form)) > 1000


def test_words_never_become_a_formula() -> None:
    made = _year()
    steering.ask_change(plan=made, kind="remove", line=line(3), reason="=1+1", **GIVEN)
    snapshot = steering.freeze(plan=made, year=2026, kind="activity", **GIVEN)
    with zipfile.ZipFile(io.BytesIO(_file(snapshot, "xlsx"))) as parts:
        sheets = [parts.read(n).decode() for n in parts.namelist() if "worksheets/sheet" in n]
    assert [sheet for sheet in sheets if "<f>" in sheet] == []
    assert "=1+1" in {
        cell.value
        for cell in load_workbook(io.BytesIO(_file(snapshot, "xlsx")))["Modifications"][2]
    }


def test_freezing_what_did_not_change_gives_the_revision_that_stands() -> None:
    _year()
    assert _frozen().pk == _frozen(at=NOW + timedelta(days=1)).pk
    steering.tell_year(line=line(1), year=2025, status="done", **GIVEN)
    assert _frozen().revision == 2


def test_correction_after_the_vote_says_why_and_what_differs() -> None:
    _year()
    first = _frozen()
    report = first.report
    for move in ("see", "college", "approve", "send"):
        steering.move_report(
            report=report, move=move, on=date(2026, 3, 4), note="Conseil, point 8", **GIVEN
        )
    row = line(32).indicators.get()
    steering.type_month(
        indicator=row, month=date(2025, 3, 1), value=D("31"), method="Cahier", **GIVEN
    )
    with pytest.raises(InvalidInput):
        _frozen()
    second = _frozen(reason="Une page du cahier était oubliée.")
    report.refresh_from_db()
    assert (second.revision, second.after_vote, report.state) == (2, True, ReportState.FROZEN)
    before, after = steering.content_of(first), steering.content_of(second)
    assert differences(before, after) == [
        ("lines/32/figures/1/attained", "85", "86"),
        ("lines/32/figures/1/value", "42.50", "43"),
    ]
    assert [move.move for move in report.moves.all()] == [
        "freeze", "see", "college", "approve", "send", "freeze",
    ]  # fmt: skip


def test_report_moves_only_along_its_table() -> None:
    _year()
    report = _frozen().report
    for key, move in REPORT_MOVES.items():
        for state in ReportState.values:
            if key == "freeze":
                continue
            AnnualReport.objects.update(state=state)
            report.refresh_from_db()
            asked = {"report": report, "move": key, "on": date(2026, 3, 4), "note": "x", **GIVEN}
            if state in move.sources:
                assert steering.move_report(**asked).state == move.target
            else:
                with pytest.raises(steering.AlreadyMoved):
                    steering.move_report(**asked)
    with pytest.raises(WrongState):
        steering.move_report(report=report, move="freeze", on=date(2026, 3, 4), **GIVEN)


def test_vote_is_noted_by_the_direction_with_its_decision() -> None:
    _year()
    report = _frozen().report
    asked = {"report": report, "move": "approve", "on": date(2026, 3, 4), "at": NOW}
    with pytest.raises(NotAllowed):
        steering.move_report(by=lead(), note="Point 8", **asked)
    with pytest.raises(InvalidInput):
        steering.move_report(by=agent(Role.DIRECTOR_GENERAL, ""), note=" ", **asked)


def test_database_refuses_to_change_a_snapshot() -> None:
    _year()
    _frozen()
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Snapshot.objects.update(content="{}")


def test_year_before_the_plan_or_to_come_has_no_report() -> None:
    made = plan()
    for year in (2019, 2027):
        with pytest.raises(WrongState):
            steering.freeze(plan=made, year=year, kind="activity", **GIVEN)


def test_file_that_leaves_is_journalled_and_only_readers_have_it() -> None:
    _year()
    snapshot = _frozen()
    _file(snapshot, "json")
    entry = JournalEntry.objects.get(verb="report.file")
    assert (entry.kind, entry.detail) == ("export", {"form": "json", "revision": 1})
    with pytest.raises(NotAllowed):
        steering.write_file(snapshot=snapshot, form="json", by=agent(Role.ANIMATOR, "pcs"), at=NOW)
    with pytest.raises(InvalidInput):
        _file(snapshot, "odt")


def test_command_writes_the_same_file_twice(tmp_path, capsys) -> None:
    _year()
    out = [tmp_path / f"{n}.docx" for n in (1, 2)]
    for path in out:
        arguments = ["annual", "--year", "2025", "--kind", "activity", "--out", str(path)]
        assert command.run(arguments) == 0
    assert out[0].read_bytes() == out[1].read_bytes()
    assert Snapshot.objects.count() == 1
    assert "n’était pas encore figé" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        [], ["annual"], ["annual", "--year", "2025", "--kind", "activity", "--out", "x.odt"],
        ["annual", "--year", "x", "--kind", "activity", "--out", "x.pdf"],
        ["annual", "--year", "2025", "--kind", "colour", "--out", "x.pdf"],
    ],
)  # fmt: skip
def test_command_misunderstood_says_its_usage(arguments, capsys) -> None:
    assert command.run(arguments) == 2
    assert "Usage" in capsys.readouterr().err


def test_command_for_a_year_without_report_is_refused(tmp_path, capsys) -> None:
    plan()
    out = str(tmp_path / "x.pdf")
    assert command.run(["annual", "--year", "2019", "--kind", "financial", "--out", out]) == 1
    assert "2019" in capsys.readouterr().err
