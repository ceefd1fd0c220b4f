from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('kernel', '0008_whole_replies'),
    ]

    operations = [
        # Each number leaves a dead entry in the index of what waits, and the relay passes them all:
        # so many at the most, where a share of a day's rows would be hundreds of thousands.
        migrations.RunSQL(
            "ALTER TABLE kernel_outbox SET"
            " (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000)",
            "ALTER TABLE kernel_outbox RESET"
            " (autovacuum_vacuum_scale_factor, autovacuum_vacuum_threshold)",
        ),
    ]
