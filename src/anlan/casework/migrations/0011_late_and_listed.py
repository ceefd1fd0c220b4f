"""Lists of what is late or under listed supervision find their rows in an index alone."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0010_case_becomes_incident'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='case',
            name='casework_case_by_due',
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('clock', 'RUNNING'), ('due_at__isnull', False)), fields=['due_at', 'id', 'area'], name='casework_case_due'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('listed_at__isnull', False)), fields=['-id', 'area'], name='casework_case_listed'),
        ),
    ]
