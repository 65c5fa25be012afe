"""What staff told from the road stays as it was told; somebody who is admitted is a kind of its own."""

from django.db import migrations, models

from samband.core.append_only import only_written

KINDS = [
    ("sick", "Någon blev sjuk"),
    ("longer", "Ett besök tar längre tid"),
    ("home", "Någon kommer hem tidigare"),
    ("cancelled", "Ett besök ställs in"),
    ("urgent", "Någon behöver besök snart"),
    ("help", "Någon på vägen behöver hjälp"),
    ("admitted", "Någon läggs in eller reser bort"),
]


class Migration(migrations.Migration):
    dependencies = [("resources", "0002_desk_moves"), ("core", "0002_audit_append_only")]
    operations = [
        migrations.AlterField("happening", "kind", models.CharField(choices=KINDS, max_length=10)),
        only_written("the reports of visits are", "resources_visitreport"),
    ]
