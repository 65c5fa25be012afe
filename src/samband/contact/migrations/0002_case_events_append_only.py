"""What happened to a case stays as it was: UPDATE and DELETE are refused by triggers, as for the audit."""

from django.db import migrations

from samband.core.append_only import only_written


class Migration(migrations.Migration):
    dependencies = [("contact", "0001_initial"), ("core", "0002_audit_append_only")]
    operations = [only_written("the events of a case are", "contact_caseevent")]
