"""The privacy officer's pages: search, one reference, extract, retention; each leaves its row."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.apps import apps
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import camel_case_to_spaces
from tests.factories.requests import agent, ask, later

from beffroi.accounts.enums import Role
from beffroi.acts.requests import services as requests
from beffroi.acts.requests.enums import Outcome
from beffroi.audit import retention
from beffroi.audit.models import JournalEntry
from beffroi.web.desk.journal.retention import in_words, title_of

pytestmark = pytest.mark.django_db
JOURNAL = "/desk/journal/"


@pytest.fixture
def officer(door):
    return door(agent(Role.PRIVACY_OFFICER, ""))


def _read(times: int = 1):
    mine, asked = agent(), ask()
    for n in range(times):
        requests.read_file(
            reference=asked.reference, by=mine, at=later(n + 1), reason="Appel de la personne"
        )
    return mine, asked


def test_search_narrows_by_words_kind_date_and_agent(officer) -> None:
    mine, asked = _read()
    other, elsewhere = _read()

    def rows(**query: str) -> str:
        return officer.get(JOURNAL, query).content.decode().partition("<tbody>")[2]

    assert asked.reference in rows(mots=asked.reference)
    assert elsewhere.reference not in rows(mots=asked.reference)
    assert "a ouvert la demande" not in rows(nature="write")
    assert rows(depuis="2030-01-01") == ""
    found = rows(agent=mine.ref, nature="read")
    assert mine.label in found
    assert other.label not in found


def test_search_leaves_its_own_row(officer) -> None:
    _read()
    before = JournalEntry.objects.count()
    officer.get(JOURNAL, {"mots": "Appel", "nature": "read"})
    row = JournalEntry.objects.order_by("pk")[before]
    assert (row.verb, row.kind) == ("journal.read", "read")
    assert row.detail == {"rows": 1, "words": "Appel", "kind": "read"}


def test_wrong_date_is_told_and_breaks_nothing(officer) -> None:
    page = officer.get(JOURNAL, {"depuis": "hier"})
    assert page.status_code == 200
    assert 'role="alert"' in page.content.decode()


def test_page_of_a_reference_names_who_looked_and_the_lists_that_showed_it(officer, door) -> None:
    mine, asked = _read()
    neighbour = agent()
    door(neighbour).get("/desk/demandes/?liste=aid")
    stranger, _elsewhere = _read()
    html = officer.get(f"{JOURNAL}reference/{asked.reference}/").content.decode()
    assert mine.label in html
    assert neighbour.label in html
    assert stranger.label not in html


def test_extract_is_harmless_in_a_spreadsheet_and_journalled(officer) -> None:
    mine, asked = agent(), ask()
    requests.read_file(
        reference=asked.reference, by=mine, at=later(), reason='=HYPERLINK("http://x")'
    )
    answer = officer.post(f"{JOURNAL}extrait.csv", {"nature": "read"})
    rows = list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert [(r["référence"], r["motif"]) for r in rows] == [
        (asked.reference, '\'=HYPERLINK("http://x")')
    ]
    assert answer["Content-Disposition"] == 'attachment; filename="journal.csv"'
    row = JournalEntry.objects.order_by("pk").last()
    assert (row.verb, row.kind, row.detail) == ("journal.export", "export", {"rows": 1, "kind": "read"})  # fmt: skip
    assert officer.get(f"{JOURNAL}extrait.csv").status_code == 405


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.PRIVACY_OFFICER}))
def test_journal_is_for_the_privacy_officer_alone(door, role) -> None:
    client = door(agent(role, "aid"))
    paths = (JOURNAL, f"{JOURNAL}reference/AID-2026-00001/", "/desk/conservation/")
    assert [client.get(path).status_code for path in paths] == [404] * 3
    assert client.post(f"{JOURNAL}extrait.csv").status_code == 404


def test_journal_costs_the_same_for_one_and_three_rows(officer, queries_of) -> None:
    _read()
    one = queries_of(officer, JOURNAL)
    _read(3)
    assert queries_of(officer, JOURNAL) == one
    assert one <= 12


def test_retention_page_counts_what_is_due_and_changes_nothing(officer) -> None:
    mine, old = agent(), timezone.now() - timedelta(days=800)
    asked = ask(at=old)
    requests.close(
        reference=asked.reference, outcome=Outcome.ANSWERED, text="Voilà.", by=mine, at=old
    )
    html = officer.get("/desk/conservation/").content.decode()
    assert "1 ligne a dépassé sa durée de garde." in html
    assert "⟦undefined" not in html
    assert asked.row.name == "Lucie Baudour"
    assert asked.row.anonymised_at is None


def test_readings_of_the_journal_are_kept_and_shown_when_asked(officer) -> None:
    officer.get(JOURNAL)
    assert "a lu le journal" not in officer.get(JOURNAL).content.decode()
    assert "a lu le journal" in officer.get(JOURNAL, {"lectures": "on"}).content.decode()


def test_retention_page_has_a_french_word_for_each_field_and_each_sort_of_rows() -> None:
    """Django makes an English name of a field that has none: each has words of its own here."""
    same_in_french = {"agent"}
    left = set()
    for rule in retention.load().values():
        model = apps.get_model(rule.model)
        for name in rule.personal:
            made = model._meta.get_field(name).verbose_name
            if not isinstance(made, Promise) and in_words(model, name) == name.replace("_", " "):
                left.add(name)
        if rule.personal and not isinstance(model._meta.verbose_name, Promise):
            assert title_of(model).lower() != camel_case_to_spaces(model._meta.object_name)
    assert left == same_in_french
