"""What a plan stands on when no table says otherwise: the city's own sites and streets."""

from pathlib import Path

import numpy as np

from anlan.kernel.text_files import data_folder
from anlan.places.city_pack import SAMPLE
from anlan.project.planning.errors import NothingToPlanError
from anlan.project.planning.tables import Places
from anlan_engine.city import City, open_city
from anlan_engine.roads import DEGREE_UNITS
from anlan_engine.sphere import METRES_PER_DEGREE

SQUARE_M = 100.0
"""Side of the squares that streets are counted in."""

SQUARES_MAX = 20_000
"""In a larger city the side is doubled until there are no more."""

POST_KINDS = (
    "FIRE_STATION", "POLICE_STATION", "AMBULANCE_STATION", "HOSPITAL", "PUBLIC_OFFICE",
    "SOCIAL_SERVICE", "SCHOOL", "TRANSPORT",
)  # fmt: skip
"""Sites at which a post could stand: there is a public building, and somebody in it."""


def opened(pack: Path | None) -> City:
    """Open the pack that is named, else the sample city."""
    return open_city(pack or data_folder() / SAMPLE)


def public_sites(city: City) -> Places:
    """Give the city's public buildings as places for posts."""
    sites = [site for kind in POST_KINDS for site in city.sites.of_kind(kind)]
    if not sites:
        raise NothingToPlanError(what="the city's public sites")
    names = tuple(site.name or site.address or str(row) for row, site in enumerate(sites, 1))
    return Places(names, np.array([(site.lon, site.lat) for site in sites]), {})


def street_squares(city: City) -> Places:
    """Give the city's streets as demand: one place for each square with streets.

    The squares have sides of `SQUARE_M`, doubled until there are at most `SQUARES_MAX`. A weight is
    the length of the streets in a square, in kilometres, counted at the middle of each segment; the
    place is the middle of its longest segment. It stands for no count of calls: it says where
    people could be, and is the stand-in until counts are given.
    """
    graph = city.graph
    first, last = graph.segment_first[:-1], graph.segment_first[1:] - 1
    if not len(first):
        raise NothingToPlanError(what="the city's streets")
    length_mm = graph.shape_mm[last].astype(np.int64)
    middle = _middles(graph.shape, graph.shape_mm, first, last)
    squeeze = np.cos(np.radians(middle[:, 1].mean()))
    metres = (middle - middle.min(axis=0)) * METRES_PER_DEGREE * (squeeze, 1.0)
    square, side_m = _squares(metres, SQUARE_M), SQUARE_M
    while len(np.unique(square)) > SQUARES_MAX:
        side_m *= 2
        square = _squares(metres, side_m)
    order = np.lexsort((-length_mm, square))
    _, at, number = np.unique(square[order], return_index=True, return_inverse=True)
    weight = np.bincount(number, weights=length_mm[order] / 1e6).astype(np.float64)
    names = tuple(str(each) for each in range(1, len(at) + 1))
    return Places(names, middle[order][at], {"weight": weight})


def _squares(metres: np.ndarray, side_m: float) -> np.ndarray:
    """Number the square that holds each position."""
    column, row = np.floor(metres / side_m).astype(np.int64).T
    numbered: np.ndarray = row * (int(column.max()) + 1) + column
    return numbered


def _middles(
    shape: np.ndarray, shape_mm: np.ndarray, first: np.ndarray, last: np.ndarray
) -> np.ndarray:
    """Give the shape point nearest to half of each segment, as (lon, lat)."""
    base = np.repeat(np.cumsum(shape_mm[last].astype(np.int64)) - shape_mm[last], last - first + 1)
    half = np.cumsum(shape_mm[last].astype(np.int64)) - shape_mm[last] // 2
    point = np.searchsorted(base + shape_mm, half)
    middles: np.ndarray = shape[np.clip(point, first, last)] / DEGREE_UNITS
    return middles
