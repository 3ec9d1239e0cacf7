"""`beffroi retention`: counted without --apply, ended and journalled with it."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.factories.requests import agent, ask

from beffroi.accounts.enums import Role
from beffroi.acts.requests import services as requests
from beffroi.acts.requests.enums import Outcome
from beffroi.audit import services as audit
from beffroi.audit.models import JournalEntry
from beffroi.audit.permissions import OFFICER
from beffroi.audit.queries import JournalSearch
from beffroi.cli import retention
from beffroi.core.errors import NotAllowed

pytestmark = pytest.mark.django_db


@pytest.fixture
def overdue():
    mine, old = agent(), timezone.now() - timedelta(days=800)
    asked = ask(at=old)
    requests.close(
        reference=asked.reference, outcome=Outcome.ANSWERED, text="Voilà.", by=mine, at=old
    )
    return asked


def test_dry_run_counts_and_changes_nothing(overdue, capsys) -> None:
    before = JournalEntry.objects.count()
    assert retention.run([]) == 0
    assert "     1  requests.Request" in capsys.readouterr().out
    assert overdue.row.anonymised_at is None
    assert JournalEntry.objects.count() == before


def test_apply_ends_what_is_due_and_journals_how_much(overdue, capsys) -> None:
    assert retention.run(["--apply"]) == 0
    assert "     1  terminés" in capsys.readouterr().out
    assert overdue.row.name == ""
    row = JournalEntry.objects.get(verb="retention.apply")
    assert (row.actor_kind, row.detail) == ("system", {"requests.Request": 1})
    assert retention.run(["--apply"]) == 0
    assert "     0  terminés" in capsys.readouterr().out


def test_unknown_option_is_refused(capsys) -> None:
    assert retention.run(["--now"]) == 2
    assert "Usage" in capsys.readouterr().err


def test_journal_opens_to_the_officer_alone() -> None:
    assert OFFICER == Role.PRIVACY_OFFICER
    now = timezone.now()
    for role in set(Role) - {Role.PRIVACY_OFFICER}:
        who = agent(role, "aid")
        with pytest.raises(NotAllowed):
            audit.read_journal(by=who, at=now)
        with pytest.raises(NotAllowed):
            audit.export_journal(by=who, at=now, search=JournalSearch())
