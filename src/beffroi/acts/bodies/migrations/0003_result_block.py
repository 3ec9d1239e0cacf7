"""Results voted together share a number; it is kept like the rest of a result."""

from django.db import migrations, models

SQLITE = (
    "CREATE TRIGGER result_block_is_kept BEFORE UPDATE ON bodies_result"
    " WHEN NEW.block IS NOT OLD.block"
    " BEGIN SELECT RAISE(ABORT, 'a result is never changed'); END",
)
POSTGRESQL = (
    "CREATE TRIGGER result_block_is_kept BEFORE UPDATE ON bodies_result FOR EACH ROW"
    " WHEN (NEW.block IS DISTINCT FROM OLD.block) EXECUTE FUNCTION bodies_is_kept()",
)
UNDO = {
    "sqlite": "DROP TRIGGER result_block_is_kept",
    "postgresql": "DROP TRIGGER result_block_is_kept ON bodies_result",
}


def forwards(apps, schema_editor):
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def backwards(apps, schema_editor):
    schema_editor.execute(UNDO[schema_editor.connection.vendor])


class Migration(migrations.Migration):
    dependencies = [("bodies", "0002_results_are_written_once")]
    operations = [
        # Without a default: the table is not written again, so its triggers stay.
        migrations.AddField(
            model_name="result",
            name="block",
            field=models.PositiveSmallIntegerField(
                blank=True, null=True, verbose_name="scrutin groupé"
            ),
        ),
        migrations.RunPython(forwards, backwards),
    ]
