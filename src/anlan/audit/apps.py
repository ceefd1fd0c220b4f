"""The audit log: leaves by trigger, a sealer, checkpoints that others sign with us."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Register the room with Django."""

    name = "anlan.audit"
    label = "audit"
