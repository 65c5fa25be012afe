"""Principal, approvals, relatives' own notes, and questions to units; answers to a version are append-only in the database."""

import django.db.models.deletion
import samband.core.clock
import uuid
from django.db import migrations, models

from samband.core.append_only import only_written

def asked(apps, schema_editor):
    """An offer that waits becomes a question to the unit that it names."""
    Proposal, Unit = apps.get_model("plans", "Proposal"), apps.get_model("people", "Unit")
    taken = set()
    for row in Proposal.objects.filter(status="open", action__by="nobody").order_by("-id"):
        kept = (row.changes.get("unit") or [None, None])[1]
        unit = Unit.objects.filter(public_id=kept["id"]).first() if kept else None
        if unit and row.action_id not in taken:
            taken.add(row.action_id)
            Proposal.objects.filter(pk=row.pk).update(kind="take", asked_unit=unit)


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0002_audit_append_only'),
        ('people', '0005_since_yesterday'),
        ('plans', '0005_since_yesterday'),
    ]

    operations = [
        migrations.CreateModel(
            name='Approval',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('number', models.PositiveIntegerField(default=0)),
                ('answer', models.CharField(choices=[('approved', 'Godkänd'), ('disagreed', 'Inte överens')], max_length=10, verbose_name='Svar')),
                ('words', models.TextField(blank=True, max_length=2000, verbose_name='Med personens ord')),
                ('said_by', models.CharField(max_length=200, verbose_name='Vem som sade det')),
                ('form', models.CharField(blank=True, choices=[('spoken', 'Muntligt'), ('written', 'Skriftligt'), ('via_representative', 'Genom företrädare')], max_length=20, verbose_name='I vilken form')),
                ('basis', models.CharField(blank=True, max_length=300, verbose_name='På vilken grund')),
                ('at', models.DateTimeField(default=samband.core.clock.now)),
                ('by_name', models.CharField(max_length=200)),
                ('by_label', models.CharField(blank=True, max_length=300)),
                ('by_kind', models.CharField(max_length=10)),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='RelativeNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('updated_at', models.DateTimeField(default=samband.core.clock.now)),
                ('words', models.TextField(blank=True, max_length=2000, verbose_name='Så är det för mig')),
                ('shared', models.BooleanField(default=True, verbose_name='Visas för dem som är med i planen')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.AlterModelOptions(
            name='proposal',
            options={'ordering': ['-created_at', '-id']},
        ),
        migrations.AddField(
            model_name='careplan',
            name='principal',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organization', verbose_name='Huvudman med det övergripande ansvaret'),
        ),
        migrations.AddField(
            model_name='proposal',
            name='answer_by',
            field=models.DateField(blank=True, null=True, verbose_name='Svar önskas senast'),
        ),
        migrations.AddField(
            model_name='proposal',
            name='kind',
            field=models.CharField(choices=[('change', 'Ändring'), ('take', 'Ta insatsen'), ('along', 'Komma med')], default='change', max_length=10),
        ),
        migrations.AddField(
            model_name='proposal',
            name='asked_unit',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='asks', to='people.unit', verbose_name='Vem som får frågan'),
        ),
        migrations.AlterField(
            model_name='proposal',
            name='status',
            field=models.CharField(choices=[('open', 'Väntar på svar'), ('accepted', 'Godtaget'), ('declined', 'Avböjt'), ('returned', 'Lämnad tillbaka'), ('withdrawn', 'Frågan togs tillbaka')], default='open', max_length=10),
        ),
        migrations.AddIndex(
            model_name='proposal',
            index=models.Index(fields=['asked_unit', 'status', 'answer_by'], name='ask_waiting'),
        ),
        migrations.AddIndex(
            model_name='proposal',
            index=models.Index(fields=['status', 'answer_by'], name='ask_late'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'take'), ('status', 'open')), fields=('action',), name='ask_one_open'),
        ),
        migrations.AddField(
            model_name='approval',
            name='assignment',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.assignment'),
        ),
        migrations.AddField(
            model_name='approval',
            name='plan',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='approvals', to='plans.careplan'),
        ),
        migrations.AddField(
            model_name='approval',
            name='representative',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.relative'),
        ),
        migrations.AddField(
            model_name='relativenote',
            name='plan',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='relative_notes', to='plans.careplan'),
        ),
        migrations.AddField(
            model_name='relativenote',
            name='relative',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plan_notes', to='people.relative'),
        ),
        migrations.AddIndex(
            model_name='approval',
            index=models.Index(fields=['plan', '-id'], name='approval_latest'),
        ),
        migrations.AddConstraint(
            model_name='relativenote',
            constraint=models.UniqueConstraint(fields=('plan', 'relative'), name='relative_note_once'),
        ),
        only_written("answers to a plan are", "plans_approval"),
        migrations.RunPython(asked, migrations.RunPython.noop),
    ]
