"""What the log-in service calls an account, and an id for the address of its page."""

import uuid

from django.db import migrations, models


def fill(apps, schema_editor):
    """Each account its own id: a default in the column would be the same for all."""
    user = apps.get_model("core", "User")
    for row in user.objects.filter(public_id__isnull=True).only("pk").iterator():
        user.objects.filter(pk=row.pk).update(public_id=uuid.uuid4())


class Migration(migrations.Migration):
    # PostgreSQL does not alter a table that still has changes of rows waiting in the same transaction.
    atomic = False

    dependencies = [("core", "0002_audit_append_only")]

    operations = [
        migrations.AddField("user", "public_id", models.UUIDField(null=True, editable=False)),
        migrations.AddField("user", "subject", models.CharField(blank=True, max_length=255, null=True, unique=True)),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField("user", "public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
    ]
