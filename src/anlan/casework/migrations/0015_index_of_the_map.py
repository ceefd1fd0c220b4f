"""Maps of open cases, and counts of what was closed, read an index alone."""

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
            index=models.Index(condition=models.Q(('state__in', ['FILED', 'ASSIGNED', 'DISPUTED', 'REPORTED', 'VERIFIED'])), fields=['lat', 'lon', 'area'], include=('id', 'item_code', 'clock', 'due_at', 'sealed_to'), name='casework_case_on_map'),
        ),
        AddIndexBeside(
            model_name='case',
            index=models.Index(condition=models.Q(('state', 'CLOSED')), fields=['closed_at', 'area'], include=('id', 'item_code', 'sealed_to'), name='casework_case_closed'),
        ),
    ]
