"""What volunteers give hours for."""

from django.apps import AppConfig


class VolunteeringConfig(AppConfig):
    """Register the room with Django."""

    name = "anlan.volunteering"
    label = "volunteering"
