"""Steps from before 0008 get the facts that an incident is rebuilt from, as far as rows have them.

A history is only ever added to. This is the one time that its steps are written again: nothing that
they say is changed, what they lacked is put beside it and marked `filled_in`.
"""

from django.db import migrations

# What a first `raise` says stood before it is how urgent the incident began; else it is unknown, and
# what counts in the end is the later step. Each `raise` appended the needs that it names.
STAMP = """to_char(i.{} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"')"""
OPENINGS = """
    UPDATE dispatch_incident_step AS s SET facts = s.facts || jsonb_build_object(
        'priority', coalesce(urgency.before, i.priority),
        'needs', to_jsonb(i.needs[1 : cardinality(i.needs) - added.needs]),
        'stamps', jsonb_strip_nulls(jsonb_build_object(
            'rang_at', {rang_at}, 'answered_at', {answered_at}, 'received_at', {received_at}
        )),
        'filled_in', true
    )
    FROM dispatch_incident AS i
    LEFT JOIN LATERAL (
        SELECT (r.facts ->> 'before')::integer AS before FROM dispatch_incident_step AS r
        WHERE r.subject_id = i.id AND r.move IN ('raise', 'reprioritise')
            AND r.facts ? 'priority'
        ORDER BY r.ordinal LIMIT 1
    ) AS urgency ON true
    LEFT JOIN LATERAL (
        SELECT coalesce(sum(jsonb_array_length(r.facts -> 'needs')), 0)::integer AS needs
        FROM dispatch_incident_step AS r
        WHERE r.subject_id = i.id AND r.move = 'raise' AND r.facts ? 'needs'
    ) AS added ON true
    WHERE i.id = s.subject_id AND s.move = 'open' AND NOT s.facts ? 'stamps';
""".format(**{name: STAMP.format(name) for name in ("rang_at", "answered_at", "received_at")})
JOBS = """
    UPDATE dispatch_incident_step AS s
    SET facts = s.facts || jsonb_build_object('jobs', found.jobs, 'filled_in', true)
    FROM (
        SELECT step.id, jsonb_agg(
            jsonb_build_object('id', a.id, 'unit_id', a.unit_id, 'kind', a.unit_kind)
            ORDER BY sent.place
        ) AS jobs
        FROM dispatch_incident_step AS step,
            jsonb_array_elements_text(step.facts -> 'units') WITH ORDINALITY AS sent(sign, place),
            dispatch_assignment AS a
        WHERE step.move = 'assign' AND NOT step.facts ? 'jobs'
            AND a.incident_id = step.subject_id AND a.call_sign = sent.sign
            AND a.assigned_at = step.made_at
        GROUP BY step.id
    ) AS found
    WHERE found.id = s.id;
"""
# Backwards from the count that the row has now, or that a later step tells.
COUNTS = """
    DO $body$
    DECLARE
        parent record;
        step record;
        counted integer;
    BEGIN
        FOR parent IN
            SELECT i.id, i.report_count FROM dispatch_incident AS i WHERE EXISTS (
                SELECT FROM dispatch_incident_step AS s WHERE s.subject_id = i.id
                    AND s.facts ? 'child' AND NOT s.facts ? 'report_count'
            )
        LOOP
            counted := parent.report_count;
            FOR step IN
                SELECT s.id, s.move, s.facts, coalesce(c.report_count, 0) AS brought
                FROM dispatch_incident_step AS s
                LEFT JOIN dispatch_incident AS c ON c.number = s.facts ->> 'child'
                WHERE s.subject_id = parent.id AND s.move IN (
                    'attach', 'detach', 'link', 'unlink', 'place_under', 'take_out'
                )
                ORDER BY s.ordinal DESC
            LOOP
                IF step.facts ? 'report_count' THEN
                    counted := (step.facts ->> 'report_count')::integer;
                ELSIF step.facts ? 'child' THEN
                    UPDATE dispatch_incident_step SET facts = facts
                        || jsonb_build_object('report_count', counted, 'filled_in', true)
                        WHERE id = step.id;
                END IF;
                counted := counted - CASE step.move
                    WHEN 'attach' THEN 1
                    WHEN 'detach' THEN -1
                    WHEN 'link' THEN step.brought
                    WHEN 'unlink' THEN -step.brought
                    ELSE 0
                END;
            END LOOP;
        END LOOP;
    END
    $body$;
"""
# A time that a telephone told late was heard of, and stands in its step; since 0008 it counts.
LATE_ACTS = """
    CREATE TEMPORARY TABLE late_act ON COMMIT DROP AS
        SELECT (facts ->> 'assignment_id')::uuid AS assignment_id, move, made_at, told_at
        FROM dispatch_incident_step
        WHERE move IN ('en_route', 'on_scene', 'clear', 'cancel')
            AND told_at < made_at AND made_at - told_at <= interval '2 hours';
    UPDATE dispatch_assignment AS a SET en_route_at = l.told_at FROM late_act AS l
        WHERE l.assignment_id = a.id AND l.move = 'en_route' AND a.en_route_at = l.made_at;
    UPDATE dispatch_assignment AS a SET on_scene_at = l.told_at FROM late_act AS l
        WHERE l.assignment_id = a.id AND l.move = 'on_scene' AND a.on_scene_at = l.made_at;
    UPDATE dispatch_assignment AS a SET ended_at = l.told_at FROM late_act AS l
        WHERE l.assignment_id = a.id AND l.move IN ('clear', 'cancel') AND a.ended_at = l.made_at;
    UPDATE dispatch_incident AS i SET arrived_at = first.at FROM (
        SELECT incident_id, min(on_scene_at) AS at FROM dispatch_assignment
        WHERE round = 1 GROUP BY incident_id
    ) AS first WHERE first.incident_id = i.id AND first.at < i.arrived_at;
    UPDATE dispatch_reopening AS r SET arrived_at = first.at FROM (
        SELECT incident_id, round, min(on_scene_at) AS at FROM dispatch_assignment
        GROUP BY incident_id, round
    ) AS first WHERE first.incident_id = r.incident_id AND first.round = r.round
        AND first.at < r.arrived_at;
    SET CONSTRAINTS ALL IMMEDIATE;
"""
FILLED = (OPENINGS, JOBS, COUNTS, LATE_ACTS)


class Migration(migrations.Migration):

    dependencies = [
        ("dispatch", "0009_positions_expire_with_questions"),
    ]

    operations = [
        migrations.RunSQL(sql, reverse_sql=migrations.RunSQL.noop) for sql in FILLED
    ]
