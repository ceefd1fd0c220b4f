import anlan.kernel.identifiers
import anlan.kernel.rows
from django.db import migrations, models

from anlan.kernel.secure_tables import SecureTable


class Migration(migrations.Migration):

    dependencies = [
        ('exchange', '0002_public_warnings'),
    ]

    operations = [
        migrations.CreateModel(
            name='ReceivedIncident',
            fields=[
                ('id', models.UUIDField(default=anlan.kernel.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('area', models.BigIntegerField()),
                ('street', anlan.kernel.rows.StreetField(editable=False)),
                ('agency_id', models.UUIDField()),
                ('external_id', models.CharField(max_length=200)),
                ('issuer', models.CharField(max_length=200)),
                ('report_id', models.UUIDField(null=True)),
                ('changed_at', models.DateTimeField()),
                ('received_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'exchange_received_incident',
                'constraints': [models.UniqueConstraint(fields=('agency_id', 'external_id'), name='exchange_received_incident_once')],
            },
        ),
        SecureTable("exchange_received_incident"),
    ]
