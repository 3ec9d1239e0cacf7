"""The database itself refuses to change what a letter says, or a version of a template."""

from django.db import migrations

_LETTER = "reference kind lang template_id french_template_id subject facts html owner_kind owner_ref subject_ref recipient_name recipient_lines written_at written_by written_by_ref corrects_id".split()
_TEMPLATE = "kind lang version subject first body origin digest saved_at".split()


def _changed(columns, vendor):
    word = "IS NOT" if vendor == "sqlite" else "IS DISTINCT FROM"
    cast = "::text" if vendor == "postgresql" else ""
    return " OR ".join(f"NEW.{c}{cast} {word} OLD.{c}{cast}" for c in columns)


def _rules(vendor):
    pdf = "(OLD.pdf <> '' AND (NEW.pdf <> OLD.pdf OR NEW.pdf_sha256 <> OLD.pdf_sha256))"
    letter = f"NEW.anonymised_at IS NULL AND ({_changed(_LETTER, vendor)} OR {pdf})"
    return {
        "letter": ("documents_letter", letter),
        "letter_template": ("documents_lettertemplate", _changed(_TEMPLATE, vendor)),
    }


def forwards(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for name, (table, changed) in _rules(vendor).items():
        said = f"a {name.replace('_', ' ')} is never changed"
        if vendor == "sqlite":
            schema_editor.execute(
                f"CREATE TRIGGER {name}_is_frozen BEFORE UPDATE ON {table} WHEN {changed} "
                f"BEGIN SELECT RAISE(ABORT, '{said}'); END;"
            )
        else:
            schema_editor.execute(
                f"CREATE FUNCTION {name}_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$ "
                f"BEGIN IF {changed} THEN RAISE EXCEPTION '{said}'; END IF; RETURN NEW; END $$; "
                f"CREATE TRIGGER {name}_is_frozen BEFORE UPDATE ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION {name}_is_frozen();"
            )


def backwards(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for name, (table, _changed_) in _rules(vendor).items():
        if vendor == "sqlite":
            schema_editor.execute(f"DROP TRIGGER {name}_is_frozen")
        else:
            schema_editor.execute(f"DROP TRIGGER {name}_is_frozen ON {table}")
            schema_editor.execute(f"DROP FUNCTION {name}_is_frozen()")


class Migration(migrations.Migration):
    dependencies = [("documents", "0002_letters")]
    operations = [migrations.RunPython(forwards, backwards)]
