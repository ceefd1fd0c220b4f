"""Journeys across slices, and what every test stands on."""
