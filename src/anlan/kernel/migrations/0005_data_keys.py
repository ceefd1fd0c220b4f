import anlan.kernel.identifiers
import anlan.kernel.rows
from django.db import migrations, models

from anlan.kernel.secure_tables import SecureTable


class Migration(migrations.Migration):

    dependencies = [
        ('kernel', '0004_outboxreader'),
    ]

    operations = [
        migrations.CreateModel(
            name='DataKey',
            fields=[
                ('id', models.UUIDField(default=anlan.kernel.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('area', models.BigIntegerField()),
                ('street', anlan.kernel.rows.StreetField(editable=False)),
                ('holder', models.CharField(max_length=96)),
                ('made_at', models.DateTimeField()),
                ('master', models.CharField(max_length=48)),
                ('sealed', models.BinaryField()),
            ],
            options={
                'db_table': 'kernel_data_key',
                'indexes': [models.Index(fields=['holder', 'made_at'], name='kernel_data_key_youngest')],
            },
        ),
        SecureTable("kernel_data_key", append_only=True, deletable=True),
    ]
