"""The installed city pack: its roads, names and tiles, opened once a process."""

from functools import cache
from pathlib import Path

import numpy as np
from django.conf import settings

from anlan.kernel.text_files import data_folder
from anlan.places.errors import CityMissingError
from anlan_engine.city import City, CityError, open_city
from anlan_engine.routing import RoadTimes, RoutingError

SAMPLE = "cities/helsinki.city"


def pack_path() -> Path:
    """Return the city pack of this installation: the one set by `ANLAN_CITY`, else the sample."""
    return Path(settings.CITY_PACK) if settings.CITY_PACK else data_folder() / SAMPLE


@cache
def city() -> City:
    """Return the installed city; raise `CityMissingError` when it cannot be opened."""
    try:
        return open_city(pack_path())
    except (CityError, OSError) as error:
        raise CityMissingError(reason=type(error).__name__) from error


@cache
def road_times() -> RoadTimes:
    """Return travel times on the installed city's roads."""
    return city().road_times


def warm_up() -> None:
    """Open the city and ask one travel time, so that no first call pays for it.

    Without a city pack there is nothing to warm: each call says so by itself.
    """
    try:
        lon, lat = city().meta["centre"]
        road_times().times_to(lon, lat, np.array([[lon, lat]]))
    except (CityMissingError, RoutingError):
        return
