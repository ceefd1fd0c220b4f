"""Finding places in what people say: with typing errors, by sound, at crossings, inside a line.

Imported by whoever finds places, not by whoever opens a city: it brings libraries of its own.
"""

from anlan_engine.city.finding.finder import Match, PlaceFinder, Point
from anlan_engine.city.finding.spotting import Spotted, Spotter

__all__ = ["Match", "PlaceFinder", "Point", "Spotted", "Spotter"]
