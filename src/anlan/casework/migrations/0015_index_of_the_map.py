"""A map of open cases reads an index alone."""

from django.db import migrations, models

from anlan.kernel.building_indexes import AddIndexBeside


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('casework', '0014_without_indexes_of_before'),
    ]

    operations = [
        AddIndexBeside(
            model_name='case',
            index=models.Index(condition=models.Q(('state__in', ['FILED', 'ASSIGNED', 'DISPUTED', 'REPORTED', 'VERIFIED'])), fields=['lat', 'lon', 'area'], include=('id', 'clock', 'due_at', 'sealed_to'), name='casework_case_on_map'),
        ),
    ]
