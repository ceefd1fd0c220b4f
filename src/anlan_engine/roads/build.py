"""Make a road graph from streets: segments, arcs, turns, one connected whole, a snapping grid."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from anlan_engine.roads.chains import Chains, NodeTable, StreetWay, chains
from anlan_engine.roads.graph import DEGREE_UNITS, MM_BITS, RoadGraph
from anlan_engine.roads.grid import snapping_grid
from anlan_engine.roads.rules import ArcEnds, Rule, TurnRule, WayRule, fixed_nodes
from anlan_engine.roads.turns import Turns, allowed_turns
from anlan_engine.sphere import distance_m

__all__ = ["NodeTable", "RoadParts", "Rule", "StreetWay", "TurnRule", "WayRule", "build_graph"]

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
    """All segments before the unreachable ones are left out; nodes are those at segments' ends."""

    chains: Chains
    shape: I32
    shape_mm: I32
    node_at: I32
    source_node: I64
    end_node: I32


@dataclass(frozen=True, slots=True)
class _Arcs:
    """All arcs, by segment: `side` 0 runs along its shape, 1 against it, copies after their arc.

    `plain` is the arc that a copy stands for, and the arc itself for all others.
    """

    segment: I32
    side: I32
    plain: I32
    cost: I64

    def end(self, of_segments: npt.NDArray[np.generic], *, last: bool) -> I64:
        """Look up a two-column table of segments at the arcs' first or last end."""
        column = 1 - self.side if last else self.side
        picked: I64 = of_segments[self.segment, column].astype(np.int64)
        return picked


def build_graph(
    ways: Sequence[StreetWay], node_at: Mapping[int, tuple[int, int]], rules: Sequence[Rule]
) -> RoadParts:
    """Build the largest part of the network in which every street can reach every other.

    Parameters
    ----------
    ways : sequence of StreetWay
    node_at : mapping of int to (int, int)
        Longitude, latitude of every node the ways name, in `DEGREE_UNITS`.
    rules : sequence of TurnRule and WayRule

    Returns
    -------
    RoadParts
        With an empty graph where no way can be driven.

    Notes
    -----
    Connectivity is judged on arcs and turns, not on nodes: a node-based component may hold streets
    that the turn rules cut off. Strong components by SciPy (Pearce 2005).
    """
    segments = _segments(chains(ways, _fixed(ways, rules)), node_at)
    arcs, twin = _arcs(segments)
    at_ends = segments.source_node[segments.end_node]
    ends = ArcEnds(
        tail=arcs.end(at_ends, last=False),
        head=arcs.end(at_ends, last=True),
        first_way=arcs.end(segments.chains.way, last=False),
        last_way=arcs.end(segments.chains.way, last=True),
        twin=twin,
    )
    turns = allowed_turns(ends, rules)
    length_mm = arcs.cost & ((1 << MM_BITS) - 1)
    arcs, turns = _with_copies(arcs, turns)
    kept = _kept(arcs, turns)
    total, kept_mm = int(length_mm.sum()), int(_plain_mm(arcs, kept))
    graph = _assemble(segments, arcs, kept, turns)
    return RoadParts(graph, kept_mm / total if total else 0.0, turns.unused)


def _fixed(ways: Sequence[StreetWay], rules: Sequence[Rule]) -> set[int]:
    """Nodes at which segments must end for the rules' sake."""
    named = {
        way
        for rule in rules
        if isinstance(rule, WayRule)
        for way in (rule.from_way, *rule.via_ways, rule.to_way)
    }
    way_ends: dict[int, list[int]] = defaultdict(list)
    for way in ways:
        if way.way_id in named:
            way_ends[way.way_id] += (way.nodes[0], way.nodes[-1])
    return fixed_nodes(rules, way_ends)


def _segments(runs: Chains, node_at: Mapping[int, tuple[int, int]]) -> _Segments:
    """Lay chains out as arrays and measure them."""
    at = _positions(node_at, runs.source_node)
    shape = at[runs.node]
    ends = runs.node[np.stack([runs.first[:-1], runs.first[1:] - 1], axis=1)]
    used, end_node = np.unique(ends, return_inverse=True)
    return _Segments(
        chains=runs,
        shape=shape,
        shape_mm=_along_mm(shape, runs.first),
        node_at=at[used],
        source_node=runs.source_node[used],
        end_node=end_node.reshape(-1, 2).astype(np.int32),
    )


def _positions(node_at: Mapping[int, tuple[int, int]], nodes: I64) -> I32:
    if isinstance(node_at, NodeTable):
        return node_at.many(nodes)
    flat = chain.from_iterable(node_at[node] for node in nodes.tolist())
    return np.fromiter(flat, np.int32).reshape(-1, 2)


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


def _arcs(segments: _Segments) -> tuple[_Arcs, I32]:
    """Make an arc of every direction that is open; also give the arc the other way, or -1."""
    kmh = segments.chains.kmh
    segment, side = np.nonzero(kmh > 0)
    number = np.full(kmh.shape, -1, np.int32)
    number[segment, side] = np.arange(len(segment), dtype=np.int32)
    last = segments.chains.first[1:] - 1
    length_mm = segments.shape_mm[last].astype(np.int64)[segment]
    # mm / (km/h) = 3.6e-6 h = 3.6 ms
    time_ms = np.maximum(np.rint(length_mm * 3.6 / kmh[segment, side]), 1).astype(np.int64)
    arcs = _Arcs(
        segment=segment.astype(np.int32),
        side=side.astype(np.int32),
        plain=np.arange(len(segment), dtype=np.int32),
        cost=(time_ms << MM_BITS) | length_mm,
    )
    return arcs, number[segment, 1 - side]


