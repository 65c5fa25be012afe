"""What happened to a call, and what was corrected, stays as it was: UPDATE and DELETE are refused by triggers."""

from django.db import migrations

from samband.core.append_only import only_written


class Migration(migrations.Migration):
    dependencies = [("meetings", "0001_initial"), ("core", "0002_audit_append_only")]
    operations = [only_written("the story of a meeting is", "meetings_meetingevent", "meetings_correction")]
