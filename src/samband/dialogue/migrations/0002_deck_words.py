"""A deck's name and categories in each language; a card that is searched, and struck from a draft with a way back."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('dialogue', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='card',
            name='search',
            field=models.TextField(blank=True, default='', editable=False),
        ),
        migrations.AddField(
            model_name='card',
            name='struck_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='deckversion',
            name='words',
            field=models.JSONField(blank=True, default=dict),
        ),
    ]
