"""What people report."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """Register the room with Django."""

    name = "anlan.intake"
    label = "intake"
