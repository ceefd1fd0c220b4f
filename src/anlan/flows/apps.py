"""Joins of the slices and the public pages."""

from django.apps import AppConfig


class FlowsConfig(AppConfig):
    """Register the room, and its templates, with Django."""

    name = "anlan.flows"
    label = "flows"
