"""Organisations, staff and units."""

from django.apps import AppConfig


class OrgsConfig(AppConfig):
    """Register the room with Django."""

    name = "anlan.orgs"
    label = "orgs"
