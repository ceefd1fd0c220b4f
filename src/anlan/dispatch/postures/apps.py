"""Postures and the studies that compare them."""

from django.apps import AppConfig


class PosturesConfig(AppConfig):
    """Register postures with Django."""

    name = "anlan.dispatch.postures"
    label = "postures"
