"""Work in the field: who has begun with a case, acts that telephones tell of late, in their order."""

import anlan.kernel.identifiers
import anlan.kernel.rows
import django.db.models.deletion
from django.db import migrations, models

from anlan.kernel.secure_tables import SecureTable

IN_ORDER = """
CREATE FUNCTION casework_field_act_check_order() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    IF EXISTS (
        SELECT 1 FROM casework_field_act
        WHERE queue = NEW.queue AND case_id = NEW.case_id AND ordinal > NEW.ordinal
    ) THEN
        RAISE EXCEPTION 'a later act of this queue on the case was taken before'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'casework_field_act_in_order';
    END IF;
    RETURN NEW;
END
$body$;
CREATE TRIGGER check_order BEFORE INSERT ON casework_field_act
    FOR EACH ROW EXECUTE FUNCTION casework_field_act_check_order();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0008_merging'),
    ]

    operations = [
        migrations.AddField(
            model_name='case',
            name='begun_by',
            field=models.CharField(max_length=64, null=True),
        ),
        migrations.AddField(
            model_name='case',
            name='begun_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('begun_at__isnull', True), ('begun_by__isnull', True)), models.Q(('begun_at__isnull', False), ('begun_by__isnull', False), ('state__in', ['ASSIGNED', 'REPORTED', 'VERIFIED', 'CLOSED'])), _connector='OR'), name='casework_case_begun_by_who_holds_it'),
        ),
        migrations.AddField(
            model_name='casestep',
            name='told_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddConstraint(
            model_name='casestep',
            constraint=models.CheckConstraint(condition=models.Q(('told_at__isnull', True), ('told_at__lte', models.F('made_at')), _connector='OR'), name='casework_case_step_not_told_later'),
        ),
        migrations.CreateModel(
            name='FieldAct',
            fields=[
                ('id', models.UUIDField(default=anlan.kernel.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('area', models.BigIntegerField()),
                ('street', anlan.kernel.rows.StreetField(editable=False)),
                ('key', models.UUIDField()),
                ('queue', models.UUIDField()),
                ('ordinal', models.BigIntegerField()),
                ('act', models.CharField(max_length=16)),
                ('made_by', models.CharField(max_length=64)),
                ('told_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(null=True)),
                ('heard_at', models.DateTimeField()),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='field_acts', to='casework.case')),
            ],
            options={
                'db_table': 'casework_field_act',
                'constraints': [models.UniqueConstraint(fields=('made_by', 'key'), name='casework_field_act_once'), models.UniqueConstraint(fields=('queue', 'ordinal'), name='casework_field_act_one_place'), models.CheckConstraint(condition=models.Q(('ordinal__gte', 1)), name='casework_field_act_counted')],
            },
        ),
        SecureTable("casework_field_act", append_only=True),
        migrations.RunSQL(
            IN_ORDER,
            "DROP TRIGGER check_order ON casework_field_act;"
            " DROP FUNCTION casework_field_act_check_order()",
        ),
    ]
