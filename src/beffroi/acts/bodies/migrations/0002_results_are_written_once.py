"""The database itself refuses to change a result or a voice; retention may only empty a text."""

from django.db import migrations

_KEPT = (
    "agenda_item_id", "outcome", "in_function", "in_room", "quorum", "votes_for",
    "votes_against", "abstentions", "is_secret", "by_casting_vote", "decided_at",
)  # fmt: skip
_CHANGED = " OR ".join(f"NEW.{name} <> OLD.{name}" for name in _KEPT)
_CHANGED += " OR (NEW.text <> OLD.text AND NEW.text <> '')"
SQLITE = (
    "CREATE TRIGGER result_is_kept BEFORE UPDATE ON bodies_result WHEN "
    + _CHANGED
    + " BEGIN SELECT RAISE(ABORT, 'a result is never changed'); END",
    "CREATE TRIGGER ballot_is_kept BEFORE UPDATE ON bodies_ballot"
    " BEGIN SELECT RAISE(ABORT, 'a ballot is never changed'); END",
)
POSTGRESQL = (
    "CREATE FUNCTION bodies_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$"
    " BEGIN RAISE EXCEPTION 'a result or a ballot is never changed'; END $$",
    "CREATE TRIGGER result_is_kept BEFORE UPDATE ON bodies_result FOR EACH ROW WHEN ("
    + _CHANGED
    + ") EXECUTE FUNCTION bodies_is_kept()",
    "CREATE TRIGGER ballot_is_kept BEFORE UPDATE ON bodies_ballot"
    " FOR EACH ROW EXECUTE FUNCTION bodies_is_kept()",
)
UNDO = {
    "sqlite": ("DROP TRIGGER result_is_kept", "DROP TRIGGER ballot_is_kept"),
    "postgresql": (
        "DROP TRIGGER result_is_kept ON bodies_result",
        "DROP TRIGGER ballot_is_kept ON bodies_ballot",
        "DROP FUNCTION bodies_is_kept()",
    ),
}


def forwards(apps, schema_editor):
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def backwards(apps, schema_editor):
    for statement in UNDO[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("bodies", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
