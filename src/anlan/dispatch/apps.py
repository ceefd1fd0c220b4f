"""Incidents, assignments, recommendations and the response clock."""

from django.apps import AppConfig


class DispatchConfig(AppConfig):
    """Register the slice with Django."""

    name = "anlan.dispatch"
    label = "dispatch"
