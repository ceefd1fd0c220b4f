"""Agreements, shares, requests for help."""

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    """Register linked agencies with Django."""

    name = "anlan.dispatch.agencies"
    label = "agencies"
