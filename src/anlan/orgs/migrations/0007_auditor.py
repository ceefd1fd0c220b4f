"""Auditors, who read the audit log and nothing else."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('orgs', '0006_street_offices'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='account',
            name='orgs_account_role',
        ),
        migrations.AddConstraint(
            model_name='account',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', ['CALL_TAKER', 'DISPATCHER', 'SUPERVISOR', 'CREW', 'DEPARTMENT_DESK', 'STREET_DESK', 'GRID_OFFICER', 'ADMINISTRATOR', 'AGENCY_DESK', 'GATEWAY', 'AUDITOR'])), name='orgs_account_role'),
        ),
    ]
