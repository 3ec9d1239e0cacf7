"""The database itself refuses to change the ledger, or the lines of a run that has left."""

from django.db import migrations

SQLITE = (
    """
CREATE TRIGGER ledger_no_update BEFORE UPDATE ON payments_ledgerentry
BEGIN SELECT RAISE(ABORT, 'the ledger is never changed'); END
""",
    """
CREATE TRIGGER ledger_no_delete BEFORE DELETE ON payments_ledgerentry
BEGIN SELECT RAISE(ABORT, 'the ledger is never changed'); END
""",
    """
CREATE TRIGGER run_line_sent_no_delete BEFORE DELETE ON payments_runline
WHEN OLD.state <> 'planned'
BEGIN SELECT RAISE(ABORT, 'a payment that left is never taken away'); END
""",
    """
CREATE TRIGGER run_line_sent_no_update BEFORE UPDATE ON payments_runline
WHEN OLD.state <> 'planned' AND (
  NEW.run_id <> OLD.run_id OR NEW.due_id <> OLD.due_id OR NEW.amount <> OLD.amount
  OR NEW.iban NOT IN (OLD.iban, '—') OR NEW.end_to_end_id <> OLD.end_to_end_id)
BEGIN SELECT RAISE(ABORT, 'a payment that left is never changed'); END
""",
)
POSTGRESQL = """
CREATE FUNCTION ledger_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the ledger is never changed'; END $$;
CREATE TRIGGER ledger_is_kept BEFORE UPDATE OR DELETE ON payments_ledgerentry
FOR EACH ROW EXECUTE FUNCTION ledger_is_kept();
CREATE FUNCTION run_line_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state <> 'planned' AND TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'a payment that left is never taken away'; END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  IF OLD.state <> 'planned' AND ((
    NEW.run_id, NEW.due_id, NEW.amount, NEW.end_to_end_id) IS DISTINCT FROM (
    OLD.run_id, OLD.due_id, OLD.amount, OLD.end_to_end_id)
    OR NEW.iban NOT IN (OLD.iban, '—')) THEN
    RAISE EXCEPTION 'a payment that left is never changed'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER run_line_is_kept BEFORE UPDATE OR DELETE ON payments_runline
FOR EACH ROW EXECUTE FUNCTION run_line_is_kept();
"""
UNDO = {
    "sqlite": (
        "DROP TRIGGER ledger_no_update",
        "DROP TRIGGER ledger_no_delete",
        "DROP TRIGGER run_line_sent_no_delete",
        "DROP TRIGGER run_line_sent_no_update",
    ),
    "postgresql": (
        "DROP TRIGGER ledger_is_kept ON payments_ledgerentry",
        "DROP FUNCTION ledger_is_kept()",
        "DROP TRIGGER run_line_is_kept ON payments_runline",
        "DROP FUNCTION run_line_is_kept()",
    ),
}


def forwards(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for statement in {"sqlite": SQLITE, "postgresql": (POSTGRESQL,)}[vendor]:
        schema_editor.execute(statement)


def backwards(apps, schema_editor):
    for statement in UNDO[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("payments", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
