"""Answers to a plan go with it when it has been closed for ten years and thinning has released it; never otherwise (A17)."""

from django.db import migrations

from samband.core.append_only import Way, thinned

WAY = Way("plans_approval", "plan_id", "at", "plans_careplan", "t.status = 'closed' AND t.closed_on < {day}")


class Migration(migrations.Migration):
    dependencies = [("plans", "0008_nobodys_index"), ("core", "0008_release")]
    operations = [thinned("answers to a plan are", WAY)]
