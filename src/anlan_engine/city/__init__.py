"""City packs: one file with a city's streets, names, sites and map, built from OpenStreetMap."""

from anlan_engine.city.build import ATTRIBUTION, STAGES, CitySummary, Progress, build_city
from anlan_engine.city.errors import CityError
from anlan_engine.city.opened import City, open_city
from anlan_engine.city.search import Found
from anlan_engine.city.sites import SiteRow

__all__ = [
    "ATTRIBUTION",
    "STAGES",
    "City",
    "CityError",
    "CitySummary",
    "Found",
    "Progress",
    "SiteRow",
    "build_city",
    "open_city",
]
