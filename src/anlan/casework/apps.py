"""Cases and their catalogue."""

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    """Register the room with Django."""

    name = "anlan.casework"
    label = "casework"
