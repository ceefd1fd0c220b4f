"""Sign-ins as rows: found by the digest of a token alone, ended for good, and with the password."""

import anlan.kernel.identifiers
import anlan.kernel.rows
import django.db.models.deletion
from django.db import migrations, models

from anlan.kernel.secure_tables import OpenByFunction, SecureTable

ENDED_FOR_GOOD = '''
    CREATE FUNCTION sign_in_ended_for_good() RETURNS trigger LANGUAGE plpgsql AS $body$
    BEGIN
        IF NEW.ended_at IS DISTINCT FROM OLD.ended_at THEN
            RAISE EXCEPTION 'a sign-in that has ended does not begin again'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'sign_in_session_ended_for_good';
        END IF;
        RETURN NEW;
    END
    $body$
'''
END_WITH_ACCOUNT = '''
    CREATE FUNCTION sign_in_end_with_account() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp AS $body$
    BEGIN
        UPDATE sign_in_session SET ended_at = now() WHERE account_id = NEW.id AND ended_at IS NULL;
        RETURN NULL;
    END
    $body$
'''


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('orgs', '0006_street_offices'),
    ]

    operations = [
        migrations.CreateModel(
            name='Session',
            fields=[
                ('id', models.UUIDField(default=anlan.kernel.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('area', models.BigIntegerField()),
                ('street', anlan.kernel.rows.StreetField(editable=False)),
                ('token_digest', models.BinaryField(max_length=32, unique=True)),
                ('seen_from', models.CharField(default='', max_length=48)),
                ('began_at', models.DateTimeField()),
                ('last_seen_at', models.DateTimeField()),
                ('proven_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('account', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='orgs.account')),
            ],
            options={
                'db_table': 'sign_in_session',
                'indexes': [models.Index(condition=models.Q(('ended_at__isnull', True)), fields=['account', 'began_at'], name='sign_in_session_live'), models.Index(fields=['ends_at'], name='sign_in_session_ends')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('began_at'))), name='sign_in_session_ends_after_it_begins')],
            },
        ),
        SecureTable("sign_in_session", append_only=True, deletable=True),
        migrations.RunSQL(
            sql="GRANT UPDATE (last_seen_at, proven_at, ended_at) ON sign_in_session TO anlan_app",
            reverse_sql=migrations.RunSQL.noop,
        ),
        OpenByFunction(
            "sign_in_session_at_door",
            table="sign_in_session",
            arguments="digest bytea",
            condition="token_digest = digest AND ended_at IS NULL",
        ),
        migrations.RunSQL(
            sql=[
                ENDED_FOR_GOOD,
                "CREATE TRIGGER ended_for_good BEFORE UPDATE OF ended_at ON sign_in_session"
                " FOR EACH ROW WHEN (OLD.ended_at IS NOT NULL)"
                " EXECUTE FUNCTION sign_in_ended_for_good()",
                END_WITH_ACCOUNT,
                "REVOKE ALL ON FUNCTION sign_in_end_with_account() FROM PUBLIC",
                "CREATE TRIGGER end_sign_ins AFTER UPDATE OF password, active ON orgs_account"
                " FOR EACH ROW WHEN (OLD.password IS DISTINCT FROM NEW.password"
                " OR OLD.active AND NOT NEW.active)"
                " EXECUTE FUNCTION sign_in_end_with_account()",
            ],
            reverse_sql=[
                "DROP TRIGGER end_sign_ins ON orgs_account",
                "DROP FUNCTION sign_in_end_with_account()",
                "DROP TRIGGER ended_for_good ON sign_in_session",
                "DROP FUNCTION sign_in_ended_for_good()",
            ],
        ),
    ]
