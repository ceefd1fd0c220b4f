"""Passkeys: their counters go on and never back, and they count as a second factor."""

import anlan.kernel.identifiers
import anlan.kernel.rows
import django.db.models.deletion
from django.db import migrations, models

from anlan.kernel.secure_tables import SecureTable

HAS_SECOND_FACTOR = """
    CREATE OR REPLACE FUNCTION sign_in_has_second_factor(account uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $body$
        SELECT EXISTS (
            SELECT FROM sign_in_totp WHERE account_id = account AND confirmed_at IS NOT NULL
        ) {or_passkey}
    $body$
"""
OR_PASSKEY = "OR EXISTS (SELECT FROM sign_in_passkey WHERE account_id = account)"


class Migration(migrations.Migration):

    dependencies = [
        ('sign_in', '0005_service_keys'),
    ]

    operations = [
        migrations.CreateModel(
            name='Passkey',
            fields=[
                ('id', models.UUIDField(default=anlan.kernel.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('area', models.BigIntegerField()),
                ('street', anlan.kernel.rows.StreetField(editable=False)),
                ('label', models.CharField(max_length=80)),
                ('credential_id', models.BinaryField(max_length=1023, unique=True)),
                ('public_key', models.BinaryField()),
                ('sign_count', models.BigIntegerField()),
                ('added_at', models.DateTimeField()),
                ('last_used_at', models.DateTimeField(null=True)),
                ('fell_back_at', models.DateTimeField(null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='orgs.account')),
            ],
            options={'db_table': 'sign_in_passkey'},
        ),
        migrations.CreateModel(
            name='PasskeyTry',
            fields=[
                ('id', models.UUIDField(default=anlan.kernel.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('area', models.BigIntegerField()),
                ('street', anlan.kernel.rows.StreetField(editable=False)),
                ('use', models.CharField(max_length=8)),
                ('challenge_digest', models.BinaryField(max_length=32, unique=True)),
                ('ends_at', models.DateTimeField()),
                ('account', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='orgs.account')),
            ],
            options={
                'db_table': 'sign_in_passkey_try',
                'indexes': [models.Index(fields=['ends_at'], name='sign_in_passkey_try_ends')],
            },
        ),
        SecureTable("sign_in_passkey", append_only=True, deletable=True),
        SecureTable("sign_in_passkey_try", append_only=True, deletable=True),
        migrations.RunSQL(
            sql=[
                "GRANT UPDATE (sign_count, last_used_at, fell_back_at) ON sign_in_passkey"
                " TO anlan_app",
                # A counter that is in use only grows; devices that keep none always say 0.
                "CREATE TRIGGER refuse_replay BEFORE UPDATE OF sign_count ON sign_in_passkey"
                " FOR EACH ROW WHEN (NEW.sign_count <= OLD.sign_count AND OLD.sign_count > 0)"
                " EXECUTE FUNCTION sign_in_refuse_replay()",
                HAS_SECOND_FACTOR.format(or_passkey=OR_PASSKEY),
            ],
            reverse_sql=[
                HAS_SECOND_FACTOR.format(or_passkey=""),
                "DROP TRIGGER refuse_replay ON sign_in_passkey",
            ],
        ),
    ]
