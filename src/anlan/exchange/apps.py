"""Webhooks, and incidents, warnings and logs in standard forms."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Register the room with Django."""

    name = "anlan.exchange"
    label = "exchange"
