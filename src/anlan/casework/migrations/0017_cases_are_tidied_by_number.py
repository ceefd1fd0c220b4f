from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0016_due_on_the_map'),
    ]

    operations = [
        # Maps and lists read an index alone, but for rows that changed since the table was tidied:
        # so many at the most, where a share of ten million would be two million.
        migrations.RunSQL(
            "ALTER TABLE casework_case SET"
            " (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000,"
            " autovacuum_vacuum_insert_scale_factor = 0,"
            " autovacuum_vacuum_insert_threshold = 20000)",
            "ALTER TABLE casework_case RESET"
            " (autovacuum_vacuum_scale_factor, autovacuum_vacuum_threshold,"
            " autovacuum_vacuum_insert_scale_factor, autovacuum_vacuum_insert_threshold)",
        ),
    ]
