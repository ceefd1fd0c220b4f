"""The kernel's own tables: outbox, kept replies, looks at protected fields."""

from django.apps import AppConfig


class KernelConfig(AppConfig):
    """Register the kernel with Django."""

    name = "anlan.kernel"
    label = "kernel"
