"""Streets: offices that call departments up, and their desks."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('orgs', '0005_account_at_door'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='organisation',
            name='orgs_organisation_kind',
        ),
        migrations.RemoveConstraint(
            model_name='account',
            name='orgs_account_role',
        ),
        migrations.AddConstraint(
            model_name='organisation',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['EMERGENCY_CENTRE', 'COORDINATION_CENTRE', 'DEPARTMENT', 'STATION', 'STREET_OFFICE', 'COMMUNITY_OFFICE', 'OPERATOR', 'FIRE_SERVICE', 'AMBULANCE_SERVICE', 'POLICE', 'TRAFFIC_AUTHORITY', 'UTILITY', 'HOSPITAL', 'NEIGHBOUR_CENTRE'])), name='orgs_organisation_kind'),
        ),
        migrations.AddConstraint(
            model_name='account',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', ['CALL_TAKER', 'DISPATCHER', 'SUPERVISOR', 'CREW', 'DEPARTMENT_DESK', 'STREET_DESK', 'GRID_OFFICER', 'ADMINISTRATOR', 'AGENCY_DESK', 'GATEWAY'])), name='orgs_account_role'),
        ),
    ]
