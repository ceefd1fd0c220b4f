"""Wiring of the rooms."""

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    """Register the project's templates with Django."""

    name = "anlan.project"
    label = "project"
