"""Rounds of reopened incidents with stamps of their own, and one order of an incident's steps."""

import django.db.models.deletion
from django.db import migrations, models

import anlan.kernel.identifiers
import anlan.kernel.rows
from anlan.kernel.secure_tables import SecureTable

# What was reopened before has its rounds in its history.
ROUNDS_OF_BEFORE = """
    INSERT INTO dispatch_reopening (
        id, area, street, incident_id, round, closed_at, disposition, reopened_at, dispatched_at,
        arrived_at
    )
    SELECT gen_random_uuid(), s.area, s.street, s.subject_id,
           1 + row_number() OVER (PARTITION BY s.subject_id ORDER BY s.ordinal),
           c.made_at, coalesce(c.facts ->> 'disposition', ''), s.made_at, NULL, NULL
    FROM dispatch_incident_step AS s, LATERAL (
        SELECT made_at, facts FROM dispatch_incident_step
        WHERE subject_id = s.subject_id AND move = 'close' AND ordinal < s.ordinal
        ORDER BY ordinal DESC LIMIT 1
    ) AS c
    WHERE s.move = 'reopen';
    UPDATE dispatch_incident AS i SET round = 1 + r.count FROM (
        SELECT incident_id, count(*) FROM dispatch_reopening GROUP BY incident_id
    ) AS r WHERE r.incident_id = i.id;
    UPDATE dispatch_assignment AS a SET round = r.round FROM (
        SELECT incident_id, round, reopened_at FROM dispatch_reopening ORDER BY round
    ) AS r WHERE r.incident_id = a.incident_id AND a.assigned_at >= r.reopened_at
        AND NOT EXISTS (
            SELECT 1 FROM dispatch_reopening AS later WHERE later.incident_id = r.incident_id
                AND later.round > r.round AND later.reopened_at <= a.assigned_at
        );
    UPDATE dispatch_reopening AS r SET dispatched_at = a.sent, arrived_at = a.there FROM (
        SELECT incident_id, round, min(assigned_at) AS sent, min(on_scene_at) AS there
        FROM dispatch_assignment GROUP BY incident_id, round
    ) AS a WHERE a.incident_id = r.incident_id AND a.round = r.round;
    SET CONSTRAINTS ALL IMMEDIATE;
"""
ORDER_OF_BEFORE = """
    UPDATE dispatch_incident_step AS s SET ordinal = n.place FROM (
        SELECT id, row_number() OVER (PARTITION BY subject_id ORDER BY id) AS place
        FROM dispatch_incident_step
    ) AS n WHERE n.id = s.id;
"""
# Ids follow the clock, and a clock may go back. Whoever adds a step holds the lock of the incident;
# should one not, the constraint refuses the second of two steps in the same place.
IN_ORDER = """
    CREATE FUNCTION dispatch_incident_step_number() RETURNS trigger
    LANGUAGE plpgsql AS $body$
    BEGIN
        SELECT coalesce(max(ordinal), 0) + 1 INTO NEW.ordinal
            FROM dispatch_incident_step WHERE subject_id = NEW.subject_id;
        RETURN NEW;
    END
    $body$;
    CREATE TRIGGER number_in_order BEFORE INSERT ON dispatch_incident_step
        FOR EACH ROW EXECUTE FUNCTION dispatch_incident_step_number();
"""
FIRST_STAMPS = """
    CREATE FUNCTION dispatch_keeps_first_stamps() RETURNS trigger
    LANGUAGE plpgsql AS $body$
    BEGIN
        IF NEW.dispatched_at > OLD.dispatched_at OR NEW.arrived_at > OLD.arrived_at
            OR (NEW.dispatched_at IS NULL AND OLD.dispatched_at IS NOT NULL)
            OR (NEW.arrived_at IS NULL AND OLD.arrived_at IS NOT NULL) THEN
            RAISE EXCEPTION 'first stamps are neither taken away nor made later'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'dispatch_keeps_first_stamps';
        END IF;
        RETURN NEW;
    END
    $body$;
    CREATE TRIGGER keeps_first_stamps BEFORE UPDATE OF dispatched_at, arrived_at
        ON dispatch_incident FOR EACH ROW EXECUTE FUNCTION dispatch_keeps_first_stamps();
    CREATE TRIGGER keeps_first_stamps BEFORE UPDATE OF dispatched_at, arrived_at
        ON dispatch_reopening FOR EACH ROW EXECUTE FUNCTION dispatch_keeps_first_stamps();
"""


class Migration(migrations.Migration):

    dependencies = [
        ("dispatch", "0007_crew"),
    ]

    operations = [
        migrations.AddField(
            model_name="incidentstep",
            name="ordinal",
            field=models.IntegerField(default=0, editable=False),
        ),
        migrations.RunSQL(ORDER_OF_BEFORE, reverse_sql=migrations.RunSQL.noop),
        migrations.RemoveIndex(model_name="incidentstep", name="dispatch_incident_step_of"),
        migrations.AddConstraint(
            model_name="incidentstep",
            constraint=models.UniqueConstraint(
                fields=("subject_id", "ordinal"), name="dispatch_incident_step_in_order"
            ),
        ),
        migrations.RunSQL(
            IN_ORDER,
            reverse_sql="""
                DROP TRIGGER number_in_order ON dispatch_incident_step;
                DROP FUNCTION dispatch_incident_step_number();
            """,
        ),
        migrations.AddField(
            model_name="incident",
            name="round",
            field=models.SmallIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="assignment",
            name="round",
            field=models.SmallIntegerField(default=1),
        ),
        migrations.CreateModel(
            name="Reopening",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=anlan.kernel.identifiers.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("area", models.BigIntegerField()),
                ("street", anlan.kernel.rows.StreetField(editable=False)),
                ("round", models.SmallIntegerField()),
                ("closed_at", models.DateTimeField()),
                ("disposition", models.CharField(max_length=24)),
                ("reopened_at", models.DateTimeField()),
                ("dispatched_at", models.DateTimeField(null=True)),
                ("arrived_at", models.DateTimeField(null=True)),
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reopenings",
                        to="dispatch.incident",
                    ),
                ),
            ],
            options={
                "db_table": "dispatch_reopening",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("incident", "round"), name="dispatch_reopening_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("round__gte", 2)),
                        name="dispatch_reopening_is_a_later_round",
                    ),
                ],
            },
        ),
        SecureTable("dispatch_reopening", append_only=True),
        # What a round found stays as it was; only its own stamps come later.
        migrations.RunSQL(
            "GRANT UPDATE (dispatched_at, arrived_at) ON dispatch_reopening TO anlan_app",
            reverse_sql=migrations.RunSQL.noop,
        ),
        migrations.RunSQL(ROUNDS_OF_BEFORE, reverse_sql=migrations.RunSQL.noop),
        migrations.RunSQL(
            FIRST_STAMPS,
            reverse_sql="""
                DROP TRIGGER keeps_first_stamps ON dispatch_reopening;
                DROP TRIGGER keeps_first_stamps ON dispatch_incident;
                DROP FUNCTION dispatch_keeps_first_stamps();
            """,
        ),
    ]
