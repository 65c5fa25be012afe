from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0007_review_indexes'),
    ]

    operations = [
        migrations.CreateModel(
            name='Release',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('thing', models.CharField(max_length=63)),
                ('key', models.BigIntegerField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('thing', 'key'), name='release_once')],
            },
        ),
    ]
