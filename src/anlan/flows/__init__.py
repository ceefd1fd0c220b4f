"""Joins the slices: a report becomes an incident or a case, a diversion goes there and back."""
