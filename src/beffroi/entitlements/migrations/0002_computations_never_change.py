from django.db import migrations

from beffroi.audit.frozen import freeze


class Migration(migrations.Migration):
    """A computation never changes, and is kept fifteen years."""

    dependencies = [("entitlements", "0001_initial")]
    operations = [freeze("entitlements_computation", moment="made_at", years=15)]
