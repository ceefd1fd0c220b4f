"""Providers of departments: linked by administrators alone, within one organisation."""

import anlan.kernel.identifiers
import anlan.kernel.rows
import django.db.models.deletion
from django.db import migrations, models

from anlan.kernel.secure_tables import SecureTable

WITHIN_ORGANISATION = """
    CREATE FUNCTION sign_in_link_within_organisation() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp AS $body$
    BEGIN
        IF NOT EXISTS (
            SELECT FROM orgs_account a JOIN sign_in_provider p USING (organisation_id)
            WHERE a.id = NEW.account_id AND p.id = NEW.provider_id
        ) THEN
            RAISE EXCEPTION 'a provider speaks for the accounts of its own organisation alone'
                USING ERRCODE = 'check_violation',
                    CONSTRAINT = 'sign_in_link_within_organisation';
        END IF;
        RETURN NEW;
    END
    $body$
"""


class Migration(migrations.Migration):

    dependencies = [
        ('orgs', '0007_auditor'),
        ('sign_in', '0003_care'),
    ]

    operations = [
        migrations.CreateModel(
            name='Provider',
            fields=[
                ('id', models.UUIDField(default=anlan.kernel.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('area', models.BigIntegerField()),
                ('street', anlan.kernel.rows.StreetField(editable=False)),
                ('code', models.CharField(max_length=48, unique=True)),
                ('name_zh', models.CharField(max_length=120)),
                ('name_en', models.CharField(max_length=120)),
                ('issuer', models.CharField(max_length=300)),
                ('client_id', models.CharField(max_length=200)),
                ('sealed_secret', models.BinaryField()),
                ('redirect_uri', models.CharField(max_length=300)),
                ('subject_claim', models.CharField(max_length=48)),
                ('active', models.BooleanField(default=True)),
                ('added_at', models.DateTimeField()),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='orgs.organisation')),
            ],
            options={
                'db_table': 'sign_in_provider',
            },
        ),
        migrations.CreateModel(
            name='ProviderLink',
            fields=[
                ('id', models.UUIDField(default=anlan.kernel.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('area', models.BigIntegerField()),
                ('street', anlan.kernel.rows.StreetField(editable=False)),
                ('subject_digest', models.BinaryField(max_length=32)),
                ('linked_at', models.DateTimeField()),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='orgs.account')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='sign_in.provider')),
            ],
            options={
                'db_table': 'sign_in_provider_link',
                'constraints': [models.UniqueConstraint(fields=('provider', 'subject_digest'), name='sign_in_one_account_of_a_subject'), models.UniqueConstraint(fields=('provider', 'account'), name='sign_in_one_subject_of_an_account')],
            },
        ),
        migrations.CreateModel(
            name='ProviderTry',
            fields=[
                ('id', models.UUIDField(default=anlan.kernel.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('area', models.BigIntegerField()),
                ('street', anlan.kernel.rows.StreetField(editable=False)),
                ('state_digest', models.BinaryField(max_length=32, unique=True)),
                ('handle_digest', models.BinaryField(max_length=32)),
                ('ends_at', models.DateTimeField()),
                ('account', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='orgs.account')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='sign_in.provider')),
            ],
            options={
                'db_table': 'sign_in_provider_try',
                'indexes': [models.Index(fields=['ends_at'], name='sign_in_provider_try_ends')],
            },
        ),
        SecureTable("sign_in_provider"),
        SecureTable("sign_in_provider_link", append_only=True, deletable=True),
        SecureTable("sign_in_provider_try", append_only=True, deletable=True),
        migrations.RunSQL(
            sql=[
                # Locked while it is answered, so that an answer counts once; it never changes.
                "GRANT UPDATE (ends_at) ON sign_in_provider_try TO anlan_app",
                WITHIN_ORGANISATION,
                "REVOKE ALL ON FUNCTION sign_in_link_within_organisation() FROM PUBLIC",
                "CREATE TRIGGER within_organisation BEFORE INSERT ON sign_in_provider_link"
                " FOR EACH ROW EXECUTE FUNCTION sign_in_link_within_organisation()",
            ],
            reverse_sql=[
                "DROP TRIGGER within_organisation ON sign_in_provider_link",
                "DROP FUNCTION sign_in_link_within_organisation()",
            ],
        ),
    ]
