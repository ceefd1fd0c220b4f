"""Joint tasks: a case does not end while one is open, a task not while a part is."""

import anlan.kernel.identifiers
import anlan.kernel.rows
import django.db.models.deletion
from django.db import migrations, models

from anlan.kernel.secure_tables import SecureTable, StateMachine

# Each trigger locks what it depends on, so that a concurrent writer waits and then is refused:
# opening locks the case that closing changes, a part's move locks the task that closing changes.
TASK = """
CREATE FUNCTION casework_joint_task_check() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE
    behind record;
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.case_id IS NOT NULL THEN
            SELECT state, area INTO behind FROM casework_case WHERE id = NEW.case_id FOR SHARE;
            IF behind.state IS NULL OR behind.state IN ('CLOSED', 'RETURNED')
                OR behind.area <> NEW.area THEN
                RAISE EXCEPTION 'casework_joint_task is opened on a case that has not ended'
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'casework_joint_task_open_case';
            END IF;
        END IF;
        RETURN NEW;
    END IF;
    IF (NEW.id, NEW.area, NEW.number, NEW.item_code, NEW.lon, NEW.lat, NEW.place_text, NEW.text,
            NEW.organisation_id, NEW.opened_by, NEW.opened_at)
        <> (OLD.id, OLD.area, OLD.number, OLD.item_code, OLD.lon, OLD.lat, OLD.place_text, OLD.text,
            OLD.organisation_id, OLD.opened_by, OLD.opened_at)
        OR NEW.case_id IS DISTINCT FROM OLD.case_id THEN
        RAISE EXCEPTION 'casework_joint_task stays as it was opened'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'casework_joint_task_stays';
    END IF;
    IF NEW.state = 'CLOSED' AND (
        NOT EXISTS (SELECT FROM casework_joint_part WHERE task_id = NEW.id)
        OR EXISTS (SELECT FROM casework_joint_part
                   WHERE task_id = NEW.id AND state NOT IN ('DONE', 'WAIVED'))) THEN
        RAISE EXCEPTION 'casework_joint_task closes when every part is done or waived'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'casework_joint_task_parts_ended';
    END IF;
    RETURN NEW;
END
$body$;
CREATE TRIGGER check_task BEFORE INSERT OR UPDATE ON casework_joint_task
    FOR EACH ROW EXECUTE FUNCTION casework_joint_task_check();
"""
PART = """
CREATE FUNCTION casework_joint_part_check() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE
    whole record;
    decides boolean;
BEGIN
    SELECT state, area INTO whole FROM casework_joint_task WHERE id = NEW.task_id FOR SHARE;
    IF whole.state IS DISTINCT FROM 'OPEN' OR whole.area <> NEW.area THEN
        RAISE EXCEPTION 'casework_joint_part moves while its task is open'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'casework_joint_part_open_task';
    END IF;
    IF TG_OP = 'UPDATE' THEN
        decides := OLD.state = 'REFUSED' AND NEW.state = 'CALLED';
        IF NEW.task_id <> OLD.task_id OR NEW.decided <> (OLD.decided OR decides)
            OR (NEW.organisation_id <> OLD.organisation_id AND NOT decides) THEN
            RAISE EXCEPTION 'casework_joint_part changes hands by the arbiter alone'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'casework_joint_part_hands';
        END IF;
    END IF;
    RETURN NEW;
END
$body$;
CREATE TRIGGER check_part BEFORE INSERT OR UPDATE ON casework_joint_part
    FOR EACH ROW EXECUTE FUNCTION casework_joint_part_check();
"""
CASE = """
CREATE FUNCTION casework_case_check_called_up() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    IF EXISTS (SELECT FROM casework_joint_task WHERE case_id = NEW.id AND state = 'OPEN') THEN
        RAISE EXCEPTION 'casework_case does not end while a joint task of it is open'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'casework_case_called_up';
    END IF;
    RETURN NEW;
END
$body$;
CREATE TRIGGER check_called_up BEFORE UPDATE ON casework_case
    FOR EACH ROW WHEN (NEW.state IN ('CLOSED', 'RETURNED') AND NEW.state <> OLD.state)
    EXECUTE FUNCTION casework_case_check_called_up();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0005_service_clock'),
    ]

    operations = [
        migrations.CreateModel(
            name='JointStep',
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
                'db_table': 'casework_joint_step',
                'indexes': [models.Index(fields=['subject_id', 'made_at'], name='casework_joint_step_of')],
            },
        ),
        migrations.CreateModel(
            name='JointTask',
            fields=[
                ('id', models.UUIDField(default=anlan.kernel.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('area', models.BigIntegerField()),
                ('street', anlan.kernel.rows.StreetField(editable=False)),
                ('number', models.CharField(max_length=16, unique=True)),
                ('item_code', models.CharField(max_length=8)),
                ('state', models.CharField(default='OPEN', max_length=16)),
                ('lon', models.FloatField()),
                ('lat', models.FloatField()),
                ('place_text', models.CharField(blank=True, max_length=200)),
                ('text', models.CharField(max_length=4000)),
                ('organisation_id', models.UUIDField()),
                ('opened_by', models.CharField(max_length=64)),
                ('opened_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(null=True)),
                ('case', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='joint_tasks', to='casework.case')),
            ],
            options={
                'db_table': 'casework_joint_task',
            },
        ),
        migrations.CreateModel(
            name='JointPart',
            fields=[
                ('id', models.UUIDField(default=anlan.kernel.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('area', models.BigIntegerField()),
                ('street', anlan.kernel.rows.StreetField(editable=False)),
                ('organisation_id', models.UUIDField()),
                ('duty', models.CharField(max_length=400)),
                ('state', models.CharField(default='CALLED', max_length=16)),
                ('decided', models.BooleanField(default=False)),
                ('called_at', models.DateTimeField()),
                ('holder_due_at', models.DateTimeField(null=True)),
                ('due_at', models.DateTimeField(null=True)),
                ('came_late', models.BooleanField(default=False)),
                ('late', models.BooleanField(default=False)),
                ('reported_in_at', models.DateTimeField(null=True)),
                ('note', models.CharField(blank=True, max_length=400)),
                ('outcome', models.CharField(blank=True, max_length=1000)),
                ('ended_at', models.DateTimeField(null=True)),
                ('task', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='casework.jointtask')),
            ],
            options={
                'db_table': 'casework_joint_part',
            },
        ),
        migrations.CreateModel(
            name='JointPhoto',
            fields=[
                ('id', models.UUIDField(default=anlan.kernel.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('area', models.BigIntegerField()),
                ('street', anlan.kernel.rows.StreetField(editable=False)),
                ('ordinal', models.SmallIntegerField()),
                ('jpeg', models.BinaryField()),
                ('added_by', models.CharField(max_length=64)),
                ('added_at', models.DateTimeField()),
                ('part', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='photos', to='casework.jointpart')),
            ],
            options={
                'db_table': 'casework_joint_photo',
                'constraints': [models.UniqueConstraint(fields=('part', 'ordinal'), name='casework_joint_photo_once'), models.CheckConstraint(condition=models.Q(('ordinal__range', (1, 6))), name='casework_joint_photo_limit')],
            },
        ),
        migrations.AddIndex(
            model_name='jointtask',
            index=models.Index(fields=['state', '-id'], name='casework_joint_task_by_state'),
        ),
        migrations.AddIndex(
            model_name='jointtask',
            index=models.Index(fields=['organisation_id', '-id'], name='casework_joint_task_by_caller'),
        ),
        migrations.AddConstraint(
            model_name='jointtask',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['CLOSED', 'OPEN'])), name='casework_joint_task_state'),
        ),
        migrations.AddConstraint(
            model_name='jointtask',
            constraint=models.CheckConstraint(condition=models.Q(('lat__range', (-90, 90)), ('lon__range', (-180, 180))), name='casework_joint_task_on_earth'),
        ),
        migrations.AddConstraint(
            model_name='jointtask',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('state__in', ['CLOSED'])), models.Q(models.Q(('state__in', ['CLOSED']), _negated=True), models.Q(('closed_at__isnull', False), _negated=True)), _connector='OR'), name='casework_joint_task_closed_when'),
        ),
        migrations.AddIndex(
            model_name='jointpart',
            index=models.Index(fields=['organisation_id', 'state'], name='casework_joint_part_of'),
        ),
        migrations.AddIndex(
            model_name='jointpart',
            index=models.Index(condition=models.Q(('state', 'REFUSED')), fields=['task'], name='casework_joint_part_refused'),
        ),
        migrations.AddConstraint(
            model_name='jointpart',
            constraint=models.UniqueConstraint(fields=('task', 'organisation_id'), name='casework_joint_part_once'),
        ),
        migrations.AddConstraint(
            model_name='jointpart',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['CALLED', 'DONE', 'REFUSED', 'REPORTED_IN', 'WAIVED'])), name='casework_joint_part_state'),
        ),
        migrations.AddConstraint(
            model_name='jointpart',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'WAIVED'), models.Q(('reported_in_at__isnull', False), ('state__in', ['DONE', 'REPORTED_IN'])), models.Q(models.Q(('state__in', ['DONE', 'REPORTED_IN']), _negated=True), models.Q(('reported_in_at__isnull', False), _negated=True)), _connector='OR'), name='casework_joint_part_came_when'),
        ),
        migrations.AddConstraint(
            model_name='jointpart',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', False), ('state__in', ['DONE', 'WAIVED'])), models.Q(models.Q(('state__in', ['DONE', 'WAIVED']), _negated=True), models.Q(('ended_at__isnull', False), _negated=True)), _connector='OR'), name='casework_joint_part_ended_when'),
        ),
        migrations.AddConstraint(
            model_name='jointpart',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['DONE', 'WAIVED']), _negated=True), models.Q(('outcome', ''), _negated=True), _connector='OR'), name='casework_joint_part_ended_how'),
        ),
        migrations.AddConstraint(
            model_name='jointpart',
            constraint=models.CheckConstraint(condition=models.Q(('decided', True), ('state', 'REFUSED'), _negated=True), name='casework_joint_part_decided_holds'),
        ),
        SecureTable("casework_joint_task"),
        SecureTable("casework_joint_part"),
        SecureTable("casework_joint_step", append_only=True),
        SecureTable("casework_joint_photo", append_only=True),
        StateMachine("casework_joint_task", initial=["OPEN"], pairs=[("OPEN", "CLOSED")]),
        StateMachine(
            "casework_joint_part",
            initial=["CALLED"],
            pairs=[
                ("CALLED", "REPORTED_IN"),
                ("CALLED", "REFUSED"),
                ("CALLED", "WAIVED"),
                ("REFUSED", "CALLED"),
                ("REFUSED", "WAIVED"),
                ("REPORTED_IN", "DONE"),
                ("REPORTED_IN", "WAIVED"),
                ("DONE", "REPORTED_IN"),
            ],
        ),
        migrations.RunSQL(
            TASK,
            "DROP TRIGGER check_task ON casework_joint_task; DROP FUNCTION casework_joint_task_check()",
        ),
        migrations.RunSQL(
            PART,
            "DROP TRIGGER check_part ON casework_joint_part; DROP FUNCTION casework_joint_part_check()",
        ),
        migrations.RunSQL(
            CASE,
            "DROP TRIGGER check_called_up ON casework_case; DROP FUNCTION casework_case_check_called_up()",
        ),
    ]
