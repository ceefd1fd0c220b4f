"""Make a road graph from streets: segments, arcs, turns, one connected whole, a snapping grid."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from anlan_engine.roads.chains import Chain, StreetWay, chains
from anlan_engine.roads.graph import DEGREE_UNITS, MM_BITS, RoadGraph
from anlan_engine.roads.grid import snapping_grid
from anlan_engine.roads.turns import ArcEnds, TurnRule, allowed_turns
from anlan_engine.sphere import distance_m

__all__ = ["RoadParts", "StreetWay", "TurnRule", "build_graph"]

I32 = npt.NDArray[np.int32]
I64 = npt.NDArray[np.int64]
Bool = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class RoadParts:
    """A graph and what was left out of it.

    Attributes
    ----------
    graph : RoadGraph
    kept_share : float
        Share of the drivable street length (each direction counts) that is in the graph; the rest
        could not be reached from it or could not reach it.
    rules_unused : int
        Turn rules that matched no pair of streets.
    """

    graph: RoadGraph
    kept_share: float
    rules_unused: int


@dataclass(frozen=True, slots=True)
class _Segments:
    """All segments before the unreachable ones are left out."""

    first: I32
    shape: I32
    shape_mm: I32
    node_at: I32
    source_node: I64
    end_node: I32
    name: I32
    way: I64
    kmh: npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Arcs:
    """All arcs: `side` 0 runs along its segment's shape, 1 against it."""

    segment: I32
    side: I32
    twin: I32
    cost: I64

    def end(self, of_segments: npt.NDArray[np.generic], *, last: bool) -> I64:
        """Look up a two-column table of segments at the arcs' first or last end."""
        column = 1 - self.side if last else self.side
        picked: I64 = of_segments[self.segment, column].astype(np.int64)
        return picked


def build_graph(
    ways: Sequence[StreetWay], node_at: Mapping[int, tuple[int, int]], rules: Sequence[TurnRule]
) -> RoadParts:
    """Build the largest part of the network in which every arc can reach every other.

    Parameters
    ----------
    ways : sequence of StreetWay
    node_at : mapping of int to (int, int)
        Longitude, latitude of every node the ways name, in `DEGREE_UNITS`.
    rules : sequence of TurnRule

    Returns
    -------
    RoadParts
        With an empty graph where no way can be driven.

    Notes
    -----
    Connectivity is judged on arcs and turns, not on nodes: a node-based component may hold streets
    that the turn rules cut off. Strong components by SciPy (Pearce 2005).
    """
    segments = _segments(chains(ways, (rule.via_node for rule in rules)), node_at)
    arcs = _arcs(segments)
    ends = ArcEnds(
        tail=arcs.end(segments.source_node[segments.end_node], last=False),
        head=arcs.end(segments.source_node[segments.end_node], last=True),
        first_way=arcs.end(segments.way, last=False),
        last_way=arcs.end(segments.way, last=True),
        twin=arcs.twin,
    )
    before, after, unused = allowed_turns(ends, rules)
    kept = _largest_component(before, after, arcs.cost)
    total = int((arcs.cost & ((1 << MM_BITS) - 1)).sum())
    kept_mm = int((arcs.cost[kept] & ((1 << MM_BITS) - 1)).sum())
    graph = _assemble(segments, arcs, kept, before, after)
    return RoadParts(graph, kept_mm / total if total else 0.0, unused)


def _segments(runs: list[Chain], node_at: Mapping[int, tuple[int, int]]) -> _Segments:
    """Lay chains out as arrays and measure them."""
    counts = np.array([len(run.nodes) for run in runs], np.int64)
    first = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
    at = [node_at[node] for run in runs for node in run.nodes]
    shape = np.array(at, np.int32).reshape(-1, 2)
    ends = np.array([(run.nodes[0], run.nodes[-1]) for run in runs], np.int64).reshape(-1, 2)
    source_node, end_node = np.unique(ends, return_inverse=True)
    places = [node_at[node] for node in source_node.tolist()]
    return _Segments(
        first=first,
        shape=shape,
        shape_mm=_along_mm(shape, first),
        node_at=np.array(places, np.int32).reshape(-1, 2),
        source_node=source_node,
        end_node=end_node.reshape(-1, 2).astype(np.int32),
        name=np.array([run.name for run in runs], np.int32),
        way=np.array([(run.first_way, run.last_way) for run in runs], np.int64).reshape(-1, 2),
        kmh=np.array([(run.forward_kmh, run.backward_kmh) for run in runs]).reshape(-1, 2),
    )


