"""The service clock: what it says beside each case, and pauses with their reason and approver."""

import anlan.kernel.identifiers
import anlan.kernel.rows
import django.db.models.deletion
from django.db import migrations, models

from anlan.kernel.secure_tables import SecureTable, StateMachine


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0004_catalogue'),
    ]

    operations = [
        migrations.CreateModel(
            name='CasePause',
            fields=[
                ('id', models.UUIDField(default=anlan.kernel.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('area', models.BigIntegerField()),
                ('street', anlan.kernel.rows.StreetField(editable=False)),
                ('state', models.CharField(default='ASKED', max_length=8)),
                ('organisation_id', models.UUIDField()),
                ('reason', models.CharField(max_length=24)),
                ('proof', models.CharField(max_length=400)),
                ('until', models.DateTimeField()),
                ('asked_by', models.CharField(max_length=64)),
                ('asked_by_name', models.CharField(max_length=120)),
                ('asked_at', models.DateTimeField()),
                ('decided_by', models.CharField(max_length=64, null=True)),
                ('decided_by_name', models.CharField(blank=True, max_length=120)),
                ('decided_at', models.DateTimeField(null=True)),
                ('decision', models.CharField(blank=True, max_length=400)),
                ('ended_at', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'casework_case_pause',
            },
        ),
        migrations.AddField(
            model_name='case',
            name='awaited_year',
            field=models.SmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='case',
            name='clock',
            field=models.CharField(default='RUNNING', max_length=8),
        ),
        migrations.AddField(
            model_name='case',
            name='due_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='case',
            name='escalation_level',
            field=models.SmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='case',
            name='holder_due_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='case',
            name='listed_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('clock', 'RUNNING'), ('due_at__isnull', False)), fields=['due_at'], name='casework_case_by_due'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('clock__in', ['RUNNING', 'PAUSED', 'STOPPED'])), name='casework_case_clock'),
        ),
        migrations.AddField(
            model_name='casepause',
            name='case',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pauses', to='casework.case'),
        ),
        migrations.AddConstraint(
            model_name='casepause',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['ASKED', 'ENDED', 'GRANTED', 'LAPSED', 'REFUSED'])), name='casework_case_pause_state'),
        ),
        migrations.AddConstraint(
            model_name='casepause',
            constraint=models.CheckConstraint(condition=models.Q(('proof', ''), _negated=True), name='casework_case_pause_proved'),
        ),
        migrations.AddConstraint(
            model_name='casepause',
            constraint=models.CheckConstraint(condition=models.Q(('until__gt', models.F('asked_at'))), name='casework_case_pause_ends'),
        ),
        migrations.AddConstraint(
            model_name='casepause',
            constraint=models.CheckConstraint(condition=models.Q(('decided_by__isnull', True), models.Q(('decided_by', models.F('asked_by')), _negated=True), _connector='OR'), name='casework_case_pause_not_own'),
        ),
        migrations.AddConstraint(
            model_name='casepause',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_by__isnull', False), ('state__in', ['GRANTED', 'REFUSED', 'ENDED'])), models.Q(models.Q(('state__in', ['GRANTED', 'REFUSED', 'ENDED']), _negated=True), models.Q(('decided_by__isnull', False), _negated=True)), _connector='OR'), name='casework_case_pause_decided'),
        ),
        migrations.AddConstraint(
            model_name='casepause',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['ASKED', 'GRANTED'])), fields=('case',), name='casework_case_pause_one_open'),
        ),
        SecureTable("casework_case_pause"),
        StateMachine(
            "casework_case_pause",
            initial=["ASKED"],
            pairs=[
                ("ASKED", "GRANTED"),
                ("ASKED", "REFUSED"),
                ("ASKED", "LAPSED"),
                ("GRANTED", "ENDED"),
            ],
        ),
    ]
