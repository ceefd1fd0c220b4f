"""Incidents, the units sent to them, and the clock that runs meanwhile."""
