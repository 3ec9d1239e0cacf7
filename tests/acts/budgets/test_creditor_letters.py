"""Letters to creditors go through the letters of the house: template, mentions, batch, sending."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import docx
import pikepdf
import pytest
from tests.factories import mediation as make
from tests.factories.mediation import NOW, TODAY

from beffroi.acts.budgets import queries
from beffroi.acts.budgets import services as budgets
from beffroi.acts.budgets.enums import LetterKind
from beffroi.acts.budgets.export import export_mediations
from beffroi.acts.budgets.letter_facts import KINDS
from beffroi.acts.budgets.models import Creditor, CreditorLetter, MediationFile
from beffroi.audit.models import JournalEntry
from beffroi.core.errors import InvalidInput
from beffroi.documents.letters import queries as letter_queries
from beffroi.documents.letters import services as letters
from beffroi.documents.letters.enums import Delivery
from beffroi.documents.letters.models import Letter, LetterBatch
from beffroi.documents.letters.rendering import text_of
from beffroi.rules import mentions

pytestmark = pytest.mark.django_db


def _ask(file: make.Opened, kind: LetterKind, **more) -> budgets.Written:
    keys = [debt.pk for debt in file.row.debts.all()]
    return file.do(budgets.write_creditors, kind=kind, debts=more.pop("debts", keys), **more)


def _run(made: budgets.Written, by) -> int:
    return letters.run_batch(batch=made.batch, by=by, clock=lambda: NOW)


def _papers(made: budgets.Written) -> list[Letter]:
    rows = CreditorLetter.objects.filter(pk__in=made.letters)
    found = queries.papers_of(rows)
    return [Letter.objects.get(pk=found[key].pk) for key in made.letters if key in found]


def test_every_kind_has_its_template() -> None:
    assert set(KINDS) == set(LetterKind)
    assert set(KINDS.values()) == {k for k in mentions.kinds() if k.startswith("creditor")}


def test_letter_to_one_creditor_is_written_at_once() -> None:
    file = make.owing("300.00")
    made = _ask(file, LetterKind.STATEMENT)
    assert (made.batch, LetterBatch.objects.count()) == (None, 0)
    [paper] = _papers(made)
    creditor = Creditor.objects.get()
    assert (paper.kind, paper.recipient_name, paper.recipient_lines, paper.subject_ref) == (
        "creditor_statement", creditor.name, ["rue Fictive 8", "7000 Mons"], file.reference,
    )  # fmt: skip
    said = text_of(paper.html)
    for words in ("300,00 €", "24 novembre 2026", "décompte détaillé", "4 mai 1979",
                  "ni une reconnaissance de dette"):  # fmt: skip
        assert words in mentions.plain(said)


def test_letters_to_several_are_a_batch_that_goes_on_where_it_stopped() -> None:
    file = make.owing("300.00", "170.00", "90.00")
    made = _ask(file, LetterKind.STATEMENT)
    assert (len(made.letters), _papers(made)) == (3, [])
    assert letters.run_batch(batch=made.batch, by=file.by, clock=lambda: NOW, most=2) == 2
    assert len(_papers(made)) == 2
    assert (_run(made, file.by), _run(made, file.by)) == (1, 0)
    amounts = {"300,00", "170,00", "90,00"}
    assert {a for p in _papers(made) for a in amounts if f"{a}\u00a0€" in p.html} == amounts
    assert Letter.objects.count() == 3


def test_merged_letters_to_creditors_keep_their_tags() -> None:
    file = make.owing("300.00", "170.00")
    made = _ask(file, LetterKind.STATEMENT)
    _run(made, file.by)
    content = letters.read_batch_pdf(batch=made.batch, by=file.by, at=NOW)
    with pikepdf.open(BytesIO(content)) as pdf:
        parts = [str(part.T) for part in pdf.Root.StructTreeRoot.K[0].K]
        assert bool(pdf.Root.MarkInfo.Marked)
    names = Creditor.objects.order_by("name").values_list("name", flat=True)
    assert [part.split(" ", 1)[1] for part in parts] == list(names)


def test_proposal_gives_the_share_of_each_creditor_to_the_cent() -> None:
    file = make.negotiating()
    file.do(budgets.keep_plan, monthly=Decimal(85), first_date=TODAY, priority_first=False)
    file.do(budgets.propose_plan, number=1)
    made = _ask(file, LetterKind.PROPOSAL, plan=1)
    _run(made, file.by)
    shown = [p.facts["creditor"]["plan"] for p in _papers(made)]
    assert [rows[0]["amount"] for rows in shown] == ["53.13", "20.40", "11.47"]
    assert [rows[0]["note"] for rows in shown] == [
        f"24 mois, le dernier de {last}\u00a0€" for last in ("28,01", "10,80", "6,19")
    ]


def test_proposal_on_a_debt_that_the_plan_leaves_out_is_refused_by_name() -> None:
    file = make.negotiating()
    last = file.row.debts.last()
    draft = budgets.draft_of(last, {"is_disputed": True, "dispute": "Jamais livré."})
    file.do(budgets.change_debt, debt=last.pk, version=1, draft=draft)
    file.do(budgets.keep_plan, monthly=Decimal(85), first_date=TODAY, priority_first=False)
    file.do(budgets.propose_plan, number=1)
    with pytest.raises(InvalidInput) as refused:
        _ask(file, LetterKind.PROPOSAL, plan=1)
    assert str(last.creditor) in refused.value.fields["debts"]
    assert "la proposition au créancier" in refused.value.fields["debts"]
    assert (CreditorLetter.objects.count(), Letter.objects.count()) == (0, 0)


def test_creditor_without_an_address_stops_every_letter_and_is_named() -> None:
    file = make.owing("300.00", "170.00")
    first = Creditor.objects.first()
    Creditor.objects.filter(pk=first.pk).update(address="")
    with pytest.raises(InvalidInput, match="Aucune lettre") as refused:
        _ask(file, LetterKind.STATEMENT)
    assert first.name in refused.value.fields["debts"]
    assert (CreditorLetter.objects.count(), LetterBatch.objects.count()) == (0, 0)
    Creditor.objects.filter(pk=first.pk).update(email="dettes@exemple.test")
    made = _ask(file, LetterKind.STATEMENT, debts=[first.debts.get().pk])
    assert [p.delivery for p in _papers(made)] == [Delivery.MAIL]


def test_letter_opens_in_the_language_of_the_creditor() -> None:
    file = make.owing("300.00")
    Creditor.objects.update(lang="nl")
    [paper] = _papers(_ask(file, LetterKind.STATEMENT))
    assert paper.html.startswith('<article class="sheet" lang="nl">')
    assert "Les créances" in paper.html


def test_creditor_is_silent_only_once_the_letter_has_left() -> None:
    file, today = make.owing("300.00", "170.00"), TODAY + timedelta(days=40)

    def silent() -> list[int]:
        dues = queries.dues_of([file.row], today)[file.row.pk]
        return [due.count for due in dues if due.key == "creditors_silent"]

    made = _ask(file, LetterKind.STATEMENT)
    assert silent() == []
    make.post(made.letters, file.by)
    assert silent() == [2]


def test_recall_names_the_letter_left_without_an_answer() -> None:
    file = make.owing("300.00")
    made = _ask(file, LetterKind.STATEMENT)
    [first] = made.letters
    make.post(made.letters, file.by)
    key = file.do(budgets.recall_letter, letter=first, at=make.later(32))
    paper = queries.papers_of([CreditorLetter.objects.get(pk=key)])[key]
    assert paper.kind == "creditor_recall"
    assert "24 novembre 2026" in Letter.objects.get(pk=paper.pk).html


def test_registered_letter_to_a_creditor_is_on_the_list_of_the_day() -> None:
    file = make.owing("300.00")
    [paper] = _papers(_ask(file, LetterKind.CLOSING, how=Delivery.REGISTERED))
    letters.mark_sent(
        letter=paper.reference, how=Delivery.REGISTERED, number="RR 1", by=file.by, at=NOW
    )
    assert letters.read_registered_list(day=TODAY, by=file.by, at=NOW) == [paper]
    assert letters.read_registered_list(day=date(2026, 11, 25), by=file.by, at=NOW) == []


def test_letter_to_a_creditor_is_tagged_and_can_be_edited() -> None:
    file = make.owing("300.00")
    [paper] = _papers(_ask(file, LetterKind.CONTEST, words="Je n’ai rien signé."))
    with pikepdf.open(BytesIO(letter_queries.pdf_of(paper.reference))) as pdf:
        assert (bool(pdf.Root.MarkInfo.Marked), str(pdf.Root.Lang)) == (True, "fr")
    document = docx.Document(BytesIO(letter_queries.docx_of(paper.reference)))
    assert "Je n’ai rien signé." in [p.text for p in document.paragraphs]


def test_letters_name_no_person_in_the_journal_and_are_given_to_her() -> None:
    file = make.owing("300.00")
    [paper] = _papers(_ask(file, LetterKind.STATEMENT))
    person = MediationFile.objects.get().persons.get()
    rows = JournalEntry.objects.filter(object_kind="letter")
    assert set(rows.values_list("subject_ref", flat=True)) == {file.reference}
    assert not [row for row in rows if str(person) in str(row.detail)]
    given = export_mediations(person.reference, file.by)
    assert [one["reference"] for one in given["files"][0]["letters"]] == [paper.reference]
