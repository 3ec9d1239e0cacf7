"""Rows that never change refuse to be emptied; a test that flushes the database lifts every guard."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def guards_lifted() -> Iterator[None]:
    """Every trigger of the database is lifted inside, and stands again after."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
            kept: list[tuple[str, str]] = []
        else:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            kept = cursor.fetchall()
            for name, _sql in kept:
                cursor.execute(f'DROP TRIGGER "{name}"')
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET session_replication_role = DEFAULT")
            for _name, sql in kept:
                cursor.execute(sql)


class FlushesFrozen:
    """Mix into a TransactionTestCase: its flush at the end of each test goes through."""

    def _fixture_teardown(self) -> None:
        with guards_lifted():
            super()._fixture_teardown()  # type: ignore[misc]
