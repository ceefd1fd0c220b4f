"""Keys of connected systems: those of Open311 move here (its own migration brings them)."""

import anlan.kernel.identifiers
import anlan.kernel.rows
import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

from anlan.kernel.secure_tables import SecureTable


class Migration(migrations.Migration):

    dependencies = [
        ('orgs', '0007_auditor'),
        ('sign_in', '0004_providers'),
    ]

    operations = [
        migrations.CreateModel(
            name='ServiceKey',
            fields=[
                ('id', models.UUIDField(default=anlan.kernel.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('area', models.BigIntegerField()),
                ('street', anlan.kernel.rows.StreetField(editable=False)),
                ('label', models.CharField(max_length=80, unique=True)),
                ('digest', models.BinaryField(max_length=32, unique=True)),
                ('permissions', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=48), size=None)),
                ('added_by', models.CharField(max_length=64)),
                ('added_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('last_used_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='orgs.organisation')),
            ],
            options={
                'db_table': 'sign_in_service_key',
                'constraints': [
                    models.CheckConstraint(name='sign_in_service_key_holds_something', condition=Q(permissions__len__gt=0)),
                    models.CheckConstraint(name='sign_in_service_key_expires', condition=Q(expires_at__gt=F('added_at'))),
                ],
            },
        ),
        SecureTable("sign_in_service_key", append_only=True),
        migrations.RunSQL(
            sql=[
                # A key is used and ended, never changed: another one is made instead.
                "GRANT UPDATE (last_used_at, ended_at) ON sign_in_service_key TO anlan_app",
                "ALTER TABLE sign_in_service_key ADD CONSTRAINT sign_in_service_key_a_year_at_most"
                " CHECK (expires_at <= added_at + interval '366 days')",
                "CREATE TRIGGER ended_for_good BEFORE UPDATE OF ended_at ON sign_in_service_key"
                " FOR EACH ROW WHEN (OLD.ended_at IS NOT NULL)"
                " EXECUTE FUNCTION sign_in_ended_for_good()",
            ],
            reverse_sql="DROP TRIGGER ended_for_good ON sign_in_service_key",
        ),
    ]
