"""The indexes that did not hold the seal go, now that those that do are built."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0013_indexes_with_seals'),
    ]

    operations = [
        migrations.RemoveIndex(model_name='case', name='casework_case_due'),
        migrations.RemoveIndex(model_name='case', name='casework_case_listed'),
        ValidateConstraint(model_name='case', name='casework_case_sealed'),
    ]
