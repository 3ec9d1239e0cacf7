"""The desk of mediation: whom it opens to, what it shows, each page's acts and its cost."""

import csv
import re
from decimal import Decimal
from io import StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.factories import mediation as make
from tests.factories.requests import agent

from beffroi.accounts.enums import Role
from beffroi.acts.budgets import queries
from beffroi.acts.budgets import services as budgets
from beffroi.acts.budgets.enums import FileState, LetterKind, MovementKind
from beffroi.audit.models import JournalEntry
from beffroi.documents.letters import services as letters
from beffroi.people import services as people

pytestmark = pytest.mark.django_db
PAGES = ("file", "inventory", "budget", "simulate", "letters", "account")


def _url(name: str, file: make.Opened, *more: object) -> str:
    return reverse(f"desk:debts_{name}", args=[file.reference, *more])


def _every(file: make.Opened) -> list[str]:
    debt = file.row.debts.first()
    pages = [_url(name, file) for name in PAGES]
    return [*pages, _url("debt", file, debt.pk), _url("plan", file, 1), _url("plan_pdf", file, 1)]


@pytest.fixture
def file() -> make.Opened:
    """A file with a plan running, letters and money."""
    made = make.running()
    keys = [d.pk for d in made.row.debts.all()]
    made.do(budgets.write_creditors, kind=LetterKind.STATEMENT, debts=keys)
    made.do(budgets.open_account, iban="BE68539007547034")
    made.do(
        budgets.enter_movement, kind=MovementKind.RECEIVED, amount=Decimal("120.00"),
        value_date=make.TODAY, label="Salaire",
    )  # fmt: skip
    return made


def test_pages_are_for_the_mediation_team_alone(door, client, file) -> None:
    others = (agent(Role.SOCIAL_WORKER, "general_aid"), agent(Role.TEAM_LEADER, "insertion"),
              agent(Role.PRIVACY_OFFICER, ""), agent(Role.DIRECTOR_GENERAL, ""))  # fmt: skip
    before = JournalEntry.objects.filter(verb="mediation.read").count()
    paths = [*_every(file), reverse("desk:debts"), reverse("desk:debts_creditors")]
    for who in others:
        seen = door(who)
        assert [seen.get(path).status_code for path in paths] == [404] * len(paths)
        assert str(file.row.persons.get()) not in seen.get("/desk/").content.decode()
        assert f'href="{reverse("desk:debts")}"' not in seen.get("/desk/").content.decode()
    assert [client.get(path).status_code for path in paths] == [302] * len(paths)
    assert JournalEntry.objects.filter(verb="mediation.read").count() == before
    mine = door(file.by)
    assert [mine.get(path).status_code for path in paths] == [200] * len(paths)
    assert JournalEntry.objects.filter(verb="mediation.read").count() == before + 9


def test_pages_say_nothing_undefined(door, file) -> None:
    mine = door(file.by)
    for path in _every(file)[:-1]:
        html = mine.get(path).content.decode()
        assert "⟦undefined" not in html, path
        assert html.count("<h1") == 1, path


def test_list_costs_the_same_for_one_file_and_three(door, queries_of) -> None:
    by = make.mediator()
    make.running(by=by)
    mine = door(by)
    path = reverse("desk:debts")
    one = queries_of(mine, path)
    make.running("90.00", "20.00", by=by)
    make.negotiating("40.00", by=by)
    assert queries_of(mine, path) == one
    assert one <= 16


def test_file_page_costs_the_same_for_one_debt_and_twenty(door, queries_of) -> None:
    by = make.mediator()
    few, many = make.negotiating("100.00", by=by), make.negotiating(*["100.00"] * 20, by=by)
    mine = door(by)
    assert queries_of(mine, _url("file", few)) == queries_of(mine, _url("file", many))


def test_inventory_takes_twenty_lines_at_once_or_none(door) -> None:
    file = make.signed()
    mine, path = door(file.by), _url("inventory", file)
    data = {"d-TOTAL_FORMS": "20", "d-INITIAL_FORMS": "0"}
    for n in range(20):
        data |= {f"d-{n}-creditor": f"Banque {n % 3}", f"d-{n}-kind": "credit",
                 f"d-{n}-principal": "1 250,50", f"d-{n}-costs": "12,00"}  # fmt: skip
    wrong = {**data, "d-19-principal": "douze"}
    html = mine.post(path, wrong).content.decode()
    assert file.row.debts.count() == 0
    assert "Écrivez un montant" in html
    assert 'value="1 250,50"' in html
    assert mine.post(path, data).status_code == 302
    rows = file.row.debts
    assert rows.count() == 20
    assert {d.total for d in rows.all()} == {Decimal("1262.50")}
    assert rows.values("creditor").distinct().count() == 3


