from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('resources', '0005_desk_days'),
    ]

    operations = [
        migrations.AddField(
            model_name='worthreport',
            name='batch',
            field=models.UUIDField(blank=True, db_index=True, editable=False, null=True),
        ),
    ]
