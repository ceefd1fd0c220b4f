"""List everything in a city that can be searched by name: places, streets, sites, addresses."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import KDTree

from anlan_engine.city.kinds import ENTRY_KINDS
from anlan_engine.city.making.extract import Address, Extract, Place
from anlan_engine.city.making.map_tags import PLACE_RANKS, Names
from anlan_engine.roads import DEGREE_UNITS, NO_NAME, RoadGraph
from anlan_engine.sphere import METRES_PER_DEGREE

F64 = npt.NDArray[np.float64]

NEAR_M = 5000.0
"""A place further away than this is not named as being near."""

SAME_STREET_M = 500.0
"""Stretches of one name with gaps up to about this are one street."""

AREA_RANKS = range(1, 6)
"""Ranks of places that name an area, from city to neighbourhood."""


class Entry(NamedTuple):
    """One thing to find; it is found by any of `names`."""

    kind: str
    name: str
    detail: str
    lon: float
    lat: float
    names: tuple[str, ...]


def list_entries(extract: Extract, graph: RoadGraph) -> list[Entry]:
    """List entries in the order of `ENTRY_KINDS`; addresses by latitude."""
    near = _Surroundings(extract.places)
    names = list(extract.street_names)
    entries = [
        Entry("PLACE", place.names.local, "", place.lon, place.lat, place.names.every())
        for place in extract.places
    ]
    entries += _streets(names, graph, near)
    for site in extract.sites:
        detail = _told(site.names, site.address or near.name(site.lon, site.lat))
        label = site.names.local or site.address
        found_by = site.names.every()
        entries.append(Entry(site.kind, label, detail, site.lon, site.lat, found_by))
    entries += _addresses(extract.addresses, names, near)
    entries = [entry for entry in entries if entry.name]
    return sorted(entries, key=lambda entry: ENTRY_KINDS.index(entry.kind))


class _Surroundings:
    """Names the nearest part of the city."""

    def __init__(self, places: Sequence[Place]) -> None:
        self._places = [place for place in places if PLACE_RANKS[place.kind] in AREA_RANKS]
        at = np.array([(place.lon, place.lat) for place in self._places]).reshape(-1, 2)
        self._narrowing = np.cos(np.radians(at[:, 1].mean())) if len(at) else 1.0
        self._tree = KDTree(self._metres(at))

    def _metres(self, at: F64) -> F64:
        scaled: F64 = at * (METRES_PER_DEGREE * self._narrowing, METRES_PER_DEGREE)
        return scaled

    def name(self, lon: float, lat: float) -> str:
        if not self._places:
            return ""
        metres, row = self._tree.query(self._metres(np.array([lon, lat])))
        return self._places[int(row)].names.local if metres <= NEAR_M else ""


def _told(names: Names, near: str) -> str:
    """A second line: the first name in another language, and where it is."""
    return " · ".join(part for part in (*names.every()[1:2], near) if part)


def _streets(names: Sequence[Names], graph: RoadGraph, near: _Surroundings) -> Iterator[Entry]:
    """One entry for each street, at its middle; a far-off street of the same name is another."""
    by_name: dict[int, list[int]] = defaultdict(list)
    for segment, name in enumerate(graph.segment_name.tolist()):
        if name != NO_NAME:
            by_name[name].append(segment)
    counts = np.diff(graph.segment_first)
    middle = graph.shape[graph.segment_first[:-1] + counts // 2] / DEGREE_UNITS
    for name, segments in sorted(by_name.items()):
        at = middle[segments]
        for group in _groups(at):
            mean = at[group].mean(axis=0)
            lon, lat = at[group][np.argmin(np.abs(at[group] - mean).sum(axis=1))].tolist()
            detail = _told(names[name], near.name(lon, lat))
            yield Entry("STREET", names[name].local, detail, lon, lat, names[name].every())


def _groups(at: F64) -> list[npt.NDArray[np.int64]]:
    """Part positions into groups without gaps longer than `SAME_STREET_M`."""
    narrowing = np.cos(np.radians(at[:, 1].mean()))
    metres = at * (METRES_PER_DEGREE * narrowing, METRES_PER_DEGREE)
    pairs = KDTree(metres).query_pairs(SAME_STREET_M, output_type="ndarray")
    links = coo_array((np.ones(len(pairs), np.int8), pairs.T), shape=(len(at), len(at)))
    count, label = connected_components(links, directed=False)
    return [np.flatnonzero(label == group) for group in range(count)]


def _addresses(
    addresses: Sequence[Address], names: Sequence[Names], near: _Surroundings
) -> Iterator[Entry]:
    """One entry for each house number, found by every name of its street."""
    by_local = {name.local: name for name in reversed(names)}
    once = {
        (one.street, one.number, round(one.lon, 2), round(one.lat, 2)): one
        for one in reversed(addresses)
    }
    for one in sorted(once.values(), key=lambda one: (one.lat, one.lon, one.street, one.number)):
        street = by_local.get(one.street, Names(one.street, "", "", ()))
        found_by = tuple(_numbered(name, one.number) for name in street.every())
        detail = near.name(one.lon, one.lat)
        yield Entry("ADDRESS", found_by[0], detail, one.lon, one.lat, found_by)


def _numbered(street: str, number: str) -> str:
    """A street and a house number; Chinese is written without a space."""
    space = "" if "\u3400" <= street[-1] <= "\u9fff" else " "
    return f"{street}{space}{number}"
