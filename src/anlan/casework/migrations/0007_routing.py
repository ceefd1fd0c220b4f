"""Routing tables with their editions, and where each case was sent by which of them."""

import anlan.kernel.identifiers
import anlan.kernel.rows
import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from anlan.kernel.secure_tables import SecureTable, StateMachine

KEPT = """
CREATE FUNCTION casework_routing_table_check_kept() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE
    content_changes boolean := (NEW.rows, NEW.title, NEW.valid_from)
        IS DISTINCT FROM (OLD.rows, OLD.title, OLD.valid_from);
BEGIN
    IF OLD.state IN ('PUBLISHED', 'DROPPED')
        OR (content_changes AND (OLD.state <> 'DRAFT' OR NEW.revision <= OLD.revision))
        OR NOT OLD.written_by <@ NEW.written_by
        OR NEW.area <> OLD.area THEN
        RAISE EXCEPTION 'casework_routing_table changes as a draft alone, and remembers by whom'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'casework_routing_table_kept';
    END IF;
    RETURN NEW;
END
$body$;
CREATE TRIGGER check_kept BEFORE UPDATE ON casework_routing_table
    FOR EACH ROW EXECUTE FUNCTION casework_routing_table_check_kept();
ALTER TABLE casework_routing_table ADD CONSTRAINT casework_routing_table_not_own
    CHECK (published_by IS NULL OR published_by <> ALL (written_by));
"""
NOT_KEPT = """
ALTER TABLE casework_routing_table DROP CONSTRAINT casework_routing_table_not_own;
DROP TRIGGER check_kept ON casework_routing_table;
DROP FUNCTION casework_routing_table_check_kept();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0006_joint_tasks'),
    ]

    operations = [
        migrations.CreateModel(
            name='RoutingTable',
            fields=[
                ('id', models.UUIDField(default=anlan.kernel.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('area', models.BigIntegerField()),
                ('street', anlan.kernel.rows.StreetField(editable=False)),
                ('state', models.CharField(default='DRAFT', max_length=16)),
                ('title', models.CharField(max_length=120)),
                ('valid_from', models.DateField()),
                ('rows', models.JSONField()),
                ('revision', models.IntegerField(default=1)),
                ('edition', models.IntegerField(null=True)),
                ('written_by', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=64), size=None)),
                ('changed_at', models.DateTimeField()),
                ('published_by', models.CharField(max_length=64, null=True)),
                ('published_at', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'casework_routing_table',
                'indexes': [models.Index(condition=models.Q(('state', 'PUBLISHED')), fields=['area', '-valid_from', '-edition'], name='casework_routing_in_force')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['DRAFT', 'DROPPED', 'PROPOSED', 'PUBLISHED'])), name='casework_routing_table_state'), models.CheckConstraint(condition=models.Q(models.Q(('edition__isnull', False), ('published_at__isnull', False), ('published_by__isnull', False), ('state', 'PUBLISHED')), models.Q(models.Q(('state', 'PUBLISHED'), _negated=True), ('edition__isnull', True), ('published_at__isnull', True), ('published_by__isnull', True)), _connector='OR'), name='casework_routing_table_published'), models.UniqueConstraint(fields=('area', 'edition'), name='casework_routing_table_edition')],
            },
        ),
        migrations.CreateModel(
            name='RoutingStep',
            fields=[
                ('id', models.UUIDField(default=anlan.kernel.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('area', models.BigIntegerField()),
                ('street', anlan.kernel.rows.StreetField(editable=False)),
                ('subject_id', models.UUIDField()),
                ('move', models.CharField(max_length=32)),
                ('source', models.CharField(max_length=16)),
                ('target', models.CharField(max_length=16)),
                ('made_by', models.CharField(max_length=64)),
                ('made_by_name', models.CharField(max_length=120)),
                ('made_at', models.DateTimeField()),
                ('facts', models.JSONField(default=dict)),
            ],
            options={
                'db_table': 'casework_routing_step',
                'indexes': [models.Index(fields=['subject_id', 'made_at'], name='casework_routing_step_of')],
            },
        ),
        migrations.CreateModel(
            name='CaseRoute',
            fields=[
                ('id', models.UUIDField(default=anlan.kernel.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('area', models.BigIntegerField()),
                ('street', anlan.kernel.rows.StreetField(editable=False)),
                ('item_code', models.CharField(max_length=8)),
                ('group', models.CharField(max_length=2)),
                ('lead', models.CharField(max_length=48)),
                ('site', models.CharField(blank=True, max_length=16)),
                ('source', models.CharField(max_length=8)),
                ('minute', models.SmallIntegerField()),
                ('day', models.DateField()),
                ('worked', models.BooleanField(null=True)),
                ('reason', models.CharField(max_length=16)),
                ('holder', models.CharField(blank=True, max_length=48)),
                ('organisation_id', models.UUIDField(null=True)),
                ('decided_at', models.DateTimeField()),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='routes', to='casework.case')),
                ('table', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='casework.routingtable')),
            ],
            options={
                'db_table': 'casework_case_route',
                'indexes': [models.Index(fields=['case', 'id'], name='casework_case_route_of')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('organisation_id__isnull', False), ('reason', 'GIVEN')), models.Q(models.Q(('reason', 'GIVEN'), _negated=True), ('organisation_id__isnull', True)), _connector='OR'), name='casework_case_route_given')],
            },
        ),
        SecureTable("casework_routing_table"),
        SecureTable("casework_routing_step", append_only=True),
        SecureTable("casework_case_route", append_only=True),
        StateMachine(
            "casework_routing_table",
            initial=["DRAFT"],
            pairs=[
                ("DRAFT", "PROPOSED"),
                ("PROPOSED", "DRAFT"),
                ("PROPOSED", "PUBLISHED"),
                ("DRAFT", "DROPPED"),
                ("PROPOSED", "DROPPED"),
            ],
        ),
        migrations.RunSQL(KEPT, NOT_KEPT),
    ]
