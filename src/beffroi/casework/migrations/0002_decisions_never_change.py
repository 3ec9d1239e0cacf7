from django.db import migrations

from beffroi.audit.frozen import freeze


class Migration(migrations.Migration):
    """A decision never changes, and is kept ten years."""

    dependencies = [("casework", "0001_initial")]
    operations = [freeze("casework_decision", moment="decided_at", years=10)]
