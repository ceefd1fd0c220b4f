"""The desk's log, hand-overs, after-action notes."""

from django.apps import AppConfig


class ReviewConfig(AppConfig):
    """Register the review with Django."""

    name = "anlan.dispatch.review"
    label = "review"