def test_budget_counts_without_keeping_then_keeps(door) -> None:
    file = make.owing("300.00")
    mine, path = door(file.by), _url("budget", file)
    data = {
        "income-TOTAL_FORMS": "1", "income-INITIAL_FORMS": "1", "income-0-label": "Salaire",
        "income-0-amount": "1 640,00", "income-0-every": "month", "expense-TOTAL_FORMS": "1",
        "expense-INITIAL_FORMS": "1", "expense-0-label": "Gaz", "expense-0-amount": "1 980",
        "expense-0-every": "year", "reserve": "50", "since_date": "", "note": "",
    }  # fmt: skip
    counted = mine.post(path, data).content.decode()
    assert "1\u202f425,00" in counted
    assert file.row.budgets.count() == 0
    assert mine.post(path, {**data, "keep": "1"}).status_code == 302
    assert file.row.budgets.get().disposable == Decimal("1425.00")


def test_simulation_compares_two_plans_and_keeps_one(door) -> None:
    file = make.negotiating()
    mine, path = door(file.by), _url("simulate", file)
    html = mine.get(
        path, {"monthly": "85", "other": "170", "first_date": "2027-01-05"}
    ).content.decode()
    assert re.findall(r"(\d+) mois, dernière mensualité ([\d,]+)", html) == [
        ("24", "45,00"),
        ("12", "130,00"),
    ]
    assert "53,13" in html
    assert "106,25" in html
    assert file.row.plans.count() == 0
    kept = mine.post(path, {"monthly": "85.00", "first_date": "2027-01-05"})
    assert kept["Location"] == _url("plan", file, 1)
    assert file.row.plans.get().months == 24


@pytest.mark.parametrize(
    ("given", "share"),
    [
        ({"work": "1 950", "children": "2"}, "106,60"),
        ({"replacement": "1700", "children": "1"}, "18,00"),
    ],
)
def test_seizable_share_is_shown_with_its_article(door, given, share) -> None:
    file = make.negotiating()
    path = _url("simulate", file)
    html = door(file.by).get(path, {"month": "2025-05-01", **given}).content.decode()
    assert re.findall(r'Part saisissable</span><span class="amount">([^<]*)</span>', html) == [
        f"{share}\u00a0€"
    ]
    assert "art. 1409" in html


def test_plan_acts_follow_the_months(door) -> None:
    file = make.running("100.00", "50.00", monthly="75.00")
    mine = door(file.by)
    given = {"instalment": "1", "paid_date": timezone.localdate().isoformat()}
    paid = mine.post(_url("plan_act", file, 1, "paid"), given)
    assert paid["Location"] == _url("plan", file, 1)
    assert file.row.plans.get().instalments.get(number=1).state == "paid"
    answer = mine.post(_url("plan_act", file, 1, "missed"), {"instalment": "9"})
    assert answer.status_code == 200
    assert "Choisissez dans la liste" in answer.content.decode()


def test_debt_changed_by_two_shows_both_versions(door) -> None:
    file = make.owing("300.00")
    debt = file.row.debts.get()
    mine, path = door(file.by), _url("debt", file, debt.pk)
    html = mine.get(path).content.decode()
    fields = dict(re.findall(r'name="(\w+)"[^>]*value="([^"]*)"', html))
    data = {
        **fields, "creditor": str(debt.creditor_id), "collector": "", "kind": "credit",
        "title": "invoice", "prescription": "general",
    }  # fmt: skip
    data.pop("strike", None)
    data.pop("why", None)
    data.pop("is_disputed", None)
    data.pop("is_priority", None)
    assert mine.post(path, {**data, "principal": "310,00"}).status_code == 302
    second = mine.post(path, {**data, "principal": "290,00"})
    assert second.status_code == 200
    shown = second.content.decode()
    assert "Les deux versions" in shown
    assert re.findall(r">(\d+,\d\d)</td>", shown) == ["310,00", "290,00"]
    assert file.row.debts.get().principal == Decimal("310.00")


def test_act_refused_keeps_what_was_typed(door) -> None:
    file = make.opened()
    mine = door(file.by)
    answer = mine.post(_url("act", file, "close"), {"outcome": "", "why": "Elle a déménagé."})
    assert answer.status_code == 200
    assert "Elle a déménagé." in answer.content.decode()
    assert file.row.state == FileState.INTAKE


