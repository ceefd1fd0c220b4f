"""A closure closes roads for everybody, whatever area they see."""

from django.db import migrations

from anlan.kernel.secure_tables import OpenByFunction


class Migration(migrations.Migration):

    dependencies = [
        ("places", "0002_road_closures"),
    ]

    operations = [
        OpenByFunction(
            "places_closures_in_force",
            table="places_road_closure",
            arguments="moment timestamptz",
            condition="ended_at IS NULL AND from_at <= moment"
            " AND (until_at IS NULL OR until_at > moment)",
        ),
    ]
