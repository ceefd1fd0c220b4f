"""The register of what the catalogue lists, items for a time, and the refusal of everything else.

Filing needs an item that is listed for the place on the day. Work that goes to a community office,
where grid officers work, needs it on that day too.
"""

import anlan.kernel.identifiers
import anlan.kernel.rows
import datetime
import django.db.models.expressions
from django.db import migrations, models

from anlan.kernel.secure_tables import SecureTable, StateMachine

LIST_ITEM = """
CREATE FUNCTION casework_list_item(
    what text, edition text, low bigint, high bigint, first date, last date, moment timestamptz
) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $body$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM casework_listed_item
        WHERE code = what AND area = low AND version = edition AND valid_from = first
            AND valid_until IS NOT DISTINCT FROM last
    ) THEN
        INSERT INTO casework_listed_item
            (id, area, street, code, version, area_high, valid_from, valid_until, listed_at)
        VALUES (gen_random_uuid(), low, low / 1000000, what, edition, high, first, last, moment);
    END IF;
END
$body$
"""
IS_LISTED = """
CREATE FUNCTION casework_is_listed(what text, place bigint, day date) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $body$
    SELECT coalesce(
        (
            SELECT valid_until IS NULL OR day <= valid_until
            FROM casework_listed_item
            WHERE code = what AND place BETWEEN area AND area_high AND valid_from <= day
            ORDER BY valid_from DESC, listed_at DESC LIMIT 1
        ), false)
$body$
"""
CHECK_ITEM = """
CREATE FUNCTION casework_check_item() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $body$
DECLARE
    day date := (NEW.filed_at AT TIME ZONE 'UTC')::date;
    at_work boolean := false;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        SELECT kind = 'COMMUNITY_OFFICE' INTO at_work
            FROM orgs_organisation WHERE id = NEW.organisation_id;
        IF NOT coalesce(at_work, false) AND NEW.item_code = OLD.item_code THEN
            RETURN NEW;
        END IF;
        day := (coalesce(nullif(current_setting('anlan.at', true), '')::timestamptz, now())
            AT TIME ZONE 'UTC')::date;
    END IF;
    IF NOT casework_is_listed(NEW.item_code, NEW.area, day) THEN
        RAISE EXCEPTION 'item % is not in the catalogue on %', NEW.item_code, day
            USING ERRCODE = 'check_violation', CONSTRAINT = 'casework_case_item_listed';
    END IF;
    RETURN NEW;
END
$body$
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0003_loop_and_its_limits"), ("orgs", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name='ListedItem',
            fields=[
                ('id', models.UUIDField(default=anlan.kernel.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('area', models.BigIntegerField()),
                ('street', anlan.kernel.rows.StreetField(editable=False)),
                ('code', models.CharField(max_length=8)),
                ('version', models.CharField(max_length=12)),
                ('area_high', models.BigIntegerField()),
                ('valid_from', models.DateField()),
                ('valid_until', models.DateField(null=True)),
                ('listed_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'casework_listed_item',
                'indexes': [models.Index(fields=['code', '-listed_at'], name='casework_listed_item_newest')],
            },
        ),
        migrations.CreateModel(
            name='TemporaryItem',
            fields=[
                ('id', models.UUIDField(default=anlan.kernel.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('area', models.BigIntegerField()),
                ('street', anlan.kernel.rows.StreetField(editable=False)),
                ('code', models.CharField(max_length=8, unique=True)),
                ('state', models.CharField(default='ASKED', max_length=16)),
                ('name_zh', models.CharField(max_length=80)),
                ('name_en', models.CharField(max_length=80)),
                ('filing_zh', models.CharField(max_length=400)),
                ('filing_en', models.CharField(max_length=400)),
                ('closing_zh', models.CharField(max_length=400)),
                ('closing_en', models.CharField(max_length=400)),
                ('needs_photo', models.BooleanField()),
                ('lead', models.CharField(max_length=48)),
                ('clock', models.CharField(max_length=8)),
                ('reason', models.CharField(max_length=400)),
                ('valid_from', models.DateField()),
                ('valid_until', models.DateField()),
                ('asked_by', models.CharField(max_length=64)),
                ('asked_at', models.DateTimeField()),
                ('decided_by', models.CharField(max_length=64, null=True)),
                ('decided_at', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'casework_temporary_item',
                'indexes': [models.Index(fields=['state', '-id'], name='casework_temporary_item_by')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['ASKED', 'APPROVED', 'DECLINED', 'ENDED'])), name='casework_temporary_item_state'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True), ('state', 'ASKED')), models.Q(models.Q(('state', 'ASKED'), _negated=True), ('decided_at__isnull', False), ('decided_by__isnull', False), models.Q(('decided_by', models.F('asked_by')), _negated=True)), _connector='OR'), name='casework_temporary_item_decided_by_another'), models.CheckConstraint(condition=models.Q(('valid_until__gte', models.F('valid_from')), ('valid_until__lte', django.db.models.expressions.CombinedExpression(models.F('valid_from'), '+', models.Value(datetime.timedelta(days=90))))), name='casework_temporary_item_term')],
            },
        ),
        migrations.CreateModel(
            name='TemporaryItemStep',
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
                'db_table': 'casework_temporary_item_step',
                'indexes': [models.Index(fields=['subject_id', 'made_at'], name='casework_temporary_item_of')],
            },
        ),
        SecureTable("casework_listed_item", append_only=True),
        SecureTable("casework_temporary_item"),
        SecureTable("casework_temporary_item_step", append_only=True),
        StateMachine(
            "casework_temporary_item",
            initial=["ASKED"],
            pairs=[("ASKED", "APPROVED"), ("ASKED", "DECLINED"), ("APPROVED", "ENDED")],
        ),
        migrations.RunSQL(
            sql=[
                "CREATE SEQUENCE casework_temporary_item_number",
                "GRANT USAGE ON SEQUENCE casework_temporary_item_number TO anlan_app",
                LIST_ITEM,
                IS_LISTED,
                CHECK_ITEM,
                "CREATE TRIGGER check_item BEFORE INSERT OR UPDATE OF item_code, organisation_id"
                " ON casework_case FOR EACH ROW EXECUTE FUNCTION casework_check_item()",
            ],
            reverse_sql=[
                "DROP TRIGGER check_item ON casework_case",
                "DROP FUNCTION casework_check_item()",
                "DROP FUNCTION casework_is_listed(text, bigint, date)",
                "DROP FUNCTION casework_list_item(text, text, bigint, bigint, date, date,"
                " timestamptz)",
                "DROP SEQUENCE casework_temporary_item_number",
            ],
        ),
    ]