def test_letter_to_a_creditor_is_for_the_mediation_team_alone(door, file) -> None:
    debt = file.row.debts.first()
    made = file.do(budgets.write_creditors, kind=LetterKind.STATEMENT, debts=[debt.pk])
    paper = queries.papers_of(file.row.letters.filter(pk__in=made.letters))[made.letters[0]]
    [batch] = {one.batch_ref for one in file.row.letters.exclude(batch_ref="")}
    one = [reverse(f"desk:letter{n}", args=[paper.reference]) for n in ("", "_pdf", "_docx")]
    paths = [*one, reverse("desk:letter_batch", args=[batch])]
    strangers = (agent(Role.SOCIAL_WORKER, "general_aid"), agent(Role.DIRECTOR_GENERAL, ""))
    for who in strangers:
        seen = door(who)
        assert [seen.get(path).status_code for path in paths] == [404] * 4
        for shown in (reverse("desk:letters"), reverse("desk:letter_batches")):
            assert file.reference not in (html := seen.get(shown).content.decode())
            assert paper.reference not in html
    mine = door(file.by)
    assert [mine.get(path).status_code for path in paths] == [200] * 4
    assert paper.reference in mine.get(reverse("desk:letters")).content.decode()


def test_several_creditors_are_written_to_in_a_batch_from_its_page(door, file) -> None:
    mine = door(file.by)
    given = {
        "kind": "contest", "debts": [d.pk for d in file.row.debts.all()], "how": "registered",
        "words": "Les intérêts sont comptés deux fois.", "plan": "",
    }  # fmt: skip
    before = set(file.row.letters.values_list("pk", flat=True))
    answer = mine.post(_url("letters", file), given)
    new = file.row.letters.exclude(pk__in=before)
    assert new.count() == 3
    assert answer["Location"] == reverse("desk:letter_batch", args=[new[0].batch_ref])
    assert "à écrire" in mine.get(_url("letters", file)).content.decode()
    mine.post(reverse("desk:letter_batch_write", args=[new[0].batch_ref]))
    assert "3 lettres écrites sur 3" in mine.get(answer["Location"]).content.decode()
    html = mine.get(_url("letters", file)).content.decode()
    papers = queries.papers_of(new)
    assert [p.reference in html for p in papers.values()] == [True] * 3
    assert {p.delivery for p in papers.values()} == {"registered"}


def test_letters_page_costs_the_same_for_one_letter_and_many(door) -> None:
    def cost(*amounts: str) -> int:
        made = make.owing(*amounts)
        keys = [d.pk for d in made.row.debts.all()]
        asked = made.do(budgets.write_creditors, kind=LetterKind.STATEMENT, debts=keys)
        if asked.batch:
            letters.run_batch(batch=asked.batch, by=made.by, clock=lambda: make.NOW)
        mine = door(made.by)
        mine.get(_url("letters", made))
        with CaptureQueriesContext(connection) as asked_of:
            mine.get(_url("letters", made))
        return len(asked_of)

    assert cost("300.00") == cost("300.00", "170.00", "90.00")


def test_figures_count_without_a_name(door, file) -> None:
    leader = make.mediator(Role.TEAM_LEADER)
    html = door(leader).get(reverse("desk:debts_figures"), {"annee": "2026"}).content.decode()
    assert "1 ménage suivi" in html
    assert "2\u202f000,00" in html
    assert str(file.row.persons.get()) not in html


def test_extract_is_for_who_leads_mediation_and_leaves_out_her_kin(door, file) -> None:
    chief, path = make.mediator(Role.TEAM_LEADER), reverse("desk:debts_extract")
    other = make.opened(by=file.by)
    people.link_staff(
        agent=int(chief.ref), reference=other.row.persons.get().reference, by=chief,
        at=timezone.now(),
    )  # fmt: skip
    client = door(chief)
    answer = client.post(path)
    rows = list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert [r["référence"] for r in rows] == [file.reference]
    assert rows[0]["reste dû"].replace(",", ".") == f"{queries.with_totals(type(file.row).objects.filter(pk=file.row.pk)).get().owed:.2f}"  # fmt: skip
    row = JournalEntry.objects.get(verb="mediations.export")
    assert (row.kind, row.subject_ref, row.detail) == (
        "export",
        "",
        {"references": [file.reference]},
    )
    shut = (file.by, agent(Role.TEAM_LEADER, "general_aid"), agent(Role.DIRECTOR_GENERAL, ""))
    assert [door(who).post(path).status_code for who in shut] == [404] * 3
    assert path in client.get(reverse("desk:debts")).content.decode()
    assert path not in door(file.by).get(reverse("desk:debts")).content.decode()
