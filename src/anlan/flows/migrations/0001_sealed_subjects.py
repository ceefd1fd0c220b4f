"""What belongs to a sealed case is sealed with it, in every slice: rows, notices and the view.

A case is sealed by its own column. Its reports follow, the incident that it came from for as long
as the desk has not got it back, and all that hangs on any of these. `flows_sealed_subjects` says
which they are; without a sealed case it looks at one empty index.
"""

from django.db import migrations

from anlan.kernel.secure_tables import APP_ROLE, OF_ORGANISATION, SEES_SEALED, Sealed

SUBJECTS = f"""
CREATE FUNCTION flows_sealed_subjects()
RETURNS TABLE (subject_id uuid, sealed_to uuid[], case_id uuid)
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 50 SECURITY DEFINER SET search_path = public, pg_temp
AS $body$
#variable_conflict use_column
BEGIN
    IF NOT EXISTS (SELECT FROM casework_case WHERE sealed_to IS NOT NULL) THEN
        RETURN;
    END IF;
    RETURN QUERY
        WITH cases AS MATERIALIZED (
            SELECT id, sealed_to, CASE WHEN state <> 'RETURNED' THEN incident_id END AS incident_id
            FROM casework_case WHERE sealed_to IS NOT NULL
        ), reports AS MATERIALIZED (
            SELECT r.id, r.call_id, c.sealed_to, c.id AS of_case
            FROM cases c JOIN intake_report r ON r.case_id = c.id
            UNION ALL
            SELECT r.id, r.call_id, c.sealed_to, c.id
            FROM cases c JOIN intake_report r ON r.incident_id = c.incident_id
        ), tasks AS MATERIALIZED (
            SELECT t.id, c.sealed_to, c.id AS of_case
            FROM cases c JOIN casework_joint_task t ON t.case_id = c.id
        )
        SELECT id, sealed_to, id FROM cases
        UNION ALL SELECT incident_id, sealed_to, id FROM cases WHERE incident_id IS NOT NULL
        UNION ALL SELECT id, sealed_to, of_case FROM reports
        UNION ALL SELECT call_id, sealed_to, of_case FROM reports WHERE call_id IS NOT NULL
        UNION ALL SELECT id, sealed_to, of_case FROM tasks
        UNION ALL SELECT p.id, t.sealed_to, t.of_case
            FROM tasks t JOIN casework_joint_part p ON p.task_id = t.id
        UNION ALL SELECT a.id, c.sealed_to, c.id
            FROM cases c JOIN evaluation_appeal a ON a.case_id = c.id;
END
$body$;
CREATE FUNCTION flows_kept_from_reader(by_glass boolean) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 50 SECURITY DEFINER SET search_path = public, pg_temp
AS $body$
BEGIN
    IF {SEES_SEALED} THEN
        RETURN;
    END IF;
    RETURN QUERY
        SELECT s.subject_id FROM flows_sealed_subjects() s
        WHERE coalesce({OF_ORGANISATION} = ANY (s.sealed_to), false) IS FALSE
            AND NOT (by_glass AND casework_glass_is_open(s.case_id));
END
$body$;
REVOKE ALL ON FUNCTION flows_sealed_subjects(), flows_kept_from_reader(boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION flows_sealed_subjects(), flows_kept_from_reader(boolean) TO {APP_ROLE};
"""
SUBJECTS_NO_MORE = """
DROP FUNCTION flows_kept_from_reader(boolean);
DROP FUNCTION flows_sealed_subjects();
"""
# The view has its owner's rights, which pass the policies by: it asks for itself.
VIEW = """
DO $body$ BEGIN
    EXECUTE 'CREATE OR REPLACE VIEW agencies_shared_incident WITH (security_barrier) AS '
        || rtrim(pg_get_viewdef('agencies_shared_incident'::regclass), ' ;')
        || ' AND i.id NOT IN (SELECT flows_kept_from_reader(true))';
END $body$
"""
VIEW_AS_BEFORE = """
DO $body$ BEGIN
    EXECUTE 'CREATE OR REPLACE VIEW agencies_shared_incident WITH (security_barrier) AS '
        || split_part(rtrim(pg_get_viewdef('agencies_shared_incident'::regclass), ' ;'),
            ' AND (NOT (i.id IN', 1);
END $body$
"""
SUBJECT_OF = {
    "casework_case_photo": "case_id",
    "casework_case_pause": "case_id",
    "casework_case_route": "case_id",
    "casework_case_step": "subject_id",
    "casework_field_act": "case_id",
    "casework_joint_part": "id",
    "casework_joint_photo": "part_id",
    "casework_joint_step": "subject_id",
    "casework_joint_task": "id",
    "evaluation_appeal": "id",
    "evaluation_appeal_step": "subject_id",
    "evaluation_outcome": "case_id",
    "intake_call": "id",
    "intake_call_step": "subject_id",
    "intake_protocol_answer": "report_id",
    "intake_report": "id",
    "intake_report_photo": "report_id",
    "intake_report_update": "report_id",
    "agencies_help_request": "incident_id",
    "agencies_share": "incident_id",
    "dispatch_assignment": "incident_id",
    "dispatch_incident": "id",
    "dispatch_incident_attachment": "incident_id",
    "dispatch_incident_step": "subject_id",
    "dispatch_recommendation": "incident_id",
    "dispatch_reopening": "incident_id",
    "review_desk_note": "incident_id",
    "review_note": "incident_id",
    "kernel_deadline": "subject_id",
    "kernel_field_look": "subject_id",
    "kernel_outbox": "subject_id",
}


def follows(table: str, *columns: str) -> Sealed:
    """Return what keeps the rows of a table from whoever may not see one of their subjects."""

    def rule(by_glass: str) -> str:
        kept = f"(SELECT flows_kept_from_reader({by_glass}))"
        return " AND ".join(f"({one} IS NULL OR {one} NOT IN {kept})" for one in columns)

    return Sealed(table, read=rule("true"), change=rule("false"))


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0001_initial'),
        ('casework', '0012_sealed_cases'),
        ('dispatch', '0010_facts_of_before'),
        ('evaluation', '0001_initial'),
        ('intake', '0005_words_erased'),
        ('kernel', '0006_looks_expire'),
        ('review', '0001_initial'),
    ]

    operations = [
        migrations.RunSQL(SUBJECTS, SUBJECTS_NO_MORE),
        *(follows(table, column) for table, column in SUBJECT_OF.items()),
        follows("intake_contact", "report_id", "call_id"),
        migrations.RunSQL(VIEW, VIEW_AS_BEFORE),
    ]
