"""What was done with a check stays as it was written: UPDATE and DELETE are refused by triggers."""

from django.db import migrations

from samband.core.append_only import only_written


class Migration(migrations.Migration):
    dependencies = [("review", "0001_initial"), ("core", "0002_audit_append_only")]
    operations = [only_written("what was done with a check is", "review_checkstep")]
