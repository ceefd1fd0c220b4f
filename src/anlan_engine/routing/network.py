"""A road graph with its hierarchy, as it is driven at one instant."""

from dataclasses import dataclass, field
from functools import cached_property, lru_cache

import numpy as np
import numpy.typing as npt

from anlan_engine.compiled import compiled
from anlan_engine.hierarchy import (
    FAR64,
    NO_VERTEX,
    Hierarchy,
    Metric,
    build_hierarchy,
    metric_of,
)
from anlan_engine.roads.graph import MM_BITS, RoadGraph
from anlan_engine.routing.conditions import FREE, Conditions

F64 = npt.NDArray[np.float64]
I32 = npt.NDArray[np.int32]
I64 = npt.NDArray[np.int64]
Bool = npt.NDArray[np.bool_]

FAR = int(FAR64)
"""A cost no route has."""

NO_ARC = NO_VERTEX

MM_MASK = (1 << MM_BITS) - 1

SLICES_KEPT = 4
"""So many sets of speeds are kept ready for the next question."""


def road_hierarchy(graph: RoadGraph) -> Hierarchy:
    """Build the hierarchy of a road graph: its vertices are arcs and its arcs are turns.

    The two directions of a street are twins: a position on it is a place of both.
    """
    middle = graph.shape[(graph.segment_first[:-1] + graph.segment_first[1:]) // 2]
    at = middle[graph.arc_segment] / 1e7
    narrowing = np.cos(np.radians(at[:, 1].mean()))
    twins = np.full(graph.arcs, NO_VERTEX, np.int32)
    pairs = graph.segment_arc[(graph.segment_arc != NO_ARC).all(axis=1)]
    twins[pairs[:, 0]], twins[pairs[:, 1]] = pairs[:, 1], pairs[:, 0]
    return build_hierarchy(
        graph.turn_first, graph.turn_to, at[:, 0] * narrowing, at[:, 1], twins=twins
    )


def turn_weights(graph: RoadGraph, cost: I64) -> I64:
    """Cost of each turn: that of driving the whole arc before it."""
    return np.repeat(cost, np.diff(graph.turn_first))


def free_metric(graph: RoadGraph, hierarchy: Hierarchy) -> Metric:
    """Put the costs of free roads on a hierarchy of theirs."""
    return metric_of(hierarchy, turn_weights(graph, graph.arc_cost))


@dataclass(frozen=True, eq=False)
class Network:
    """What searches read.

    Attributes
    ----------
    graph : RoadGraph
    metric : Metric
        Costs between the starts of arcs; turns out of a closed arc are closed.
    cost : int64[arcs]
        Cost of each arc at the speeds of the hour, as if nothing were closed.
    shut : bool[arcs]
        Closed arcs: they may not be driven in full. A copy is closed with its arc.
    """

    graph: RoadGraph
    metric: Metric
    cost: I64
    shut: Bool
    _loops: dict[int, I64] = field(default_factory=dict)

    @cached_property
    def copies(self) -> I32:
        """All arcs that are copies."""
        return np.flatnonzero(self.graph.arc_plain != np.arange(self.graph.arcs)).astype(np.int32)

    @cached_property
    def is_copied(self) -> Bool:
        """Marks the plain arcs that have copies."""
        marks = np.zeros(self.graph.arcs, np.bool_)
        marks[self.graph.arc_plain[self.copies]] = True
        return marks

    def copies_of(self, plain: int) -> I32:
        """The copies of an arc."""
        found: I32 = self.copies[self.graph.arc_plain[self.copies] == plain]
        return found

    def onward(self, arc: int) -> I32:
        """The arcs that may follow one."""
        first = self.graph.turn_first
        arcs: I32 = self.graph.turn_to[first[arc] : first[arc + 1]]
        return arcs

    def loop(self, segment: int) -> I64:
        """Costs from the ends of a segment's arcs back to their starts: [side, side].

        What it takes to come back to a street that one has left; `FAR` for sides that are closed.
        """
        known = self._loops.get(segment)
        if known is None:
            known = self._loops[segment] = self._found_loop(segment)
        return known

    def _found_loop(self, segment: int) -> I64:
        costs = np.full((2, 2), FAR, np.int64)
        sides = self.graph.segment_arc[segment]
        for start, source in enumerate(sides.tolist()):
            if source == NO_ARC or not len(self.onward(source)):
                continue
            nexts = self.metric.origins(self.onward(source))
            for end, target in enumerate(sides.tolist()):
                if target == NO_ARC or self.shut[target]:
                    continue
                for arc in (target, *self.copies_of(target).tolist()):
                    least = int(self.metric.many_to_one(nexts, [arc]).min())
                    costs[start, end] = min(int(costs[start, end]), least)
        return costs


class Networks:
    """The networks of one graph under whatever conditions; what they share is made once."""

    def __init__(self, graph: RoadGraph, metric: Metric | None) -> None:
        self.graph = graph
        metric = metric or free_metric(graph, road_hierarchy(graph))
        self.free = Network(graph, metric, graph.arc_cost, np.zeros(graph.arcs, np.bool_))
        self._at_speeds = lru_cache(maxsize=SLICES_KEPT)(self._slice)

    def under(self, conditions: Conditions) -> Network:
        """Give the network under some conditions; speeds change everything, closures a part."""
        network = self._at_speeds(conditions.speeds)
        if not len(conditions.closed):
            return network
        graph = self.graph
        shut = np.zeros(graph.arcs, np.bool_)
        shut[conditions.closed] = True
        shut = shut[graph.arc_plain]
        turns = np.flatnonzero(np.repeat(shut, np.diff(graph.turn_first)))
        metric = network.metric.changed(turns, np.full(len(turns), FAR))
        return Network(graph, metric, network.cost, shut)

    def _slice(self, speeds: tuple[float, ...]) -> Network:
        if speeds == FREE.speeds:
            return self.free
        graph = self.graph
        factor = np.array(speeds)[graph.segment_class[graph.arc_segment]]
        cost = scaled(graph.arc_cost, factor)
        metric = metric_of(self.free.metric.hierarchy, turn_weights(graph, cost))
        return Network(graph, metric, cost, self.free.shut)


def scaled(cost: I64, factor: F64) -> I64:
    """Costs at other speeds: milliseconds divided, rounded to even, at least one."""
    time_ms = np.maximum(np.rint((cost >> MM_BITS) / factor), 1).astype(np.int64)
    return (time_ms << MM_BITS) | (cost & MM_MASK)


@compiled
def least_onward(first: I32, to: I32, values: I64, arcs: I32, far: int) -> I64:
    """For each arc the least value among those one turn on; `far` where none."""
    least = np.full(len(arcs), far, np.int64)
    for row in range(len(arcs)):
        for turn in range(first[arcs[row]], first[arcs[row] + 1]):
            least[row] = min(least[row], values[to[turn]])
    return least
