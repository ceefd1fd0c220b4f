import anlan.kernel.identifiers
import anlan.kernel.rows
from django.db import migrations, models

from anlan.kernel.secure_tables import SecureTable


class Migration(migrations.Migration):

    dependencies = [
        ('kernel', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Deadline',
            fields=[
                ('id', models.UUIDField(default=anlan.kernel.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('area', models.BigIntegerField()),
                ('street', anlan.kernel.rows.StreetField(editable=False)),
                ('subject_id', models.UUIDField()),
                ('name', models.CharField(max_length=48)),
                ('due_at', models.DateTimeField()),
                ('facts', models.JSONField(default=dict)),
                ('try_at', models.DateTimeField()),
                ('failures', models.SmallIntegerField(default=0)),
            ],
            options={
                'db_table': 'kernel_deadline',
                'indexes': [models.Index(fields=['try_at'], name='kernel_deadline_next')],
                'constraints': [models.UniqueConstraint(fields=('subject_id', 'name'), name='kernel_deadline_once')],
            },
        ),
        SecureTable("kernel_deadline", deletable=True),
    ]
