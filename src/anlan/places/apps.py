"""Jurisdictions, grid cells, sites and roads."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """Register the room with Django."""

    name = "anlan.places"
    label = "places"
