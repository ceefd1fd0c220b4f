"""Streets by how soon the first of many positions can drive there.

One search from all positions at once (Dijkstra 1959, with every position as a source): its cost
depends on the streets within reach, not on how many stand there. The answer is stretches of
street, cut where a limit is reached: it says nothing of the ground between, where nobody drives.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from anlan_engine.compiled import compiled
from anlan_engine.hierarchy.heap import drop_least, push
from anlan_engine.roads.graph import DEGREE_UNITS, MM_BITS, RoadGraph
from anlan_engine.roads.snapping import NO_SEGMENT
from anlan_engine.routing.errors import RoutingError
from anlan_engine.routing.network import FAR, NO_ARC, Network
from anlan_engine.routing.places import Places, placed
from anlan_engine.routing.road_times import RoadTimes

F64 = npt.NDArray[np.float64]
I64 = npt.NDArray[np.int64]
I32 = npt.NDArray[np.int32]
Bool = npt.NDArray[np.bool_]

COORDINATE_DECIMALS = 6  # a tenth of a metre


class Stretches(NamedTuple):
    """Stretches of street in the order of their segments; no two overlap.

    Attributes
    ----------
    segment : int32[n]
    band : int32[n]
        The place of the smallest limit within which the stretch is reached.
    from_mm, to_mm : int64[n]
        Along the segment's shape.
    """

    segment: I32
    band: I32
    from_mm: I64
    to_mm: I64

    def rows(self, which: npt.NDArray[np.generic]) -> "Stretches":
        """Some of the stretches."""
        return Stretches(*(part[which] for part in self))


class Arrivals(NamedTuple):
    """Where streets are come upon, in the order of their segments.

    `ahead` is whether one drives on along the shape; the rest of the way takes `took_ms` for
    `length_mm`.
    """

    segment: I32
    ahead: Bool
    at_mm: I64
    at_ms: I64
    took_ms: I64
    length_mm: I64


def driven_within(times: RoadTimes, positions: F64, limits_s: Sequence[float]) -> Stretches:
    """Find the stretches of street that somebody at one of n positions drives to in time.

    Exact as `RoadTimes.times_from` is, to the millisecond: one-way streets, forbidden turns,
    closures and the way on foot to the street count.

    Parameters
    ----------
    times : RoadTimes
        Under whatever conditions.
    positions : float64[n, 2]
        Longitude, latitude in degrees; those off the network reach nothing.
    limits_s : sequence of float
        Seconds, ascending.

    Raises
    ------
    RoutingError
        INVALID_LIMIT for limits that do not rise or are no numbers above 0, INVALID_POSITION.
    """
    before = 0.0
    for limit_s in limits_s:
        if not before < limit_s < np.inf:
            raise RoutingError(code="INVALID_LIMIT", limit_s=limit_s)
        before = limit_s
    limits_ms = np.array([round(limit_s * 1000) for limit_s in limits_s], np.int64)
    network = times.network
    here = placed(network, positions)
    here = here.rows(np.flatnonzero(here.segment != NO_SEGMENT))
    if not len(limits_ms) or not len(here.segment):
        nothing = np.empty(0, np.int32)
        return Stretches(nothing, nothing, nothing.astype(np.int64), nothing.astype(np.int64))
    came = _came(network, here, int(limits_ms[-1]))
    return Stretches(*_cut(_arrivals(network, here, came), limits_ms))


def lengths_m(stretches: Stretches, limits: int) -> list[float]:
    """Metres of street that are reached within each of so many limits."""
    metres = (stretches.to_mm - stretches.from_mm) / 1000.0
    by_band = np.bincount(stretches.band, metres, minlength=limits)
    return [float(total) for total in np.cumsum(by_band)[:limits]]


def street_m(graph: RoadGraph) -> float:
    """Metres of street in the whole graph, each counted once whichever way one may drive it."""
    return float(graph.shape_mm[graph.segment_first[1:] - 1].sum(dtype=np.int64) / 1000.0)


def drawn_stretches(graph: RoadGraph, stretches: Stretches) -> list[list[list[float]]]:
    """Draw each stretch as a line of longitudes and latitudes, degrees."""
    degrees = graph.shape / DEGREE_UNITS
    return [
        _line(degrees, graph.shape_mm, graph.segment_first[segment : segment + 2], low, high)
        for segment, low, high in zip(
            stretches.segment.tolist(), stretches.from_mm.tolist(), stretches.to_mm.tolist(),
            strict=True,
        )
    ]  # fmt: skip


def _line(degrees: F64, along: I32, bounds: I32, low: int, high: int) -> list[list[float]]:
    points = slice(*bounds.tolist())
    mm, at = along[points], degrees[points]
    inside = (mm > low) & (mm < high)
    ends = np.column_stack([np.interp((low, high), mm, at[:, side]) for side in (0, 1)])
    line: list[list[float]] = (
        np.concatenate([ends[:1], at[inside], ends[1:]]).round(COORDINATE_DECIMALS).tolist()
    )
    return line


def _came(network: Network, here: Places, limit_ms: int) -> I64:
    """Milliseconds to the start of every arc that is turned into: int64[arcs]."""
    rows, sides = np.nonzero(here.arc != NO_ARC)
    arcs = here.arc[rows, sides]
    leaves_ms = (here.foot[rows] + here.after[rows, sides]) >> MM_BITS
    graph, came = network.graph, np.full(network.graph.arcs, FAR, np.int64)
    within = leaves_ms <= limit_ms
    _set_out(graph.turn_first, graph.turn_to, arcs[within], leaves_ms[within], came)
    took_ms = network.cost >> MM_BITS
    _search(graph.turn_first, graph.turn_to, took_ms, network.shut, came, limit_ms)
    return came


@compiled
def _set_out(first: I32, to: I32, begin: I32, leaves_ms: I64, came: I64) -> None:
    """Write down when the arcs are come to that follow some arcs, left at some times."""
    for row in range(len(begin)):
        for turn in range(first[begin[row]], first[begin[row] + 1]):
            came[to[turn]] = min(came[to[turn]], leaves_ms[row])


@compiled
def _search(first: I32, to: I32, took_ms: I64, shut: Bool, came: I64, limit_ms: int) -> None:
    """Search on from every arc that is come to; `came` is completed up to the limit."""
    keys = np.empty(len(to) * 2 + 1, np.int64)
    items = np.empty(len(to) * 2 + 1, np.int32)
    size = 0
    for arc in range(len(came)):
        if came[arc] < FAR:
            size = push(keys, items, size, came[arc], arc)
    while size > 0:
        at_ms, arc = keys[0], items[0]
        size = drop_least(keys, items, size)
        on_ms = at_ms + took_ms[arc]
        if at_ms > came[arc] or shut[arc] or on_ms > limit_ms:
            continue
        for turn in range(first[arc], first[arc + 1]):
            if on_ms < came[to[turn]]:
                came[to[turn]] = on_ms
                size = push(keys, items, size, on_ms, to[turn])


def _arrivals(network: Network, here: Places, came: I64) -> Arrivals:
    """Lay out where streets are come upon: at their ends, and where somebody stands."""
    graph = network.graph
    entered = np.flatnonzero((came < FAR) & ~network.shut).astype(np.int32)
    rows, sides = np.nonzero(here.arc != NO_ARC)
    arc = np.concatenate([entered, here.arc[rows, sides]])
    segment = graph.arc_segment[arc]
    length = graph.shape_mm[graph.segment_first[segment + 1] - 1].astype(np.int64)
    ahead = graph.segment_arc[segment, 0] == graph.arc_plain[arc]
    stands_mm = here.along_mm[rows, sides]
    along = np.concatenate([np.zeros(len(entered), np.int64), stands_mm])
    at_ms = np.concatenate([came[entered], here.foot[rows] >> MM_BITS])
    order = np.argsort(segment, kind="stable")
    at_mm = np.where(ahead, along, length - along)
    took_ms = network.cost[arc] >> MM_BITS
    return Arrivals(
        segment[order],
        ahead[order],
        np.clip(at_mm, 0, length)[order],
        at_ms[order],
        took_ms[order],
        length[order],
    )


@compiled
def _cut(found: Arrivals, limits_ms: I64) -> tuple[I32, I32, I64, I64]:
    """Cut every segment where a limit is reached, and give each part its band."""
    room = len(found.segment) * (len(limits_ms) + 1) + 1
    segment, band = np.empty(room, np.int32), np.empty(room, np.int32)
    low, high = np.empty(room, np.int64), np.empty(room, np.int64)
    size, row = 0, 0
    while row < len(found.segment):
        end = row
        while end < len(found.segment) and found.segment[end] == found.segment[row]:
            end += 1
        cuts = _cuts(found, row, end, limits_ms)
        for place in range(len(cuts) - 1):
            if cuts[place] == cuts[place + 1]:
                continue
            within = _band_at(found, row, end, (cuts[place] + cuts[place + 1]) / 2.0, limits_ms)
            if within == len(limits_ms):
                continue
            if (
                size > 0
                and segment[size - 1] == found.segment[row]
                and band[size - 1] == within
                and high[size - 1] == cuts[place]
            ):
                high[size - 1] = cuts[place + 1]
                continue
            segment[size], band[size] = found.segment[row], within
            low[size], high[size] = cuts[place], cuts[place + 1]
            size += 1
        row = end
    return segment[:size], band[:size], low[:size], high[:size]


@compiled
def _cuts(found: Arrivals, row: int, end: int, limits_ms: I64) -> I64:
    """Where along a segment the band may change, ascending."""
    count = len(limits_ms) + 1
    cuts = np.empty((end - row) * count, np.int64)
    for one in range(row, end):
        base = (one - row) * count
        cuts[base] = found.at_mm[one]
        for place in range(len(limits_ms)):
            left_ms = max(limits_ms[place] - found.at_ms[one], 0)
            gets_mm = left_ms * found.length_mm[one] // max(found.took_ms[one], 1)
            at_mm = found.at_mm[one] + gets_mm if found.ahead[one] else found.at_mm[one] - gets_mm
            cuts[base + 1 + place] = min(max(at_mm, 0), found.length_mm[one])
    cuts.sort()
    return cuts


@compiled
def _band_at(found: Arrivals, row: int, end: int, at_mm: float, limits_ms: I64) -> int:
    """The place of the smallest limit within which a point of a segment is reached."""
    least_ms = np.inf
    for one in range(row, end):
        away_mm = at_mm - found.at_mm[one] if found.ahead[one] else found.at_mm[one] - at_mm
        if away_mm >= 0.0:
            rate = found.took_ms[one] / max(found.length_mm[one], 1)
            least_ms = min(least_ms, found.at_ms[one] + away_mm * rate)
    band = 0
    while band < len(limits_ms) and least_ms > limits_ms[band]:
        band += 1
    return band
