"""Evaluation: how organisations did what they were given, held against what is usual."""
