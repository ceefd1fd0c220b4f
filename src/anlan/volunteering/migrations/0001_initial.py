"""Tasks for volunteers, the hours offered for them, and contacts that end with both."""

import anlan.kernel.identifiers
import anlan.kernel.rows
import datetime
import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models

from anlan.kernel.secure_tables import SecureTable, StateMachine

# The task is locked first, so that of two who offer the last hours one waits and then is refused.
RULES = """
CREATE FUNCTION volunteering_offer_check() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE
    asked record;
    offered bigint;
BEGIN
    SELECT state, area, ends_at, hours_wanted INTO asked
        FROM volunteering_task WHERE id = NEW.task_id FOR UPDATE;
    SELECT coalesce(sum(hours), 0) INTO offered
        FROM volunteering_offer WHERE task_id = NEW.task_id AND state = 'OFFERED';
    IF asked.state IS DISTINCT FROM 'OPEN' OR asked.area <> NEW.area
        OR asked.ends_at <= NEW.offered_at THEN
        RAISE EXCEPTION 'volunteering_offer is for an open task that is not over'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'volunteering_offer_open_task';
    ELSIF offered + NEW.hours > asked.hours_wanted THEN
        RAISE EXCEPTION 'volunteering_offer exceeds the hours wanted'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'volunteering_offer_no_more_than_wanted';
    END IF;
    RETURN NEW;
END
$body$;
CREATE TRIGGER check_offer BEFORE INSERT ON volunteering_offer
    FOR EACH ROW EXECUTE FUNCTION volunteering_offer_check();

CREATE FUNCTION volunteering_contact_check() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM volunteering_offer o JOIN volunteering_task t ON t.id = o.task_id
        WHERE o.id = NEW.offer_id AND o.state = 'OFFERED' AND o.area = NEW.area
            AND NEW.expires_at <= t.ends_at + interval '7 days'
    ) THEN
        RAISE EXCEPTION 'volunteering_contact stands with hours offered, a week beyond their task'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'volunteering_contact_ends';
    END IF;
    RETURN NEW;
END
$body$;
CREATE TRIGGER check_contact BEFORE INSERT ON volunteering_contact
    FOR EACH ROW EXECUTE FUNCTION volunteering_contact_check();

CREATE FUNCTION volunteering_offer_forget() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    DELETE FROM volunteering_contact WHERE offer_id = NEW.id;
    RETURN NULL;
END
$body$;
CREATE TRIGGER forget_contact AFTER UPDATE OF state ON volunteering_offer
    FOR EACH ROW WHEN (NEW.state <> 'OFFERED') EXECUTE FUNCTION volunteering_offer_forget();

GRANT UPDATE (state, hours_given, ended_at) ON volunteering_task TO anlan_app;
GRANT UPDATE (state, ground, ended_at) ON volunteering_offer TO anlan_app;
"""
BACK = """
DROP TRIGGER forget_contact ON volunteering_offer;
DROP FUNCTION volunteering_offer_forget();
DROP TRIGGER check_contact ON volunteering_contact;
DROP FUNCTION volunteering_contact_check();
DROP TRIGGER check_offer ON volunteering_offer;
DROP FUNCTION volunteering_offer_check();
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='VolunteerStep',
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
                'db_table': 'volunteering_step',
                'indexes': [models.Index(fields=['subject_id', 'id'], name='volunteering_step_of')],
            },
        ),
        migrations.CreateModel(
            name='VolunteerTask',
            fields=[
                ('id', models.UUIDField(default=anlan.kernel.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('area', models.BigIntegerField()),
                ('street', anlan.kernel.rows.StreetField(editable=False)),
                ('number', models.CharField(max_length=16, unique=True)),
                ('organisation_id', models.UUIDField()),
                ('title', models.CharField(max_length=80)),
                ('text', models.CharField(max_length=1000)),
                ('place_text', models.CharField(max_length=200)),
                ('lon', models.FloatField()),
                ('lat', models.FloatField()),
                ('begins_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('hours_wanted', models.SmallIntegerField()),
                ('state', models.CharField(default='OPEN', max_length=16)),
                ('hours_given', models.SmallIntegerField(null=True)),
                ('published_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'volunteering_task',
                'indexes': [models.Index(condition=models.Q(('state', 'OPEN')), fields=['begins_at'], name='volunteering_task_open')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['OPEN', 'DONE', 'CANCELLED'])), name='volunteering_task_state'), models.CheckConstraint(condition=models.Q(('lat__range', (-90, 90)), ('lon__range', (-180, 180))), name='volunteering_task_on_earth'), models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('begins_at')), ('ends_at__lte', django.db.models.expressions.CombinedExpression(models.F('begins_at'), '+', models.Value(datetime.timedelta(days=14))))), name='volunteering_task_times_in_order'), models.CheckConstraint(condition=models.Q(('hours_wanted__range', (1, 2000))), name='volunteering_task_hours'), models.CheckConstraint(condition=models.Q(models.Q(('hours_given__range', (0, 2000)), ('state', 'DONE')), models.Q(models.Q(('state', 'DONE'), _negated=True), ('hours_given__isnull', True)), _connector='OR'), name='volunteering_task_hours_given_when_done'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('state', 'OPEN')), models.Q(models.Q(('state', 'OPEN'), _negated=True), ('ended_at__isnull', False)), _connector='OR'), name='volunteering_task_ended')],
            },
        ),
        migrations.CreateModel(
            name='HoursOffer',
            fields=[
                ('id', models.UUIDField(default=anlan.kernel.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('area', models.BigIntegerField()),
                ('street', anlan.kernel.rows.StreetField(editable=False)),
                ('number', models.CharField(max_length=16, unique=True)),
                ('hours', models.SmallIntegerField()),
                ('state', models.CharField(default='OFFERED', max_length=16)),
                ('ground', models.CharField(default='', max_length=16)),
                ('offered_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('task', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offers', to='volunteering.volunteertask')),
            ],
            options={
                'db_table': 'volunteering_offer',
            },
        ),
        migrations.CreateModel(
            name='VolunteerContact',
            fields=[
                ('id', models.UUIDField(default=anlan.kernel.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('area', models.BigIntegerField()),
                ('street', anlan.kernel.rows.StreetField(editable=False)),
                ('sealed', models.BinaryField(max_length=1024)),
                ('expires_at', models.DateTimeField()),
                ('offer', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='contact', to='volunteering.hoursoffer')),
            ],
            options={
                'db_table': 'volunteering_contact',
                'indexes': [models.Index(fields=['expires_at'], name='volunteering_contact_expiry')],
            },
        ),
        migrations.AddConstraint(
            model_name='hoursoffer',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['OFFERED', 'WITHDRAWN', 'RELEASED'])), name='volunteering_offer_state'),
        ),
        migrations.AddConstraint(
            model_name='hoursoffer',
            constraint=models.CheckConstraint(condition=models.Q(('hours__range', (1, 24))), name='volunteering_offer_hours'),
        ),
        migrations.AddConstraint(
            model_name='hoursoffer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ground__in', ['ASKED', 'TWICE', 'NOT_REACHED']), ('state', 'RELEASED')), models.Q(models.Q(('state', 'RELEASED'), _negated=True), ('ground', '')), _connector='OR'), name='volunteering_offer_released_with_its_ground'),
        ),
        migrations.AddConstraint(
            model_name='hoursoffer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('state', 'OFFERED')), models.Q(models.Q(('state', 'OFFERED'), _negated=True), ('ended_at__isnull', False)), _connector='OR'), name='volunteering_offer_ended'),
        ),
        SecureTable("volunteering_task", append_only=True),
        SecureTable("volunteering_step", append_only=True),
        SecureTable("volunteering_offer", append_only=True),
        SecureTable("volunteering_contact", append_only=True, deletable=True),
        StateMachine(
            "volunteering_task",
            initial=["OPEN"],
            pairs=[("OPEN", "CANCELLED"), ("OPEN", "DONE")],
        ),
        StateMachine(
            "volunteering_offer",
            initial=["OFFERED"],
            pairs=[("OFFERED", "RELEASED"), ("OFFERED", "WITHDRAWN")],
        ),
        migrations.RunSQL(RULES, BACK),
    ]
