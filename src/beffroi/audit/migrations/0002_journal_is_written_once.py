"""The database itself refuses to change a row of the journal, or to take one away too early."""

from django.db import migrations

SQLITE = """
CREATE TRIGGER journal_no_update BEFORE UPDATE ON audit_journalentry
BEGIN SELECT RAISE(ABORT, 'the journal is never changed'); END;
CREATE TRIGGER journal_no_delete BEFORE DELETE ON audit_journalentry
WHEN OLD.at > datetime('now', '-10 years')
BEGIN SELECT RAISE(ABORT, 'the journal is kept ten years'); END;
"""
POSTGRESQL = """
CREATE FUNCTION journal_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN RAISE EXCEPTION 'the journal is never changed'; END IF;
  IF OLD.at > now() - interval '10 years' THEN
    RAISE EXCEPTION 'the journal is kept ten years'; END IF;
  RETURN OLD;
END $$;
CREATE TRIGGER journal_is_kept BEFORE UPDATE OR DELETE ON audit_journalentry
FOR EACH ROW EXECUTE FUNCTION journal_is_kept();
"""
UNDO = {
    "sqlite": "DROP TRIGGER journal_no_update; DROP TRIGGER journal_no_delete;",
    "postgresql": (
        "DROP TRIGGER journal_is_kept ON audit_journalentry; DROP FUNCTION journal_is_kept();"
    ),
}


def forwards(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    sql = {"sqlite": SQLITE, "postgresql": POSTGRESQL}[vendor]
    if vendor == "sqlite":
        for statement in sql.split("END;"):
            if statement.strip():
                schema_editor.execute(statement + "END;")
    else:
        schema_editor.execute(sql)


def backwards(apps, schema_editor):
    for statement in UNDO[schema_editor.connection.vendor].split(";"):
        if statement.strip():
            schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
