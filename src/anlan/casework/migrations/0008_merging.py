"""Cases merged into one that leads: flat clusters, held by the database against two at once."""

import django.db.models.deletion
from django.db import migrations, models

from anlan.kernel.secure_tables import StateMachine

# As the owner: a cluster may be wider than an officer's area. The row that leads is locked, so that
# of two who merge at once the second waits, and then sees what the first did.
MERGED = """
CREATE FUNCTION casework_case_check_merged() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $body$
DECLARE
    lead_state text;
BEGIN
    IF NEW.state = 'MERGED' THEN
        SELECT state INTO lead_state FROM casework_case WHERE id = NEW.merged_into_id FOR SHARE;
        IF NEW.merged_into_id = NEW.id OR lead_state IS NULL
            OR lead_state IN ('MERGED', 'CLOSED', 'RETURNED') THEN
            RAISE EXCEPTION 'casework_case is merged into an open case that leads'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'casework_case_merged_flat';
        END IF;
    END IF;
    IF EXISTS (SELECT FROM casework_case WHERE merged_into_id = NEW.id) THEN
        RAISE EXCEPTION 'casework_case leads others and is neither merged nor returned'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'casework_case_leads';
    END IF;
    RETURN NEW;
END
$body$;
CREATE TRIGGER check_merged BEFORE UPDATE ON casework_case
    FOR EACH ROW WHEN (
        NEW.state IN ('MERGED', 'RETURNED') AND (
            NEW.state <> OLD.state OR NEW.merged_into_id IS DISTINCT FROM OLD.merged_into_id))
    EXECUTE FUNCTION casework_case_check_merged();
"""
CALLED_UP = """
DROP TRIGGER check_called_up ON casework_case;
CREATE TRIGGER check_called_up BEFORE UPDATE ON casework_case
    FOR EACH ROW WHEN (NEW.state IN ({states}) AND NEW.state <> OLD.state)
    EXECUTE FUNCTION casework_case_check_called_up();
"""
NO_TASK = """
CREATE FUNCTION casework_joint_task_check_merged() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE
    behind text;
BEGIN
    SELECT state INTO behind FROM casework_case WHERE id = NEW.case_id FOR SHARE;
    IF behind = 'MERGED' THEN
        RAISE EXCEPTION 'casework_joint_task is opened on the case that leads'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'casework_joint_task_open_case';
    END IF;
    RETURN NEW;
END
$body$;
CREATE TRIGGER check_merged BEFORE INSERT ON casework_joint_task
    FOR EACH ROW EXECUTE FUNCTION casework_joint_task_check_merged();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0007_routing'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='case',
            name='casework_case_state',
        ),
        migrations.AddField(
            model_name='case',
            name='merged_into',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='casework.case'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('state__in', ['FILED', 'ASSIGNED', 'DISPUTED', 'REPORTED', 'VERIFIED'])), fields=['item_code', 'lat', 'lon'], name='casework_case_alike'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['FILED', 'ASSIGNED', 'DISPUTED', 'REPORTED', 'VERIFIED', 'CLOSED', 'RETURNED', 'MERGED'])), name='casework_case_state'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('merged_into__isnull', False), ('state__in', ['MERGED'])), models.Q(models.Q(('state__in', ['MERGED']), _negated=True), models.Q(('merged_into__isnull', False), _negated=True)), _connector='OR'), name='casework_case_merged_into'),
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
                ("FILED", "MERGED"),
                ("ASSIGNED", "MERGED"),
                ("MERGED", "FILED"),
            ],
        ),
        migrations.RunSQL(
            MERGED,
            "DROP TRIGGER check_merged ON casework_case; DROP FUNCTION casework_case_check_merged()",
        ),
        migrations.RunSQL(
            CALLED_UP.format(states="'CLOSED', 'RETURNED', 'MERGED'"),
            CALLED_UP.format(states="'CLOSED', 'RETURNED'"),
        ),
        migrations.RunSQL(
            NO_TASK,
            "DROP TRIGGER check_merged ON casework_joint_task;"
            " DROP FUNCTION casework_joint_task_check_merged()",
        ),
    ]
