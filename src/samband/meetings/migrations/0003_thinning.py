"""The story of a meeting goes with it when it is over since ten years and thinning has released it; never otherwise (A17)."""

from django.db import migrations

from samband.core.append_only import Way, thinned

OVER = "t.status IN ('finished', 'cancelled') AND t.ends_at < {now}"
WAYS = [
    Way(table, "meeting_id", "at", "meetings_meeting", OVER) for table in ("meetings_meetingevent", "meetings_correction")
]


class Migration(migrations.Migration):
    dependencies = [("meetings", "0002_append_only"), ("core", "0008_release")]
    operations = [thinned("the story of a meeting is", *WAYS)]
