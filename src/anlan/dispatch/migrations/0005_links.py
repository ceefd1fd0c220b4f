"""Incidents that hang together: the same event, or a part of one."""

import django.db.models.deletion
from django.db import migrations, models

from anlan.kernel.secure_tables import StateMachine


class Migration(migrations.Migration):
    dependencies = [("dispatch", "0004_clocks")]

    operations = [
        migrations.AddField(
            model_name="incident",
            name="parent",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="children",
                to="dispatch.incident",
            ),
        ),
        migrations.RemoveConstraint(model_name="incident", name="dispatch_incident_state"),
        migrations.AddConstraint(
            model_name="incident",
            constraint=models.CheckConstraint(
                name="dispatch_incident_state",
                condition=models.Q(("state__in", ["OPEN", "LINKED", "DIVERTED", "CLOSED"])),
            ),
        ),
        migrations.AddConstraint(
            model_name="incident",
            constraint=models.CheckConstraint(
                name="dispatch_incident_linked_to_another",
                condition=models.Q(
                    models.Q(
                        models.Q(("state", "LINKED"), _negated=True),
                        ("parent__isnull", False),
                        _connector="OR",
                    ),
                    models.Q(
                        ("parent__isnull", True),
                        models.Q(("parent", models.F("id")), _negated=True),
                        _connector="OR",
                    ),
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="incident",
            index=models.Index(
                name="dispatch_incident_open_near",
                fields=["lon", "lat"],
                condition=models.Q(("state", "OPEN")),
            ),
        ),
        StateMachine(
            "dispatch_incident",
            initial=["OPEN"],
            pairs=[
                ("OPEN", "LINKED"),
                ("LINKED", "OPEN"),
                ("OPEN", "DIVERTED"),
                ("DIVERTED", "OPEN"),
                ("OPEN", "CLOSED"),
                ("CLOSED", "OPEN"),
            ],
        ),
        # Nothing hangs on an incident that is the same as another one, and a part has no parts. The
        # parent's row is share-locked, so that of two concurrent writers the later one sees it.
        migrations.RunSQL(
            sql="""
                CREATE FUNCTION dispatch_incident_check_parent() RETURNS trigger
                LANGUAGE plpgsql AS $body$
                BEGIN
                    IF NEW.parent_id IS NOT NULL THEN
                        PERFORM 1 FROM dispatch_incident AS above
                            WHERE above.id = NEW.parent_id AND above.state <> 'LINKED'
                                AND (NEW.state = 'LINKED' OR above.parent_id IS NULL) FOR SHARE;
                        IF NOT FOUND THEN
                            RAISE EXCEPTION 'nothing hangs on what hangs on another'
                                USING ERRCODE = 'check_violation',
                                      CONSTRAINT = 'dispatch_incident_parent';
                        END IF;
                        IF EXISTS (
                            SELECT 1 FROM dispatch_incident AS below WHERE below.parent_id = NEW.id
                                AND (NEW.state = 'LINKED' OR below.state <> 'LINKED')
                        ) THEN
                            RAISE EXCEPTION 'an incident with parts hangs on nothing'
                                USING ERRCODE = 'check_violation',
                                      CONSTRAINT = 'dispatch_incident_parent';
                        END IF;
                    END IF;
                    RETURN NEW;
                END
                $body$;
                CREATE TRIGGER check_parent BEFORE INSERT OR UPDATE OF parent_id, state
                    ON dispatch_incident FOR EACH ROW
                    EXECUTE FUNCTION dispatch_incident_check_parent();
            """,
            reverse_sql="""
                DROP TRIGGER check_parent ON dispatch_incident;
                DROP FUNCTION dispatch_incident_check_parent();
            """,
        ),
    ]
