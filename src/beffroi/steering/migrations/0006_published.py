"""What anybody may read of a voted report; the database refuses to change it."""

import django.db.models.deletion
from django.db import migrations, models

TABLE = "steering_publication"
SQLITE = """CREATE TRIGGER steering_publication_no_update BEFORE UPDATE ON steering_publication
BEGIN SELECT RAISE(ABORT, 'a publication is never changed'); END;"""
POSTGRESQL = """
CREATE FUNCTION steering_publication_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'a publication is never changed'; END $$;
CREATE TRIGGER steering_publication_is_frozen BEFORE UPDATE ON steering_publication
FOR EACH ROW EXECUTE FUNCTION steering_publication_is_frozen();
"""


def forwards(apps, schema_editor):
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    schema_editor.execute(POSTGRESQL if is_postgresql else SQLITE)


def backwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP TRIGGER {TABLE}_is_frozen ON {TABLE}")
        schema_editor.execute(f"DROP FUNCTION {TABLE}_is_frozen()")
    else:
        schema_editor.execute(f"DROP TRIGGER {TABLE}_no_update")


class Migration(migrations.Migration):

    dependencies = [
        ('steering', '0005_commission_isadf'),
    ]

    operations = [
        migrations.CreateModel(
            name='Publication',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('page', models.TextField()),
                ('kept', models.TextField()),
                ('decision', models.CharField(max_length=500, verbose_name='décision du conseil')),
                ('voted_date', models.DateField(verbose_name='votée le')),
                ('published_at', models.DateTimeField()),
                ('snapshot', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='publication', to='steering.snapshot')),
            ],
            options={
                'verbose_name': 'publication',
                'verbose_name_plural': 'publications',
                'ordering': ['published_at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('page', ''), _negated=True), models.Q(('kept', ''), _negated=True)), name='publication_is_whole')],
            },
        ),
        migrations.RunPython(forwards, backwards),
    ]
