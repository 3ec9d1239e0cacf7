"""The database itself refuses to change a movement of a client, or to take one away too early."""

from django.db import migrations

SQLITE = """
CREATE TRIGGER client_movement_no_update BEFORE UPDATE ON budgets_clientmovement
BEGIN SELECT RAISE(ABORT, 'a movement of a client is never changed'); END;
CREATE TRIGGER client_movement_no_delete BEFORE DELETE ON budgets_clientmovement
WHEN OLD.entered_at > datetime('now', '-10 years')
BEGIN SELECT RAISE(ABORT, 'a movement of a client is kept ten years'); END;
"""
POSTGRESQL = """
CREATE FUNCTION client_movement_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN RAISE EXCEPTION 'a movement of a client is never changed'; END IF;
  IF OLD.entered_at > now() - interval '10 years' THEN
    RAISE EXCEPTION 'a movement of a client is kept ten years'; END IF;
  RETURN OLD;
END $$;
CREATE TRIGGER client_movement_is_kept BEFORE UPDATE OR DELETE ON budgets_clientmovement
FOR EACH ROW EXECUTE FUNCTION client_movement_is_kept();
"""
UNDO = {
    "sqlite": "DROP TRIGGER client_movement_no_update; DROP TRIGGER client_movement_no_delete;",
    "postgresql": (
        "DROP TRIGGER client_movement_is_kept ON budgets_clientmovement; "
        "DROP FUNCTION client_movement_is_kept();"
    ),
}


def forwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL)
        return
    for statement in SQLITE.split("END;"):
        if statement.strip():
            schema_editor.execute(statement + "END;")


def backwards(apps, schema_editor):
    for statement in UNDO[schema_editor.connection.vendor].split(";"):
        if statement.strip():
            schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("budgets", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
