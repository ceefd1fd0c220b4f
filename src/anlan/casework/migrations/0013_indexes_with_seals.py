"""Lists that read an index alone find the seal of a case in it."""

from django.db import migrations, models

from anlan.kernel.building_indexes import AddIndexBeside


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('casework', '0012_sealed_cases'),
    ]

    operations = [
        AddIndexBeside(
            model_name='case',
            index=models.Index(condition=models.Q(('clock', 'RUNNING'), ('due_at__isnull', False)), fields=['due_at', 'id', 'area'], include=('sealed_to',), name='casework_case_due_seen'),
        ),
        AddIndexBeside(
            model_name='case',
            index=models.Index(condition=models.Q(('listed_at__isnull', False)), fields=['-id', 'area'], include=('sealed_to',), name='casework_case_listed_seen'),
        ),
        AddIndexBeside(
            model_name='case',
            index=models.Index(condition=models.Q(('sealed_to__isnull', False)), fields=['id'], include=('sealed_to', 'incident_id'), name='casework_case_of_seal'),
        ),
    ]
