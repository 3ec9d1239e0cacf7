"""The database itself keeps the journal: no update, no removal before ten years."""

from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, transaction

from beffroi.audit import services as audit
from beffroi.audit.enums import ActKind
from beffroi.audit.models import JournalEntry
from beffroi.core.actors import system_actor

pytestmark = pytest.mark.django_db


def _entry(at: datetime) -> None:
    with transaction.atomic():
        audit.record(
            by=system_actor("tests"), kind=ActKind.READ, verb="request.read",
            object_kind="request", object_ref="DEM-2026-00001", at=at,
        )  # fmt: skip


def test_journal_refuses_update(at: datetime) -> None:
    _entry(at)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        JournalEntry.objects.update(verb="other")


def test_journal_refuses_removal_before_ten_years(at: datetime) -> None:
    _entry(at)
    with pytest.raises(DatabaseError, match="kept ten years"), transaction.atomic():
        JournalEntry.objects.all().delete()


def test_journal_lets_go_after_ten_years(at: datetime) -> None:
    _entry(at - timedelta(days=365 * 11))
    assert JournalEntry.objects.all().delete()[0] == 1


def test_record_outside_a_transaction_is_refused(at: datetime, monkeypatch) -> None:
    outside = SimpleNamespace(in_atomic_block=False)
    monkeypatch.setattr(audit.transaction, "get_connection", lambda: outside)
    with pytest.raises(RuntimeError):
        audit.record(
            by=system_actor("tests"), kind=ActKind.READ, verb="x", object_kind="y",
            object_ref="z", at=at,
        )  # fmt: skip
