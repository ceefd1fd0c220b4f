"""A case that turns out to be an incident takes its reports along; none goes the other way."""

from django.db import migrations

ONE_WAY = """
CREATE FUNCTION intake_report_check_outcome() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    RAISE EXCEPTION 'intake_report goes from a case to an incident, and never back'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'intake_report_outcome_one_way';
END
$body$;
CREATE TRIGGER check_outcome BEFORE UPDATE ON intake_report
    FOR EACH ROW WHEN (NEW.case_id IS NOT NULL AND NEW.case_id IS DISTINCT FROM OLD.case_id)
    EXECUTE FUNCTION intake_report_check_outcome();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('intake', '0003_calls'),
    ]

    operations = [
        migrations.RunSQL(
            ONE_WAY,
            "DROP TRIGGER check_outcome ON intake_report; DROP FUNCTION intake_report_check_outcome()",
        ),
        migrations.RunSQL(
            "GRANT UPDATE (case_id) ON intake_report TO anlan_app",
            "REVOKE UPDATE (case_id) ON intake_report FROM anlan_app",
        ),
    ]
