"""Places of the installed city by what people type or say; the index is made once a process."""

import re
from contextlib import suppress
from functools import cache, lru_cache

from anlan.kernel.errors import InvalidError
from anlan.places.city_pack import city
from anlan.places.errors import CityMissingError
from anlan_engine.city.finding import Match, PlaceFinder, Point, Spotted, Spotter

FOUND_LIMIT = 10
ADDRESSES_KEPT = 1_000
POINT = re.compile(r"(-?\d{1,3}(?:\.\d{1,15})?),(-?\d{1,2}(?:\.\d{1,15})?)", re.ASCII)


@cache
def _finder() -> PlaceFinder:
    return PlaceFinder(city())


@cache
def _spotter() -> Spotter:
    return Spotter(_finder())


def warm_up() -> None:
    """Make the index now, so that the first search waits for nothing; without a city do nothing."""
    with suppress(CityMissingError):
        _spotter()


def find_places(text: str, near: Point | None = None, limit: int = FOUND_LIMIT) -> list[Match]:
    """Return places by name, address or crossing, best first; see `PlaceFinder.find`.

    Raises `CityMissingError` where no city is installed.
    """
    return _finder().find(text, near, limit)


def places_in(line: str, near: Point | None = None) -> list[Spotted]:
    """Return the places that a line of speech names, with its words; see `Spotter.spot`.

    Raises `CityMissingError` where no city is installed.
    """
    return _spotter().spot(line, near)


def address_of(lon: float, lat: float) -> str:
    """Return the nearest house number or street; empty where none is near, or no city is there."""
    with suppress(CityMissingError):
        return _address_of(lon, lat)
    return ""


@lru_cache(maxsize=ADDRESSES_KEPT)
def _address_of(lon: float, lat: float) -> str:
    return city().address_at(lon, lat)


def point_in(text: str) -> Point:
    """Read `lon,lat` in degrees; raise `InvalidError` for anything else."""
    found = POINT.fullmatch(text)
    if found is None or abs(float(found[1])) > 180 or abs(float(found[2])) > 90:
        raise InvalidError(field="near", rule="lon_lat_degrees")
    return float(found[1]), float(found[2])
