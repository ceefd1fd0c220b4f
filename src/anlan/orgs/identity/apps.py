"""Sign-ins and what proves who somebody is."""

from django.apps import AppConfig


class IdentityConfig(AppConfig):
    """Register the room with Django."""

    name = "anlan.orgs.identity"
    label = "sign_in"
