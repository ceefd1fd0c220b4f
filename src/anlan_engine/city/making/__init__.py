"""Making a city pack from OpenStreetMap. Apart from the opened pack: it loads much more."""

from anlan_engine.city.making.build import ATTRIBUTION, STAGES, CitySummary, Progress, build_city

__all__ = ["ATTRIBUTION", "STAGES", "CitySummary", "Progress", "build_city"]
