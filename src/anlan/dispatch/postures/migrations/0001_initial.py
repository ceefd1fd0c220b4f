"""Postures, each version for good, and the studies that compare two of them."""

import anlan.kernel.identifiers
import anlan.kernel.rows
import django.db.models.deletion
from django.db import migrations, models

from anlan.kernel.secure_tables import APP_ROLE, SecureTable, StateMachine


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("dispatch", "0010_facts_of_before"),
    ]

    operations = [
        migrations.CreateModel(
            name='PostureVersion',
            fields=[
                ('id', models.UUIDField(default=anlan.kernel.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('area', models.BigIntegerField()),
                ('street', anlan.kernel.rows.StreetField(editable=False)),
                ('posture_id', models.UUIDField()),
                ('version', models.SmallIntegerField()),
                ('name', models.CharField(max_length=60)),
                ('note', models.CharField(default='', max_length=500)),
                ('stands', models.JSONField()),
                ('withdrawn', models.BooleanField(default=False)),
                ('made_by', models.CharField(max_length=64)),
                ('made_by_name', models.CharField(max_length=120)),
                ('made_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'postures_version',
                'indexes': [models.Index(fields=['area', 'posture_id'], name='postures_version_of_desk')],
                'constraints': [models.UniqueConstraint(fields=('posture_id', 'version'), name='postures_version_once'), models.CheckConstraint(condition=models.Q(('version__range', (1, 100))), name='postures_version_range'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='postures_version_has_name')],
            },
        ),
        migrations.CreateModel(
            name='Study',
            fields=[
                ('id', models.UUIDField(default=anlan.kernel.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('area', models.BigIntegerField()),
                ('street', anlan.kernel.rows.StreetField(editable=False)),
                ('question', models.JSONField()),
                ('replications', models.SmallIntegerField()),
                ('done', models.SmallIntegerField(default=0)),
                ('samples', models.JSONField(default=list)),
                ('sums', models.JSONField(default=list)),
                ('state', models.CharField(default='RUNNING', max_length=8)),
                ('made_by', models.CharField(max_length=64)),
                ('made_by_name', models.CharField(max_length=120)),
                ('made_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('a', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='postures.postureversion')),
                ('b', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='postures.postureversion')),
            ],
            options={
                'db_table': 'postures_study',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('state', 'RUNNING')), models.Q(('ended_at__isnull', False), ('state', 'STOPPED')), models.Q(('done', models.F('replications')), ('ended_at__isnull', False), ('state', 'DONE')), _connector='OR'), name='postures_study_state'), models.CheckConstraint(condition=models.Q(('done__gte', 0), ('done__lte', models.F('replications'))), name='postures_study_done')],
            },
        ),
        SecureTable("postures_version", append_only=True),
        SecureTable("postures_study", append_only=True),
        StateMachine(
            "postures_study",
            initial=["RUNNING"],
            pairs=[("RUNNING", "DONE"), ("RUNNING", "STOPPED")],
        ),
        # What was asked stays as it was asked; only what has been played is added to.
        migrations.RunSQL(
            sql=f"GRANT UPDATE (done, samples, sums, state, ended_at) ON postures_study TO {APP_ROLE}",
            reverse_sql=f"REVOKE UPDATE ON postures_study FROM {APP_ROLE}",
        ),
    ]
