"""What is sealed is found by its index from the first row on.

A table that was never counted is taken to be full of sealed cases, so that the first of them would
be found at once: every statement that asks then read all cases, and found none. The plan is kept
until the table is counted.
"""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0013_indexes_with_seals'),
        ('flows', '0001_sealed_subjects'),
    ]

    operations = [
        migrations.RunSQL(
            "ALTER FUNCTION flows_sealed_subjects() SET enable_seqscan = off",
            "ALTER FUNCTION flows_sealed_subjects() RESET enable_seqscan",
        ),
    ]
