"""The day of the first outcome is found by an index, however many came after it."""

from django.db import migrations, models

from anlan.kernel.building_indexes import AddIndexBeside


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('evaluation', '0001_initial'),
    ]

    operations = [
        AddIndexBeside(
            model_name='outcome',
            index=models.Index(fields=['closed_on'], name='evaluation_outcome_closed_on'),
        ),
    ]
