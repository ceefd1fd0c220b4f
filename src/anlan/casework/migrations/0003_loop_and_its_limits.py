"""The whole loop: who refuses, who decides, who evaluates, and how often, held by the database."""

from django.db import migrations, models

from anlan.kernel.secure_tables import StateMachine

LIMITS = """
CREATE FUNCTION casework_case_check_limits() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE
    sends_back boolean := OLD.state = 'ASSIGNED' AND NEW.state IN ('FILED', 'DISPUTED');
    reopens boolean := OLD.state = 'CLOSED' AND NEW.state = 'ASSIGNED';
BEGIN
    IF NEW.sent_back_count <> OLD.sent_back_count + sends_back::int
        OR NEW.reopened_count <> OLD.reopened_count + reopens::int
        OR (sends_back AND (OLD.sent_back_count > 0) <> (NEW.state = 'DISPUTED'))
        OR (NEW.number, NEW.filed_at) <> (OLD.number, OLD.filed_at) THEN
        RAISE EXCEPTION 'casework_case counts each refusal and reopening, and keeps its number'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'casework_case_limits';
    END IF;
    RETURN NEW;
END
$body$;
CREATE TRIGGER check_limits BEFORE UPDATE ON casework_case
    FOR EACH ROW EXECUTE FUNCTION casework_case_check_limits();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0002_published_reads'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='case',
            name='casework_case_state',
        ),
        migrations.RemoveConstraint(
            model_name='case',
            name='casework_case_reopened_once',
        ),
        migrations.AddField(
            model_name='case',
            name='sent_back_count',
            field=models.SmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='case',
            name='verdict',
            field=models.CharField(max_length=16, null=True),
        ),
        migrations.AddField(
            model_name='case',
            name='verified_for_id',
            field=models.UUIDField(null=True),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['FILED', 'ASSIGNED', 'DISPUTED', 'REPORTED', 'VERIFIED', 'CLOSED', 'RETURNED'])), name='casework_case_state'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('verified_for_id__isnull', True), models.Q(('verified_by__isnull', False), models.Q(('verified_for_id', models.F('organisation_id')), _negated=True)), _connector='OR'), name='casework_case_verified_elsewhere'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('verdict__isnull', True), models.Q(('state', 'CLOSED'), ('verdict__in', ['PUT_RIGHT', 'PARTLY', 'NOT_PUT_RIGHT'])), _connector='OR'), name='casework_case_verdict'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('sent_back_count__range', (0, 2))), name='casework_case_sent_back_twice'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'DISPUTED'), _negated=True), ('sent_back_count', 2), _connector='OR'), name='casework_case_disputed_after_two'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('reopened_count__range', (0, 1))), name='casework_case_reopened_once'),
        ),
        StateMachine(
            "casework_case",
            initial=["FILED"],
            pairs=[
                ("FILED", "ASSIGNED"),
                ("ASSIGNED", "FILED"),
                ("ASSIGNED", "DISPUTED"),
                ("DISPUTED", "ASSIGNED"),
                ("ASSIGNED", "REPORTED"),
                ("REPORTED", "ASSIGNED"),
                ("REPORTED", "VERIFIED"),
                ("VERIFIED", "CLOSED"),
                ("CLOSED", "ASSIGNED"),
                ("FILED", "RETURNED"),
                ("ASSIGNED", "RETURNED"),
                ("DISPUTED", "RETURNED"),
            ],
        ),
        migrations.RunSQL(
            LIMITS,
            "DROP TRIGGER check_limits ON casework_case; DROP FUNCTION casework_case_check_limits()",
        ),
    ]
