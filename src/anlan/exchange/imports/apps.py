"""Past matters of other systems."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """Register imports with Django."""

    name = "anlan.exchange.imports"
    label = "imports"
