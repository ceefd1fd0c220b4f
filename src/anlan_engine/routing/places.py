"""Positions as places on the network: what it costs to leave or reach them in each direction."""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from anlan_engine.roads.graph import MM_BITS
from anlan_engine.roads.snapping import NO_SEGMENT, Spots, snap
from anlan_engine.routing.errors import RoutingError
from anlan_engine.routing.network import MM_MASK, NO_ARC, Network

F64 = npt.NDArray[np.float64]
I32 = npt.NDArray[np.int32]
I64 = npt.NDArray[np.int64]
Bool = npt.NDArray[np.bool_]

WALK_M_S = 1.4
"""Speed between a position and its street: an adult's comfortable walk (Bohannon 1997)."""

REACH_M = 500.0
"""A position further than this from every street is off the network."""

THE_PLACE = -1
"""Index of a single position in INVALID_POSITION."""


class Places(NamedTuple):
    """Both ways of being at a spot: one row per position, one column per side of its segment.

    Attributes
    ----------
    segment : int32[n]
        `NO_SEGMENT` where the position is off the network.
    arc : int32[n, 2]
        The plain arcs that may be driven from (or to) here; `NO_ARC` for none.
    along_mm : int64[n, 2]
        Millimetres from the arc's start.
    before, after : int64[n, 2]
        Cost from the arc's start to the spot, and from the spot to the arc's end.
    foot : int64[n]
        Cost between the position and the street.
    stuck : bool[n]
        On a segment that is closed in every direction the map allows: these may be driven to the
        place and from it, but not through.
    """

    segment: I32
    arc: I32
    along_mm: I64
    before: I64
    after: I64
    foot: I64
    stuck: Bool

    def rows(self, which: npt.NDArray[np.generic]) -> "Places":
        """Some of the places."""
        return Places(*(part[which] for part in self))

    def replaced(self, which: npt.NDArray[np.generic], others: "Places") -> "Places":
        """The places with others in some rows."""
        parts: list[npt.NDArray[Any]] = [part.copy() for part in self]
        for part, other in zip(parts, others, strict=True):
            part[which] = other
        return Places(*parts)


def share_of(time_ms: I64 | int, length_mm: I64 | int, along_mm: I64) -> I64:
    """Milliseconds to drive `along_mm` of an arc, rounded half up: 0 at its start, all at its end.

    All arguments are int64 and broadcast together; lengths are at least 1 mm.
    """
    return (time_ms * along_mm + length_mm // 2) // length_mm


def placed(network: Network, positions: F64, *, first_index: int = 0) -> Places:
    """Put positions onto their nearest streets, closed or not.

    Raises
    ------
    RoutingError
        INVALID_POSITION, naming the row plus `first_index`.
    """
    table = np.asarray(positions, np.float64).reshape(-1, 2)
    valid = (np.abs(table) <= (180.0, 90.0)).all(axis=1)  # False for NaN
    if not valid.all():
        row = int(np.argmin(valid))
        lon, lat = table[row].tolist()
        raise RoutingError(code="INVALID_POSITION", index=row + first_index, lon=lon, lat=lat)
    return _priced(network, snap(network.graph, table, REACH_M))


def placed_one(network: Network, lon: float, lat: float) -> Places:
    """Put a single position onto its street: INVALID_POSITION, OFF_NETWORK."""
    place = placed(network, np.array([[lon, lat]], np.float64), first_index=THE_PLACE)
    if place.segment[0] == NO_SEGMENT:
        raise RoutingError(code="OFF_NETWORK", reach_m=REACH_M, lon=float(lon), lat=float(lat))
    return place


def _priced(network: Network, spots: Spots) -> Places:
    """Work out the costs of n spots."""
    graph, segment = network.graph, spots.segment
    on_network = segment != NO_SEGMENT
    mapped = np.where(on_network[:, np.newaxis], graph.segment_arc[segment], NO_ARC)
    is_open = (mapped != NO_ARC) & ~network.shut[mapped]
    stuck = on_network & ~is_open.any(axis=1)
    arc = np.where(is_open | stuck[:, np.newaxis], mapped, NO_ARC)
    cost = network.cost[arc]
    time_ms, length_mm = cost >> MM_BITS, cost & MM_MASK
    along = spots.along_mm.astype(np.int64)[:, np.newaxis]
    along_mm = np.where([True, False], along, length_mm - along)
    before = (share_of(time_ms, length_mm, along_mm) << MM_BITS) | along_mm
    away_mm = np.rint(np.where(on_network, spots.away_m, 0.0) * 1000.0).astype(np.int64)
    foot = (np.rint(away_mm / WALK_M_S).astype(np.int64) << MM_BITS) | away_mm
    return Places(segment, arc.astype(np.int32), along_mm, before, cost - before, foot, stuck)
