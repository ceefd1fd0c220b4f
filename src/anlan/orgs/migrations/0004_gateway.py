from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('orgs', '0003_shifts_and_duty'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='account',
            name='orgs_account_role',
        ),
        migrations.AddConstraint(
            model_name='account',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', ['CALL_TAKER', 'DISPATCHER', 'SUPERVISOR', 'CREW', 'DEPARTMENT_DESK', 'GRID_OFFICER', 'ADMINISTRATOR', 'AGENCY_DESK', 'GATEWAY'])), name='orgs_account_role'),
        ),
    ]
