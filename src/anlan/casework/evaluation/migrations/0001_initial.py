"""Evaluation: outcomes of cases, months, figures, appeals; what is final no longer changes."""

import anlan.kernel.identifiers
import anlan.kernel.rows
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

from anlan.kernel.secure_tables import OpenToOrganisation, SecureTable, StateMachine

FINAL_STAYS = """
CREATE FUNCTION evaluation_check_final() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE
    whose uuid;
    found text;
BEGIN
    IF TG_TABLE_NAME = 'evaluation_evaluation' THEN
        found := OLD.state;
    ELSE
        whose := CASE WHEN TG_OP = 'DELETE' THEN OLD.evaluation_id ELSE NEW.evaluation_id END;
        SELECT state INTO found FROM evaluation_evaluation WHERE id = whose FOR SHARE;
    END IF;
    IF found = 'FINAL' THEN
        RAISE EXCEPTION '% of a final evaluation stays as it is', TG_TABLE_NAME
            USING ERRCODE = 'check_violation', CONSTRAINT = 'evaluation_final_stays';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END
$body$;
CREATE TRIGGER check_final BEFORE UPDATE ON evaluation_evaluation
    FOR EACH ROW EXECUTE FUNCTION evaluation_check_final();
CREATE TRIGGER check_final BEFORE INSERT OR UPDATE OR DELETE ON evaluation_figure
    FOR EACH ROW EXECUTE FUNCTION evaluation_check_final();
CREATE TRIGGER check_final BEFORE INSERT OR UPDATE ON evaluation_appeal
    FOR EACH ROW EXECUTE FUNCTION evaluation_check_final();
"""
FINAL_CHANGES = """
DROP TRIGGER check_final ON evaluation_appeal;
DROP TRIGGER check_final ON evaluation_figure;
DROP TRIGGER check_final ON evaluation_evaluation;
DROP FUNCTION evaluation_check_final();
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('casework', '0007_routing'),
    ]

    operations = [
        migrations.CreateModel(
            name='AppealStep',
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
                'db_table': 'evaluation_appeal_step',
                'indexes': [models.Index(fields=['subject_id', 'id'], name='evaluation_appeal_step_of')],
            },
        ),
        migrations.CreateModel(
            name='Evaluation',
            fields=[
                ('id', models.UUIDField(default=anlan.kernel.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('area', models.BigIntegerField()),
                ('street', anlan.kernel.rows.StreetField(editable=False)),
                ('first_day', models.DateField()),
                ('last_day', models.DateField()),
                ('state', models.CharField(default='PROVISIONAL', max_length=16)),
                ('rules_id', models.CharField(max_length=48)),
                ('rules_version', models.CharField(max_length=12)),
                ('appeal_until', models.DateField()),
                ('revision', models.IntegerField(default=0)),
                ('counted_revision', models.IntegerField(null=True)),
                ('counted_at', models.DateTimeField(null=True)),
                ('level', models.FloatField(default=0.0)),
                ('wholes', models.JSONField(default=dict)),
            ],
            options={
                'db_table': 'evaluation_evaluation',
                'constraints': [models.UniqueConstraint(fields=('area', 'first_day'), name='evaluation_once_a_month'), models.CheckConstraint(condition=models.Q(('state__in', ['FINAL', 'PROVISIONAL'])), name='evaluation_state'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'FINAL'), _negated=True), models.Q(('counted_at__isnull', False), ('counted_revision', models.F('revision'))), _connector='OR'), name='evaluation_final_is_counted')],
            },
        ),
        migrations.CreateModel(
            name='Appeal',
            fields=[
                ('id', models.UUIDField(default=anlan.kernel.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('area', models.BigIntegerField()),
                ('street', anlan.kernel.rows.StreetField(editable=False)),
                ('organisation_id', models.UUIDField()),
                ('measure', models.CharField(max_length=16)),
                ('state', models.CharField(default='FILED', max_length=12)),
                ('ground', models.CharField(max_length=20)),
                ('text', models.CharField(max_length=1000)),
                ('filed_by', models.CharField(max_length=64)),
                ('filed_at', models.DateTimeField()),
                ('decided_by', models.CharField(max_length=64, null=True)),
                ('decided_for_id', models.UUIDField(null=True)),
                ('decided_at', models.DateTimeField(null=True)),
                ('decision', models.CharField(blank=True, max_length=1000)),
                ('case', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.case')),
                ('evaluation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appeals', to='evaluation.evaluation')),
            ],
            options={
                'db_table': 'evaluation_appeal',
                'indexes': [models.Index(fields=['state', '-id'], name='evaluation_appeal_by_state'), models.Index(fields=['organisation_id', '-id'], name='evaluation_appeal_by_org')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'WITHDRAWN'), _negated=True), fields=('evaluation', 'organisation_id', 'measure', 'case'), name='evaluation_appeal_once', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('state__in', ['DECLINED', 'FILED', 'GRANTED', 'WITHDRAWN'])), name='evaluation_appeal_state'), models.CheckConstraint(condition=models.Q(('measure__in', ['IN_TIME', 'PROMISE_KEPT', 'FIRST_CHECK', 'REWORKED', 'CONFIRMED', 'RETURNED', 'REFUSED_IN_VAIN'])), name='evaluation_appeal_measure'), models.CheckConstraint(condition=models.Q(('ground__in', ['WRONGLY_RECORDED', 'NOT_OUR_CASE', 'WRONG_ITEM', 'BEYOND_OUR_POWER'])), name='evaluation_appeal_ground'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), ('decided_for_id__isnull', False), ('state__in', ['DECLINED', 'GRANTED']), models.Q(('decision', ''), _negated=True)), models.Q(models.Q(('state__in', ['DECLINED', 'GRANTED']), _negated=True), ('decided_by__isnull', True), ('decision', '')), _connector='OR'), name='evaluation_appeal_decided'), models.CheckConstraint(condition=models.Q(('decided_by__isnull', True), models.Q(models.Q(('decided_by', models.F('filed_by')), _negated=True), models.Q(('decided_for_id', models.F('organisation_id')), _negated=True)), _connector='OR'), name='evaluation_appeal_not_own')],
            },
        ),
        migrations.CreateModel(
            name='Figure',
            fields=[
                ('id', models.UUIDField(default=anlan.kernel.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('area', models.BigIntegerField()),
                ('street', anlan.kernel.rows.StreetField(editable=False)),
                ('organisation_id', models.UUIDField()),
                ('item_code', models.CharField(blank=True, max_length=8)),
                ('measure', models.CharField(max_length=16)),
                ('standing', models.CharField(max_length=12)),
                ('cases', models.IntegerField()),
                ('hits', models.IntegerField()),
                ('compared', models.IntegerField()),
                ('expected', models.FloatField()),
                ('variance', models.FloatField()),
                ('low', models.FloatField(null=True)),
                ('high', models.FloatField(null=True)),
                ('outer_low', models.FloatField(null=True)),
                ('outer_high', models.FloatField(null=True)),
                ('evaluation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='figures', to='evaluation.evaluation')),
            ],
            options={
                'db_table': 'evaluation_figure',
                'constraints': [models.UniqueConstraint(fields=('evaluation', 'organisation_id', 'item_code', 'measure'), name='evaluation_figure_once'), models.CheckConstraint(condition=models.Q(('measure__in', ['IN_TIME', 'PROMISE_KEPT', 'FIRST_CHECK', 'REWORKED', 'CONFIRMED', 'RETURNED', 'REFUSED_IN_VAIN'])), name='evaluation_figure_measure'), models.CheckConstraint(condition=models.Q(('standing__in', ['USUAL', 'BETTER', 'WORSE', 'UNUSUAL', 'TOO_FEW', 'ALONE', 'SET_ASIDE', 'PART'])), name='evaluation_figure_standing'), models.CheckConstraint(condition=models.Q(('hits__gte', 0), ('hits__lte', models.F('cases'))), name='evaluation_figure_counts')],
            },
        ),
        migrations.CreateModel(
            name='Outcome',
            fields=[
                ('id', models.UUIDField(default=anlan.kernel.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('area', models.BigIntegerField()),
                ('street', anlan.kernel.rows.StreetField(editable=False)),
                ('organisation_id', models.UUIDField()),
                ('item_code', models.CharField(max_length=8)),
                ('clock_class', models.CharField(max_length=8)),
                ('closed_on', models.DateField()),
                ('in_time', models.BooleanField(null=True)),
                ('promise_kept', models.BooleanField(null=True)),
                ('first_check', models.BooleanField(null=True)),
                ('reworked', models.BooleanField(null=True)),
                ('confirmed', models.BooleanField(null=True)),
                ('returned', models.BooleanField(null=True)),
                ('refused_in_vain', models.BooleanField(null=True)),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='outcomes', to='casework.case')),
            ],
            options={
                'db_table': 'evaluation_outcome',
                'indexes': [django.contrib.postgres.indexes.BrinIndex(fields=['closed_on'], name='evaluation_outcome_by_day'), models.Index(fields=['organisation_id', '-id'], name='evaluation_outcome_of')],
                'constraints': [models.UniqueConstraint(fields=('case', 'organisation_id'), name='evaluation_outcome_once')],
            },
        ),
        SecureTable("evaluation_outcome", deletable=True),
        SecureTable("evaluation_evaluation"),
        SecureTable("evaluation_figure", deletable=True),
        SecureTable("evaluation_appeal"),
        SecureTable("evaluation_appeal_step", append_only=True),
        OpenToOrganisation("evaluation_figure", column="organisation_id"),
        OpenToOrganisation("evaluation_appeal", column="organisation_id"),
        StateMachine(
            "evaluation_evaluation", initial=["PROVISIONAL"], pairs=[("PROVISIONAL", "FINAL")]
        ),
        StateMachine(
            "evaluation_appeal",
            initial=["FILED"],
            pairs=[("FILED", "GRANTED"), ("FILED", "DECLINED"), ("FILED", "WITHDRAWN")],
        ),
        migrations.RunSQL(FINAL_STAYS, FINAL_CHANGES),
    ]
