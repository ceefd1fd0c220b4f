"""The index of blocks goes, now that the one of days is built."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('evaluation', '0002_first_outcome_by_index'),
    ]

    operations = [
        migrations.RemoveIndex(model_name='outcome', name='evaluation_outcome_by_day'),
    ]
