"""What it costs to leave or reach a spot on a segment."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from anlan_engine.roads.graph import MM_BITS, RoadGraph
from anlan_engine.roads.snapping import NO_SEGMENT, Spots
from anlan_engine.routing.spread import NO_ARC

I32 = npt.NDArray[np.int32]
I64 = npt.NDArray[np.int64]

WALK_M_S = 1.4
"""Speed between a position and its street: an adult's comfortable walk (Bohannon 1997)."""

MM_MASK = (1 << MM_BITS) - 1


class Places(NamedTuple):
    """Both ways of being at a spot: one row per position, one column per side of its segment.

    Attributes
    ----------
    arc : int32[n, 2]
        `NO_ARC` where that direction is closed, or the position is off the network.
    along_mm : int64[n, 2]
        Millimetres from the arc's start.
    before, after : int64[n, 2]
        Cost from the arc's start to the spot, and from the spot to the arc's end.
    foot : int64[n]
        Cost between the position and the street.
    """

    arc: I32
    along_mm: I64
    before: I64
    after: I64
    foot: I64


def share_of(time_ms: I64 | int, length_mm: I64 | int, along_mm: I64) -> I64:
    """Milliseconds to drive `along_mm` of an arc, rounded half up: 0 at its start, all at its end.

    All arguments are int64 and broadcast together; lengths are at least 1 mm.
    """
    return (time_ms * along_mm + length_mm // 2) // length_mm


def places_on(graph: RoadGraph, spots: Spots) -> Places:
    """Work out the costs of n spots on a graph."""
    on_network = spots.segment != NO_SEGMENT
    arc = np.where(on_network[:, np.newaxis], graph.segment_arc[spots.segment], NO_ARC)
    cost = graph.arc_cost[arc]
    time_ms, length_mm = cost >> MM_BITS, cost & MM_MASK
    along = spots.along_mm.astype(np.int64)[:, np.newaxis]
    along_mm = np.where([True, False], along, length_mm - along)
    before = (share_of(time_ms, length_mm, along_mm) << MM_BITS) | along_mm
    away_mm = np.rint(np.where(on_network, spots.away_m, 0.0) * 1000.0).astype(np.int64)
    foot = (np.rint(away_mm / WALK_M_S).astype(np.int64) << MM_BITS) | away_mm
    return Places(arc.astype(np.int32), along_mm, before, cost - before, foot)
