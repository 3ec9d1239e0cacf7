"""The database itself refuses to change a version of a plan, its lines, or a frozen report."""

from django.db import migrations

TABLES = ("steering_planversion", "steering_planline", "steering_snapshot")
SQLITE = """CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table}
BEGIN SELECT RAISE(ABORT, 'a version or a snapshot is never changed'); END;"""
POSTGRESQL = """
CREATE FUNCTION {table}_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'a version or a snapshot is never changed'; END $$;
CREATE TRIGGER {table}_is_frozen BEFORE UPDATE ON {table}
FOR EACH ROW EXECUTE FUNCTION {table}_is_frozen();
"""


def forwards(apps, schema_editor):
    sql = POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE
    for table in TABLES:
        schema_editor.execute(sql.format(table=table))


def backwards(apps, schema_editor):
    for table in TABLES:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER {table}_is_frozen ON {table}")
            schema_editor.execute(f"DROP FUNCTION {table}_is_frozen()")
        else:
            schema_editor.execute(f"DROP TRIGGER {table}_no_update")


class Migration(migrations.Migration):
    dependencies = [("steering", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
