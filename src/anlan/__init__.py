"""Anlan: public-safety operations for a city, from the first report to the closed case."""

__version__ = "0.1.0"
