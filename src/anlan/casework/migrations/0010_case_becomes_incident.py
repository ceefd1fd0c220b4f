"""A case that turns out to be an incident names it once, when it goes to dispatch, and for good."""

from django.db import migrations

KEPT = """
CREATE FUNCTION casework_case_check_incident() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    RAISE EXCEPTION 'casework_case names its incident when it is filed or goes to dispatch'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'casework_case_incident_kept';
END
$body$;
CREATE TRIGGER check_incident BEFORE UPDATE ON casework_case
    FOR EACH ROW WHEN (
        NEW.incident_id IS DISTINCT FROM OLD.incident_id
        AND NOT (OLD.incident_id IS NULL AND OLD.state <> 'RETURNED' AND NEW.state = 'RETURNED'))
    EXECUTE FUNCTION casework_case_check_incident();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0009_field_acts'),
    ]

    operations = [
        migrations.RunSQL(
            KEPT,
            "DROP TRIGGER check_incident ON casework_case;"
            " DROP FUNCTION casework_case_check_incident()",
        ),
    ]
