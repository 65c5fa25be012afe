"""The events of a case go with it when it has been closed for ten years and thinning has released it; never otherwise (A17)."""

from django.db import migrations

from samband.core.append_only import Way, thinned

WAY = Way("contact_caseevent", "case_id", "at", "contact_case", "t.closed_at < {now}")


class Migration(migrations.Migration):
    dependencies = [("contact", "0002_case_events_append_only"), ("core", "0008_release")]
    operations = [thinned("the events of a case are", WAY)]
