"""The database that tests stand on, copied from one migrated before, lacks no migration."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from beffroi.audit.models import JournalEntry


@pytest.mark.django_db
def test_nothing_is_left_to_migrate() -> None:
    executor = MigrationExecutor(connection)
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []


@pytest.mark.django_db
def test_what_the_database_refuses_by_itself_is_copied_too() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
                [JournalEntry._meta.db_table],
            )
        else:
            cursor.execute(
                "SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal AND tgrelid = %s::regclass",
                [JournalEntry._meta.db_table],
            )
        assert cursor.fetchone()[0] > 0
