"""A report that was joined to the wrong incident may be given to the right one."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("intake", "0001_initial")]

    operations = [
        migrations.RunSQL(
            sql="GRANT UPDATE (incident_id, attached) ON intake_report TO anlan_app",
            reverse_sql="REVOKE UPDATE (incident_id, attached) ON intake_report FROM anlan_app",
        ),
    ]
