"""Organisations, the staff who sign in, and the units that can be sent."""
