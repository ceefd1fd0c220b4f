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
    """List entries in the order of `ENTRY_KINDS`; addresses by latitude.

    The detail of an entry is its first name in another language, then its address if it is a site,
    else the part of the city it lies in.
    """
    names = list(extract.street_names)
    entries = [
        Entry("PLACE", place.names.local, "", place.lon, place.lat, place.names.every())
        for place in extract.places
    ]
    entries += _streets(names, graph)
    entries += [
        Entry(site.kind, label, site.address, site.lon, site.lat, site.names.every())
        for site in extract.sites
        if (label := site.names.local or site.address)
    ]
    entries += _addresses(extract.addresses, names)
    entries.sort(key=lambda entry: ENTRY_KINDS.index(entry.kind))
    return _with_details(entries, extract.places)


def _with_details(entries: Sequence[Entry], places: Sequence[Place]) -> list[Entry]:
    """Complete the details: another name, and the nearest part of the city."""
    areas = [place for place in places if PLACE_RANKS[place.kind] in AREA_RANKS]
    near = [""] * len(entries)
    if areas and entries:
        areas_at = np.array([(area.lon, area.lat) for area in areas])
        scale = _metres_per_degree(areas_at)
        entries_at = np.array([(entry.lon, entry.lat) for entry in entries])
        metres, rows = KDTree(areas_at * scale).query(entries_at * scale)
        near = [
            areas[row].names.local if away <= NEAR_M else ""
            for away, row in zip(np.asarray(metres), np.asarray(rows), strict=True)
        ]
    return [
        entry._replace(detail=_detail(entry, area))
        for entry, area in zip(entries, near, strict=True)
    ]


def _detail(entry: Entry, area: str) -> str:
    if entry.kind in {"PLACE", "ADDRESS"}:
        return "" if entry.kind == "PLACE" else area
    other = next((name for name in entry.names if name != entry.name), "")
    return " · ".join(part for part in (other, entry.detail or area) if part)


def _metres_per_degree(at: F64) -> F64:
    """Metres per degree of longitude and latitude about the middle of some positions."""
    narrowing = float(np.cos(np.radians(at[:, 1].mean())))
    return np.array([METRES_PER_DEGREE * narrowing, METRES_PER_DEGREE])


def _streets(names: Sequence[Names], graph: RoadGraph) -> Iterator[Entry]:
    """One entry for each street, at its middle; a far-off street of the same name is another."""
    by_name: dict[int, list[int]] = defaultdict(list)
    for segment, name in enumerate(graph.segment_name.tolist()):
        if name != NO_NAME:
            by_name[name].append(segment)
    counts = np.diff(graph.segment_first)
    middle = graph.shape[graph.segment_first[:-1] + counts // 2] / DEGREE_UNITS
    for name, segments in sorted(by_name.items()):
        for at in _groups(middle[segments]):
            lon, lat = at[np.argmin(np.abs(at - at.mean(axis=0)).sum(axis=1))].tolist()
            yield Entry("STREET", names[name].local, "", lon, lat, names[name].every())


def _groups(at: F64) -> list[F64]:
    """Part positions into groups without gaps longer than `SAME_STREET_M`."""
    metres = at * _metres_per_degree(at)
    if (np.ptp(metres, axis=0) <= SAME_STREET_M / 2).all():
        return [at]
    pairs = KDTree(metres).query_pairs(SAME_STREET_M, output_type="ndarray")
    links = coo_array((np.ones(len(pairs), np.int8), pairs.T), shape=(len(at), len(at)))
    count, label = connected_components(links, directed=False)
    return [at[label == group] for group in range(count)]


def _addresses(addresses: Sequence[Address], names: Sequence[Names]) -> Iterator[Entry]:
    """One entry for each house number, found by every name of its street."""
    by_local = {name.local: name for name in reversed(names)}
    once = {
        (one.street, one.number, round(one.lon, 2), round(one.lat, 2)): one
        for one in reversed(addresses)
    }
    for one in sorted(once.values(), key=lambda one: (one.lat, one.lon, one.street, one.number)):
        street = by_local.get(one.street, Names(one.street, "", "", ()))
        found_by = tuple(_numbered(name, one.number) for name in street.every())
        yield Entry("ADDRESS", found_by[0], "", one.lon, one.lat, found_by)


def _numbered(street: str, number: str) -> str:
    """A street and a house number; Chinese is written without a space."""
    space = "" if "\u3400" <= street[-1] <= "\u9fff" else " "
    return f"{street}{space}{number}"