def _with_copies(arcs: _Arcs, turns: Turns) -> tuple[_Arcs, Turns]:
    """Number arcs and their copies by segment, side and copy, and the turns with them."""
    if not len(turns.copied):
        return arcs, turns
    whole = np.concatenate([np.arange(len(arcs.cost), dtype=np.int32), turns.copied])
    order = np.argsort(whole, kind="stable")
    number = np.empty(len(whole), np.int32)
    number[order] = np.arange(len(whole), dtype=np.int32)
    source = whole[order]
    before, after = number[turns.before], number[turns.after]
    by_before = np.lexsort((after, before))
    return (
        _Arcs(arcs.segment[source], arcs.side[source], number[source], arcs.cost[source]),
        turns._replace(before=before[by_before], after=after[by_before]),
    )


def _plain_mm(arcs: _Arcs, kept: Bool) -> np.int64:
    """Millimetres of the kept arcs, copies not counted again."""
    own = arcs.plain == np.arange(len(arcs.plain))
    return np.int64((arcs.cost[kept & own] & ((1 << MM_BITS) - 1)).sum())


def _kept(arcs: _Arcs, turns: Turns) -> Bool:
    """Mark the arcs of the strong component with the greatest length, and what belongs to it.

    An arc that is only ever entered as a copy belongs to the network although nothing enters the
    plain arc: one may start from it. And so does a copy that is reached but leads nowhere: one may
    arrive on it.
    """
    count = len(arcs.cost)
    if not count:
        return np.zeros(0, np.bool_)
    before, after = turns.before, turns.after
    links = coo_array((np.ones(len(before), np.int8), (before, after)), shape=(count, count))
    _, label = connected_components(links, directed=True, connection="strong")
    length = np.bincount(label, weights=(arcs.cost & ((1 << MM_BITS) - 1)).astype(np.float64))
    # A lone arc without a turn back onto itself is a component too, but no network.
    looped = np.bincount(label[before[label[before] == label[after]]], minlength=len(length)) > 0
    if not looped.any():
        return np.zeros(count, np.bool_)
    kept: Bool = label == np.argmax(np.where(looped, length, -1.0))
    kept[arcs.plain[kept]] = True
    is_copy = arcs.plain != np.arange(count)
    into_copy = is_copy[after]
    before, after = before[into_copy], after[into_copy]
    while (fresh := kept[before] & kept[arcs.plain[after]] & ~kept[after]).any():
        kept[after[fresh]] = True
    return kept


def _renumbered(kept: Bool) -> I32:
    """New numbers for what is kept; -1 for the rest, and for row -1."""
    number = np.where(kept, np.cumsum(kept) - 1, -1)
    return np.append(number, -1).astype(np.int32)


def _assemble(segments: _Segments, arcs: _Arcs, kept: Bool, turns: Turns) -> RoadGraph:
    """Leave out what is not kept and number the rest anew."""
    runs = segments.chains
    new_arc = _renumbered(kept)
    used = np.zeros(len(runs.name), np.bool_)
    used[arcs.segment[kept]] = True
    new_segment = _renumbered(used)
    at_node = np.zeros(len(segments.node_at), np.bool_)
    at_node[segments.end_node[used]] = True
    new_node = _renumbered(at_node)

    by_side = np.full((len(used), 2), -1, np.int32)
    by_side[arcs.segment, arcs.side] = arcs.plain
    in_use = np.repeat(used, np.diff(runs.first))
    first = np.concatenate([[0], np.cumsum(np.diff(runs.first)[used])]).astype(np.int32)
    shape = segments.shape[in_use]
    turn_kept = kept[turns.before] & kept[turns.after]
    before, after = new_arc[turns.before[turn_kept]], new_arc[turns.after[turn_kept]]
    backward = np.lexsort((before, after))
    arc_segment = new_segment[arcs.segment[kept]]
    grid = snapping_grid(shape, first)
    return RoadGraph(
        node_at=segments.node_at[at_node],
        segment_first=first,
        segment_name=runs.name[used],
        segment_class=runs.road_class[used],
        segment_arc=new_arc[by_side[used]],
        segment_arcs=_offsets(arc_segment, int(used.sum())),
        shape=shape,
        shape_mm=segments.shape_mm[in_use],
        arc_segment=arc_segment,
        arc_plain=new_arc[arcs.plain[kept]],
        arc_tail=new_node[arcs.end(segments.end_node, last=False)[kept]],
        arc_head=new_node[arcs.end(segments.end_node, last=True)[kept]],
        arc_cost=arcs.cost[kept],
        turn_first=_offsets(before, len(arc_segment)),
        turn_to=after,
        back_first=_offsets(after[backward], len(arc_segment)),
        back_from=before[backward],
        grid_box=grid.box,
        grid_size=grid.size,
        grid_first=grid.first,
        grid_point=grid.point,
    )


def _offsets(rows: I32, count: int) -> I32:
    """Where each row's entries begin in a list sorted by row."""
    return np.searchsorted(rows, np.arange(count + 1)).astype(np.int32)
