"""Journal and ledger refuse to be emptied; tests that flush the database lift their guards first."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

from django.apps import apps
from django.db import connection

_MIGRATIONS = (
    import_module("beffroi.audit.migrations.0002_journal_is_written_once"),
    import_module("beffroi.acts.payments.migrations.0002_ledger_is_written_once"),
)


@contextmanager
def journal_may_be_flushed() -> Iterator[None]:
    """The guards of the journal and the ledger are lifted inside, and stand again after."""
    with connection.schema_editor() as editor:
        for migration in _MIGRATIONS:
            migration.backwards(apps, editor)
    try:
        yield
    finally:
        with connection.schema_editor() as editor:
            for migration in _MIGRATIONS:
                migration.forwards(apps, editor)


class FlushesJournal:
    """Mix into a TransactionTestCase: its flush at the end of each test goes through."""

    def _fixture_teardown(self) -> None:
        with journal_may_be_flushed():
            super()._fixture_teardown()  # type: ignore[misc]
