"""Cases sealed to some organisations, held by the database; looks at them by who is not of those."""

import datetime

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models

import anlan.kernel.identifiers
import anlan.kernel.rows
from anlan.kernel.secure_tables import (
    ACTING,
    APP_ROLE,
    OF_ORGANISATION,
    SEES_SEALED,
    Sealed,
    SecureTable,
)

IN_SEAL = f"{SEES_SEALED} OR {OF_ORGANISATION} = ANY (sealed_to)"
# Whoever is given a sealed case, or called up to it, sees it from then on: work never waits for the
# seal. None of them is taken off again, whatever a writer had read before.
KEEP = """
CREATE FUNCTION casework_case_keep_seal() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    NEW.sealed_to := ARRAY(
        SELECT DISTINCT one FROM unnest(OLD.sealed_to || NEW.sealed_to || NEW.organisation_id) one
        WHERE one IS NOT NULL ORDER BY one);
    RETURN NEW;
END
$body$;
CREATE TRIGGER keep_seal BEFORE UPDATE ON casework_case
    FOR EACH ROW WHEN (NEW.sealed_to IS NOT NULL) EXECUTE FUNCTION casework_case_keep_seal();
CREATE FUNCTION casework_joint_part_join_seal() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $body$
BEGIN
    UPDATE casework_case c SET sealed_to = c.sealed_to || NEW.organisation_id
    FROM casework_joint_task t
    WHERE t.id = NEW.task_id AND c.id = t.case_id AND c.sealed_to IS NOT NULL
        AND NOT NEW.organisation_id = ANY (c.sealed_to);
    RETURN NULL;
END
$body$;
CREATE TRIGGER join_seal AFTER INSERT OR UPDATE OF organisation_id ON casework_joint_part
    FOR EACH ROW EXECUTE FUNCTION casework_joint_part_join_seal();
"""
KEEP_NO_MORE = """
DROP TRIGGER keep_seal ON casework_case;
DROP FUNCTION casework_case_keep_seal();
DROP TRIGGER join_seal ON casework_joint_part;
DROP FUNCTION casework_joint_part_join_seal();
"""
# By the database's own clock: no process, and no clock of one, can keep it open.
GLASS = f"""
CREATE FUNCTION casework_glass_is_open(asked uuid) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = public, pg_temp AS $body$
    SELECT EXISTS (
        SELECT FROM casework_broken_glass g
        WHERE g.case_id = asked AND g.opened_by = {ACTING}
            AND g.opened_at <= now() AND now() < g.until)
$body$;
REVOKE ALL ON FUNCTION casework_glass_is_open(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION casework_glass_is_open(uuid) TO {APP_ROLE};
GRANT UPDATE (overdue_at, finding, words, reviewed_by, reviewed_by_name, reviewed_at)
    ON casework_broken_glass TO {APP_ROLE};
CREATE POLICY sealed_insert ON casework_broken_glass AS RESTRICTIVE FOR INSERT
    WITH CHECK (opened_by = {ACTING} AND opened_at <= now() AND reviewed_at IS NULL);
"""


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0011_late_and_listed'),
    ]

    operations = [
        migrations.CreateModel(
            name='BrokenGlass',
            fields=[
                ('id', models.UUIDField(default=anlan.kernel.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('area', models.BigIntegerField()),
                ('street', anlan.kernel.rows.StreetField(editable=False)),
                ('number', models.CharField(max_length=16)),
                ('sealed_to', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), null=True, size=None)),
                ('opened_by', models.CharField(max_length=64)),
                ('opened_by_name', models.CharField(max_length=120)),
                ('opened_for_id', models.UUIDField(null=True)),
                ('reason', models.CharField(max_length=400)),
                ('purpose', models.CharField(max_length=32)),
                ('opened_at', models.DateTimeField()),
                ('until', models.DateTimeField(null=True)),
                ('review_due_at', models.DateTimeField(null=True)),
                ('overdue_at', models.DateTimeField(null=True)),
                ('finding', models.CharField(max_length=16, null=True)),
                ('words', models.CharField(blank=True, max_length=400)),
                ('reviewed_by', models.CharField(max_length=64, null=True)),
                ('reviewed_by_name', models.CharField(blank=True, max_length=120)),
                ('reviewed_at', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'casework_broken_glass',
            },
        ),
        migrations.AddField(
            model_name='case',
            name='sealed_to',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), null=True, size=None),
        ),
        AddConstraintNotValid(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('sealed_to__isnull', True), models.Q(('merged_into__isnull', True), ('sealed_to__len__gt', 0)), _connector='OR'), name='casework_case_sealed'),
        ),
        migrations.AddField(
            model_name='brokenglass',
            name='case',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.case'),
        ),
        migrations.AddIndex(
            model_name='brokenglass',
            index=models.Index(fields=['case', 'opened_by', 'until'], name='casework_broken_glass_of'),
        ),
        migrations.AddIndex(
            model_name='brokenglass',
            index=models.Index(fields=['opened_by', '-opened_at'], name='casework_broken_glass_by'),
        ),
        migrations.AddIndex(
            model_name='brokenglass',
            index=models.Index(condition=models.Q(('case__isnull', False), ('reviewed_at__isnull', True)), fields=['opened_at'], name='casework_broken_glass_open'),
        ),
        migrations.AddConstraint(
            model_name='brokenglass',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('case__isnull', True), ('finding__isnull', True), ('review_due_at__isnull', True), ('sealed_to__isnull', True), ('until__isnull', True)), models.Q(('case__isnull', False), ('review_due_at__isnull', False), ('sealed_to__isnull', False), ('until__isnull', False)), _connector='OR'), name='casework_broken_glass_of_a_case'),
        ),
        migrations.AddConstraint(
            model_name='brokenglass',
            constraint=models.CheckConstraint(condition=models.Q(('until__isnull', True), models.Q(('until__gt', models.F('opened_at')), ('until__lte', django.db.models.expressions.CombinedExpression(models.F('opened_at'), '+', models.Value(datetime.timedelta(seconds=3600))))), _connector='OR'), name='casework_broken_glass_mends'),
        ),
        migrations.AddConstraint(
            model_name='brokenglass',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('finding__isnull', True), ('reviewed_at__isnull', True), ('reviewed_by__isnull', True)), models.Q(models.Q(('words', ''), _negated=True), ('finding__in', ['JUSTIFIED', 'NOT_JUSTIFIED']), ('reviewed_at__isnull', False), ('reviewed_by__isnull', False)), _connector='OR'), name='casework_broken_glass_reviewed'),
        ),
        migrations.AddConstraint(
            model_name='brokenglass',
            constraint=models.CheckConstraint(condition=models.Q(('reviewed_by__isnull', True), models.Q(('reviewed_by', models.F('opened_by')), _negated=True), _connector='OR'), name='casework_broken_glass_not_own'),
        ),
        SecureTable("casework_broken_glass", append_only=True),
        migrations.RunSQL(KEEP, KEEP_NO_MORE),
        migrations.RunSQL(GLASS, "DROP FUNCTION casework_glass_is_open(uuid)"),
        Sealed(
            "casework_case",
            read=f"sealed_to IS NULL OR {IN_SEAL} OR casework_glass_is_open(id)",
            change=f"sealed_to IS NULL OR {IN_SEAL}",
        ),
        Sealed(
            "casework_broken_glass",
            read=f"opened_by = {ACTING} OR {IN_SEAL}",
            change=f"opened_by <> {ACTING} AND {OF_ORGANISATION} = ANY (sealed_to) OR {SEES_SEALED}",
        ),
    ]
