"""The desk's log, hand-overs and after-action notes: only ever added to."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

import anlan.kernel.identifiers
import anlan.kernel.rows
from anlan.kernel.secure_tables import SecureTable


def placed() -> list[tuple[str, models.Field]]:
    """Return the columns that every table has."""
    return [
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
    ]


def signed(verb: str) -> list[tuple[str, models.Field]]:
    """Return the columns that say who wrote a row and when."""
    return [
        (f"{verb}_by", models.CharField(max_length=64)),
        (f"{verb}_by_name", models.CharField(max_length=120)),
        (f"{verb}_at", models.DateTimeField()),
    ]


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("dispatch", "0008_rounds_and_order"),
    ]

    operations = [
        migrations.CreateModel(
            name="DeskNote",
            fields=[
                *placed(),
                ("kind", models.CharField(max_length=8)),
                ("text", models.CharField(max_length=2000)),
                ("due_at", models.DateTimeField(null=True)),
                *signed("made"),
                (
                    "incident",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="dispatch.incident",
                    ),
                ),
                (
                    "settles",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="settled_by",
                        to="review.desknote",
                    ),
                ),
            ],
            options={
                "db_table": "review_desk_note",
                "indexes": [
                    models.Index(fields=["area", "made_at"], name="review_desk_note_log")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(kind="NOTE", due_at__isnull=True, settles__isnull=True)
                        | Q(kind="PROMISE", due_at__isnull=False, settles__isnull=True)
                        | Q(kind="DONE", due_at__isnull=True, settles__isnull=False),
                        name="review_desk_note_kind",
                    ),
                    models.CheckConstraint(
                        condition=~Q(text=""), name="review_desk_note_says_something"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Handover",
            fields=[
                *placed(),
                ("text", models.CharField(default="", max_length=2000)),
                ("picture", models.JSONField()),
                *signed("made"),
            ],
            options={
                "db_table": "review_handover",
                "indexes": [models.Index(fields=["area", "made_at"], name="review_handover_log")],
            },
        ),
        migrations.CreateModel(
            name="Takeover",
            fields=[
                *placed(),
                ("remark", models.CharField(default="", max_length=2000)),
                *signed("taken"),
                (
                    "handover",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="takeover",
                        to="review.handover",
                    ),
                ),
            ],
            options={"db_table": "review_takeover"},
        ),
        migrations.CreateModel(
            name="ReviewNote",
            fields=[
                *placed(),
                ("note_id", models.UUIDField()),
                ("version", models.SmallIntegerField()),
                ("kind", models.CharField(max_length=12)),
                ("state", models.CharField(default="STANDS", max_length=12)),
                ("text", models.CharField(max_length=2000)),
                ("owner_id", models.UUIDField(null=True)),
                ("due_date", models.DateField(null=True)),
                *signed("made"),
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="dispatch.incident",
                    ),
                ),
                (
                    "step",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="dispatch.incidentstep",
                    ),
                ),
            ],
            options={
                "db_table": "review_note",
                "indexes": [models.Index(fields=["incident", "id"], name="review_note_of")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("note_id", "version"), name="review_note_one_of_a_version"
                    ),
                    models.CheckConstraint(
                        condition=Q(version__range=(1, 50)), name="review_note_version"
                    ),
                    models.CheckConstraint(
                        condition=Q(kind__in=["WENT_WELL", "TO_CHANGE", "FOLLOW_UP"]),
                        name="review_note_kind",
                    ),
                    models.CheckConstraint(
                        condition=Q(state__in=["STANDS", "DONE", "WITHDRAWN"]),
                        name="review_note_state",
                    ),
                    models.CheckConstraint(
                        condition=Q(
                            kind="FOLLOW_UP", owner_id__isnull=False, due_date__isnull=False
                        )
                        | (
                            ~Q(kind="FOLLOW_UP")
                            & ~Q(state="DONE")
                            & Q(owner_id__isnull=True, due_date__isnull=True)
                        ),
                        name="review_note_follow_up_has_owner_and_date",
                    ),
                    models.CheckConstraint(
                        condition=~Q(text=""), name="review_note_says_something"
                    ),
                ],
            },
        ),
        SecureTable("review_desk_note", append_only=True),
        SecureTable("review_handover", append_only=True),
        SecureTable("review_takeover", append_only=True),
        SecureTable("review_note", append_only=True),
        # What one person hands over another one takes; only a promise is settled; a note is about a
        # step of its own incident, and its versions are of one incident and without a gap.
        migrations.RunSQL(
            sql="""
                CREATE FUNCTION review_takeover_by_another() RETURNS trigger
                LANGUAGE plpgsql AS $body$
                BEGIN
                    PERFORM 1 FROM review_handover
                        WHERE id = NEW.handover_id AND made_by <> NEW.taken_by;
                    IF NOT FOUND THEN
                        RAISE EXCEPTION 'whoever hands over does not take over'
                            USING ERRCODE = 'check_violation',
                                  CONSTRAINT = 'review_takeover_by_another';
                    END IF;
                    RETURN NEW;
                END
                $body$;
                CREATE TRIGGER by_another BEFORE INSERT ON review_takeover
                    FOR EACH ROW EXECUTE FUNCTION review_takeover_by_another();
                CREATE FUNCTION review_desk_note_settles_a_promise() RETURNS trigger
                LANGUAGE plpgsql AS $body$
                BEGIN
                    IF NEW.settles_id IS NOT NULL THEN
                        PERFORM 1 FROM review_desk_note WHERE id = NEW.settles_id
                            AND kind = 'PROMISE' AND area = NEW.area;
                        IF NOT FOUND THEN
                            RAISE EXCEPTION 'only a promise of the same desk is settled'
                                USING ERRCODE = 'check_violation',
                                      CONSTRAINT = 'review_desk_note_settles_a_promise';
                        END IF;
                    END IF;
                    RETURN NEW;
                END
                $body$;
                CREATE TRIGGER settles_a_promise BEFORE INSERT ON review_desk_note
                    FOR EACH ROW EXECUTE FUNCTION review_desk_note_settles_a_promise();
                CREATE FUNCTION review_note_hangs_together() RETURNS trigger
                LANGUAGE plpgsql AS $body$
                BEGIN
                    IF NEW.step_id IS NOT NULL AND NOT EXISTS (
                        SELECT 1 FROM dispatch_incident_step
                            WHERE id = NEW.step_id AND subject_id = NEW.incident_id
                    ) THEN
                        RAISE EXCEPTION 'a note is about a step of its own incident'
                            USING ERRCODE = 'check_violation',
                                  CONSTRAINT = 'review_note_step_of_its_incident';
                    END IF;
                    IF NEW.version > 1 AND NOT EXISTS (
                        SELECT 1 FROM review_note WHERE note_id = NEW.note_id
                            AND version = NEW.version - 1 AND incident_id = NEW.incident_id
                    ) THEN
                        RAISE EXCEPTION 'a version follows the one before it'
                            USING ERRCODE = 'check_violation',
                                  CONSTRAINT = 'review_note_versions_follow';
                    END IF;
                    RETURN NEW;
                END
                $body$;
                CREATE TRIGGER hangs_together BEFORE INSERT ON review_note
                    FOR EACH ROW EXECUTE FUNCTION review_note_hangs_together();
            """,
            reverse_sql="""
                DROP TRIGGER hangs_together ON review_note;
                DROP FUNCTION review_note_hangs_together();
                DROP TRIGGER settles_a_promise ON review_desk_note;
                DROP FUNCTION review_desk_note_settles_a_promise();
                DROP TRIGGER by_another ON review_takeover;
                DROP FUNCTION review_takeover_by_another();
            """,
        ),
    ]
