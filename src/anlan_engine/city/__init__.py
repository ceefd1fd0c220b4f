"""City packs: one file with a city's streets, names, sites and map.

Packs are opened here and made in :mod:`anlan_engine.city.making`.
"""

from anlan_engine.city.errors import CityError
from anlan_engine.city.opened import City, open_city
from anlan_engine.city.search import Found
from anlan_engine.city.sites import SiteRow

__all__ = ["City", "CityError", "Found", "SiteRow", "open_city"]
