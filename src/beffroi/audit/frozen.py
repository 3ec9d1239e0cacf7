"""Rows that are never changed: triggers that both databases keep, whoever writes."""

from collections.abc import Mapping
from typing import Any

from django.db import migrations

_SQLITE = (
    "CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} "
    "BEGIN SELECT RAISE(ABORT, '{table} is never changed'); END;",
    "CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} "
    "WHEN OLD.{moment} > datetime('now', '-{years} years') "
    "BEGIN SELECT RAISE(ABORT, '{table} is kept {years} years'); END;",
)
_POSTGRESQL = (
    "CREATE FUNCTION {table}_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    "IF TG_OP = 'UPDATE' THEN RAISE EXCEPTION '{table} is never changed'; END IF; "
    "IF OLD.{moment} > now() - interval '{years} years' THEN "
    "RAISE EXCEPTION '{table} is kept {years} years'; END IF; RETURN OLD; END $$;",
    "CREATE TRIGGER {table}_is_kept BEFORE UPDATE OR DELETE ON {table} "
    "FOR EACH ROW EXECUTE FUNCTION {table}_is_kept();",
)
_UNDO = {
    "sqlite": ("DROP TRIGGER {table}_no_update;", "DROP TRIGGER {table}_no_delete;"),
    "postgresql": (
        "DROP TRIGGER {table}_is_kept ON {table};",
        "DROP FUNCTION {table}_is_kept();",
    ),
}


def freeze(table: str, *, moment: str, years: int) -> migrations.RunPython:
    """This function will refuse any update of `table`, and a removal before `years` years.

    `moment` is the column that says when the row was made.
    """

    def run(statements: Mapping[str, tuple[str, ...]], schema_editor: Any) -> None:
        for statement in statements[schema_editor.connection.vendor]:
            schema_editor.execute(statement.format(table=table, moment=moment, years=years))

    def forwards(apps: Any, schema_editor: Any) -> None:
        run({"sqlite": _SQLITE, "postgresql": _POSTGRESQL}, schema_editor)

    def backwards(apps: Any, schema_editor: Any) -> None:
        run(_UNDO, schema_editor)

    return migrations.RunPython(forwards, backwards)
