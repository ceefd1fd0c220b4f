"""What is due first within a box of the map, and what is with dispatch: found by an index."""

from django.db import migrations, models

from anlan.kernel.building_indexes import AddIndexBeside


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('casework', '0015_index_of_the_map'),
    ]

    operations = [
        AddIndexBeside(
            model_name='case',
            index=models.Index(condition=models.Q(('state__in', ['FILED', 'ASSIGNED', 'DISPUTED', 'REPORTED', 'VERIFIED'])), fields=['due_at', 'id', 'area'], include=('sealed_to', 'lat', 'lon'), name='casework_case_due_on_map'),
        ),
        AddIndexBeside(
            model_name='case',
            index=models.Index(condition=models.Q(('incident_id__isnull', False)), fields=['-id'], name='casework_case_of_incident'),
        ),
    ]
