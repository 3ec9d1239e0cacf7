"""The journal refuses to be emptied; tests that flush the database must lift its guards first."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

from django.apps import apps
from django.db import connection

_MIGRATION = import_module("beffroi.audit.migrations.0002_journal_is_written_once")


@contextmanager
def journal_may_be_flushed() -> Iterator[None]:
    """The guards of the journal are lifted inside, and stand again after."""
    with connection.schema_editor() as editor:
        _MIGRATION.backwards(apps, editor)
    try:
        yield
    finally:
        with connection.schema_editor() as editor:
            _MIGRATION.forwards(apps, editor)


class FlushesJournal:
    """Mix into a TransactionTestCase: its flush at the end of each test goes through."""

    def _fixture_teardown(self) -> None:
        with journal_may_be_flushed():
            super()._fixture_teardown()  # type: ignore[misc]