def _along_mm(shape: I32, first: I32) -> I32:
    """Millimetres along each segment; a segment is never shorter than one millimetre."""
    if not len(shape):
        return np.zeros(0, np.int32)
    lon, lat = (shape / DEGREE_UNITS).T
    steps = np.zeros(len(shape))
    steps[1:] = distance_m(lon[:-1], lat[:-1], lon[1:], lat[1:]) * 1000.0
    steps[first[:-1]] = 0.0
    run = np.cumsum(steps)
    along = np.rint(run - np.repeat(run[first[:-1]], np.diff(first))).astype(np.int32)
    last = first[1:] - 1
    along[last] = np.maximum(along[last], 1)
    return along


def _arcs(segments: _Segments) -> _Arcs:
    """Make an arc of every direction that is open."""
    segment, side = np.nonzero(segments.kmh > 0)
    number = np.full(segments.kmh.shape, -1, np.int32)
    number[segment, side] = np.arange(len(segment), dtype=np.int32)
    length_mm = segments.shape_mm[segments.first[1:] - 1].astype(np.int64)[segment]
    # mm / (km/h) = 3.6e-6 h = 3.6 ms
    time_ms = np.maximum(np.rint(length_mm * 3.6 / segments.kmh[segment, side]), 1).astype(np.int64)
    return _Arcs(
        segment=segment.astype(np.int32),
        side=side.astype(np.int32),
        twin=number[segment, 1 - side],
        cost=(time_ms << MM_BITS) | length_mm,
    )


def _largest_component(before: I32, after: I32, cost: I64) -> Bool:
    """Mark the arcs of the strong component with the greatest length."""
    arcs = len(cost)
    if not arcs:
        return np.zeros(0, np.bool_)
    links = coo_array((np.ones(len(before), np.int8), (before, after)), shape=(arcs, arcs))
    _, label = connected_components(links, directed=True, connection="strong")
    length = np.bincount(label, weights=(cost & ((1 << MM_BITS) - 1)).astype(np.float64))
    # A lone arc without a turn back onto itself is a component too, but no network.
    looped = np.bincount(label[before[label[before] == label[after]]], minlength=len(length)) > 0
    if not looped.any():
        return np.zeros(arcs, np.bool_)
    largest: Bool = label == np.argmax(np.where(looped, length, -1.0))
    return largest


def _renumbered(kept: Bool) -> I32:
    """New numbers for what is kept; -1 for the rest, and for row -1."""
    number = np.where(kept, np.cumsum(kept) - 1, -1)
    return np.append(number, -1).astype(np.int32)


def _assemble(segments: _Segments, arcs: _Arcs, kept: Bool, before: I32, after: I32) -> RoadGraph:
    """Leave out what is not kept and number the rest anew."""
    new_arc = _renumbered(kept)
    used = np.zeros(len(segments.name), np.bool_)
    used[arcs.segment[kept]] = True
    new_segment = _renumbered(used)
    at_node = np.zeros(len(segments.node_at), np.bool_)
    at_node[segments.end_node[used]] = True
    new_node = _renumbered(at_node)

    by_side = np.full((len(used), 2), -1, np.int32)
    by_side[arcs.segment, arcs.side] = np.arange(len(kept), dtype=np.int32)
    in_use = np.repeat(used, np.diff(segments.first))
    counts = np.diff(segments.first)[used]
    first = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
    shape = segments.shape[in_use]
    turn_kept = kept[before] & kept[after]
    before, after = new_arc[before[turn_kept]], new_arc[after[turn_kept]]
    backward = np.lexsort((before, after))
    arc_count = int(kept.sum())
    grid = snapping_grid(shape, first)
    return RoadGraph(
        node_at=segments.node_at[at_node],
        segment_first=first,
        segment_name=segments.name[used],
        segment_arc=new_arc[by_side[used]],
        shape=shape,
        shape_mm=segments.shape_mm[in_use],
        arc_segment=new_segment[arcs.segment[kept]],
        arc_tail=new_node[arcs.end(segments.end_node, last=False)[kept]],
        arc_head=new_node[arcs.end(segments.end_node, last=True)[kept]],
        arc_cost=arcs.cost[kept],
        turn_first=_offsets(before, arc_count),
        turn_to=after,
        back_first=_offsets(after[backward], arc_count),
        back_from=before[backward],
        grid_box=grid.box,
        grid_size=grid.size,
        grid_first=grid.first,
        grid_point=grid.point,
    )


def _offsets(rows: I32, count: int) -> I32:
    """Where each row's entries begin in a list sorted by row."""
    return np.searchsorted(rows, np.arange(count + 1)).astype(np.int32)
