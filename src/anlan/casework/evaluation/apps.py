"""Evaluation of organisations; never of persons."""

from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    """Register the evaluation with Django."""

    name = "anlan.casework.evaluation"
    label = "evaluation"
