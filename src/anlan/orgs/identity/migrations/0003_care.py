"""What administrators do for accounts, as steps; and whether an account has a second factor."""

import anlan.kernel.identifiers
import anlan.kernel.rows
from django.db import migrations, models

from anlan.kernel.secure_tables import SecureTable

HAS_SECOND_FACTOR = """
    CREATE FUNCTION sign_in_has_second_factor(account uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $body$
        SELECT EXISTS (
            SELECT FROM sign_in_totp WHERE account_id = account AND confirmed_at IS NOT NULL
        )
    $body$
"""


class Migration(migrations.Migration):

    dependencies = [
        ('sign_in', '0002_proofs'),
    ]

    operations = [
        migrations.CreateModel(
            name='AccountStep',
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
                'db_table': 'sign_in_account_step',
                'indexes': [models.Index(fields=['subject_id', 'id'], name='sign_in_account_step_of')],
            },
        ),
        SecureTable("sign_in_account_step", append_only=True),
        migrations.RunSQL(
            sql=[
                HAS_SECOND_FACTOR,
                "REVOKE ALL ON FUNCTION sign_in_has_second_factor(uuid) FROM PUBLIC",
                "GRANT EXECUTE ON FUNCTION sign_in_has_second_factor(uuid) TO anlan_app",
            ],
            reverse_sql="DROP FUNCTION sign_in_has_second_factor(uuid)",
        ),
    ]
