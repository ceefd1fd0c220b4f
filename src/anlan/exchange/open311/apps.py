"""Service keys, and the addresses of GeoReport v2."""

from django.apps import AppConfig


class Open311Config(AppConfig):
    """Register Open311 with Django."""

    name = "anlan.exchange.open311"
    label = "open311"
