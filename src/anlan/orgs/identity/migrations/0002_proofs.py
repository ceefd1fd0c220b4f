"""Counted failures, authenticators and recovery codes: a code that was used is refused for good."""

import anlan.kernel.identifiers
import anlan.kernel.rows
import django.db.models.deletion
from django.db import migrations, models

from anlan.kernel.secure_tables import SecureTable

REFUSE_REPLAY = """
    CREATE FUNCTION sign_in_refuse_replay() RETURNS trigger LANGUAGE plpgsql AS $body$
    BEGIN
        RAISE EXCEPTION 'a code counts once'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'sign_in_code_counts_once';
    END
    $body$
"""


class Migration(migrations.Migration):

    dependencies = [
        ('orgs', '0006_street_offices'),
        ('sign_in', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Failure',
            fields=[
                ('id', models.UUIDField(default=anlan.kernel.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('area', models.BigIntegerField()),
                ('street', anlan.kernel.rows.StreetField(editable=False)),
                ('key_digest', models.BinaryField(max_length=32, unique=True)),
                ('count', models.PositiveIntegerField()),
                ('last_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'sign_in_failure',
                'indexes': [models.Index(fields=['last_at'], name='sign_in_failure_last')],
            },
        ),
        migrations.CreateModel(
            name='RecoveryCode',
            fields=[
                ('id', models.UUIDField(default=anlan.kernel.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('area', models.BigIntegerField()),
                ('street', anlan.kernel.rows.StreetField(editable=False)),
                ('digest', models.BinaryField(max_length=32, unique=True)),
                ('used_at', models.DateTimeField(null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='orgs.account')),
            ],
            options={
                'db_table': 'sign_in_recovery_code',
            },
        ),
        migrations.CreateModel(
            name='Totp',
            fields=[
                ('id', models.UUIDField(default=anlan.kernel.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('area', models.BigIntegerField()),
                ('street', anlan.kernel.rows.StreetField(editable=False)),
                ('sealed_secret', models.BinaryField()),
                ('last_step', models.BigIntegerField(default=0)),
                ('added_at', models.DateTimeField()),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('account', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, to='orgs.account')),
            ],
            options={
                'db_table': 'sign_in_totp',
            },
        ),
        SecureTable("sign_in_failure", deletable=True),
        SecureTable("sign_in_totp", append_only=True, deletable=True),
        SecureTable("sign_in_recovery_code", append_only=True, deletable=True),
        migrations.RunSQL(
            sql=[
                "GRANT UPDATE (last_step, confirmed_at) ON sign_in_totp TO anlan_app",
                "GRANT UPDATE (used_at) ON sign_in_recovery_code TO anlan_app",
                REFUSE_REPLAY,
                "CREATE TRIGGER refuse_replay BEFORE UPDATE OF last_step ON sign_in_totp"
                " FOR EACH ROW WHEN (NEW.last_step <= OLD.last_step)"
                " EXECUTE FUNCTION sign_in_refuse_replay()",
                "CREATE TRIGGER refuse_replay BEFORE UPDATE OF used_at ON sign_in_recovery_code"
                " FOR EACH ROW WHEN (OLD.used_at IS NOT NULL)"
                " EXECUTE FUNCTION sign_in_refuse_replay()",
            ],
            reverse_sql=[
                "DROP TRIGGER refuse_replay ON sign_in_recovery_code",
                "DROP TRIGGER refuse_replay ON sign_in_totp",
                "DROP FUNCTION sign_in_refuse_replay()",
            ],
        ),
    ]
