"""A plain contraction hierarchy behind the questions of `Metric`, for grid-like graphs.

Separators of a regular grid grow with the root of its size, so that its completion has too many
arcs to be quick. A plain hierarchy leaves out whatever its weights do not need: it answers such
graphs in tens of microseconds, but every change of weights contracts it anew. It needs some ways
to be faster than others, as main roads are: contracting a large grid of equal streets takes
minutes.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from anlan_engine.hierarchy.buckets import (
    NONE,
    Buckets,
    Climbing,
    Room,
    climb_all,
    fill_buckets,
    meet,
    room_to_climb,
    sweep_down,
)
from anlan_engine.hierarchy.contraction import by_lower_end, contracted
from anlan_engine.hierarchy.costs import I32, Costs, checked, far_of
from anlan_engine.hierarchy.errors import HierarchyError
from anlan_engine.hierarchy.metric import Way
from anlan_engine.hierarchy.places import Seeds, seeds_of, seeds_of_one


class PlainMetric:
    """Weights on a plain contraction hierarchy; see `Metric`, whose questions it answers alike.

    Parameters
    ----------
    first : int32[vertices + 1], head : int32[arcs]
        A checked graph; see `build_hierarchy`.
    twin : int32[vertices]
        The vertex that shares a place with each vertex, NO_VERTEX where there is none.
    weights : int32[arcs] or int64[arcs]
        See `metric_of`.

    Attributes
    ----------
    out, back : Climbing
        Arcs for searches from origins, and from targets.

    Raises
    ------
    HierarchyError
        UNKNOWN_DTYPE, ARRAYS_DISAGREE, INVALID_WEIGHT
    """

    kind = "PLAIN"

    def __init__(self, first: I32, head: I32, twin: I32, weights: Costs) -> None:
        self._first, self._head = first, head
        self.twin = twin
        self.weights = checked(weights, len(head), "weights").copy()
        self.far: Any = far_of(self.weights.dtype)
        pool, count = contracted(first, head, self.weights, self.far)
        self.rank = pool.rank
        self._one, self._two = pool.one[:count].copy(), pool.two[:count].copy()
        up = by_lower_end(pool, count, upward=True)
        down = by_lower_end(pool, count, upward=False)
        self.out, self.back = Climbing(*up, *down), Climbing(*down, *up)

    @property
    def vertices(self) -> int:
        """Number of vertices."""
        return len(self.rank)

    @property
    def up_arc_count(self) -> int:
        """Number of arcs and shortcuts."""
        return len(self._one)

    def changed(self, arcs: npt.ArrayLike, weights: npt.ArrayLike) -> "PlainMetric":
        """Give some input arcs other weights: contracts everything anew, in seconds."""
        numbers = np.asarray(arcs, np.int32).reshape(-1)
        outside = (numbers < 0) | (numbers >= len(self._head))
        if outside.any():
            arc = int(numbers[np.argmax(outside)])
            raise HierarchyError(code="INVALID_ARC", arc=arc, arcs=len(self._head))
        values = np.asarray(weights, np.int64).reshape(-1)
        new = self.weights.copy()
        new[numbers] = checked(values, len(numbers), "weights", self.far)
        return PlainMetric(self._first, self._head, self.twin, new)

    def origins(self, vertices: npt.ArrayLike, costs: npt.ArrayLike | None = None) -> "PlainLabels":
        """Prepare n places to travel from."""
        return _labelled(self, self._seeds(vertices, costs), outward=True)

    def targets(self, vertices: npt.ArrayLike, costs: npt.ArrayLike | None = None) -> "PlainLabels":
        """Prepare n places to travel to."""
        return _labelled(self, self._seeds(vertices, costs), outward=False)

    def many_to_one(
        self, origins: "PlainLabels", vertices: npt.ArrayLike, costs: npt.ArrayLike | None = None
    ) -> Costs:
        """Costs from n prepared places to one: [n]."""
        self._check(origins, outward=True)
        return self._met(self.back, self._seeds_of_one(vertices, costs), origins)

    def one_to_many(
        self, targets: "PlainLabels", vertices: npt.ArrayLike, costs: npt.ArrayLike | None = None
    ) -> Costs:
        """Costs from one place to n prepared ones: [n]."""
        self._check(targets, outward=False)
        return self._met(self.out, self._seeds_of_one(vertices, costs), targets)

    def matrix(self, origins: "PlainLabels", targets: "PlainLabels") -> Costs:
        """Costs from n prepared places to p prepared ones: [n, p]."""
        self._check(origins, outward=True)
        self._check(targets, outward=False)
        seeds = origins.seeds
        return meet(self.out, seeds.ranks, seeds.costs, targets.buckets, len(targets), self.far)

    def one_to_all(
        self,
        vertices: npt.ArrayLike,
        costs: npt.ArrayLike | None = None,
        *,
        limit: int | None = None,
    ) -> Costs:
        """Costs from one place to every vertex: [vertices]; above the limit `far`."""
        return self._swept(self.out, self._seeds_of_one(vertices, costs), limit)

    def all_to_one(
        self,
        vertices: npt.ArrayLike,
        costs: npt.ArrayLike | None = None,
        *,
        limit: int | None = None,
    ) -> Costs:
        """Costs from every vertex to one place: as `one_to_all`, the other way."""
        return self._swept(self.back, self._seeds_of_one(vertices, costs), limit)

    def way(
        self,
        start: npt.ArrayLike,
        end: npt.ArrayLike,
        *,
        start_costs: npt.ArrayLike | None = None,
        end_costs: npt.ArrayLike | None = None,
    ) -> Way | None:
        """Find the shortest way from one place to another; None where there is none."""
        there = self._climbed(self.out, self._seeds_of_one(start, start_costs))
        back = self._climbed(self.back, self._seeds_of_one(end, end_costs))
        if not self.vertices:
            return None
        sums = there.cost.astype(np.int64) + back.cost
        top = int(np.argmin(sums))
        if sums[top] >= self.far:
            return None
        ascent = _entered(self.out, there, top)[::-1]
        descent = _entered(self.back, back, top)
        arcs = [arc for whole in ascent + descent for arc in self._input_arcs(whole)]
        return Way(int(sums[top]), np.array(arcs, np.int32))

    def _input_arcs(self, whole: int) -> list[int]:
        """The input arcs that an arc or shortcut stands for, in order."""
        waiting, arcs = [whole], []
        while waiting:
            arc = waiting.pop()
            one, two = int(self._one[arc]), int(self._two[arc])
            if one == NONE:
                arcs.append(two)
            else:
                waiting += [two, one]
        return arcs

    def _climbed(self, climbing: Climbing, seeds: Seeds) -> Room:
        room = room_to_climb(climbing, self.far)
        climb_all(climbing, room, seeds.ranks, seeds.costs, self.far)
        return room

    def _met(self, climbing: Climbing, seeds: Seeds, labels: "PlainLabels") -> Costs:
        rows = Seeds(seeds.ranks.reshape(1, -1), seeds.costs.reshape(1, -1))
        found = meet(climbing, rows.ranks, rows.costs, labels.buckets, len(labels), self.far)
        return found.reshape(-1)

    def _swept(self, climbing: Climbing, seeds: Seeds, limit: int | None) -> Costs:
        found = sweep_down(climbing, seeds.ranks, seeds.costs, self.far)[self.rank]
        if limit is not None:
            found[found > limit] = self.far
        return found

    def _seeds(self, vertices: npt.ArrayLike, costs: npt.ArrayLike | None) -> Seeds:
        return seeds_of(self, self.weights.dtype, vertices, costs)

    def _seeds_of_one(self, vertices: npt.ArrayLike, costs: npt.ArrayLike | None) -> Seeds:
        return seeds_of_one(self, self.weights.dtype, vertices, costs)

    def _check(self, labels: "PlainLabels", *, outward: bool) -> None:
        if labels.metric is not self:
            raise HierarchyError(code="OTHER_METRIC")
        if labels.outward != outward:
            direction = "from" if labels.outward else "to"
            raise HierarchyError(code="WRONG_DIRECTION", direction=direction)


@dataclass(frozen=True, slots=True, eq=False)
class PlainLabels:
    """Prepared places: what the upward search of each settles; see `Labels`.

    Attributes
    ----------
    metric : PlainMetric
    outward : bool
        Whether these are places to travel from.
    seeds : Seeds
        Of each place, in the order given.
    buckets : Buckets
    """

    metric: PlainMetric
    outward: bool
    seeds: Seeds
    buckets: Buckets

    def __len__(self) -> int:
        """Number of places."""
        return len(self.seeds.ranks)

    def moved(
        self, which: npt.ArrayLike, vertices: npt.ArrayLike, costs: npt.ArrayLike | None = None
    ) -> "PlainLabels":
        """Put some places elsewhere; all are searched from anew."""
        numbers = np.asarray(which, np.int32).reshape(-1)
        seeds = seeds_of(self.metric, self.metric.weights.dtype, vertices, costs)
        ranks, added = self.seeds.ranks.copy(), self.seeds.costs.copy()
        ranks[numbers], added[numbers] = seeds.ranks, seeds.costs
        return _labelled(self.metric, Seeds(ranks, added), outward=self.outward)

    def on(self, metric: PlainMetric) -> "PlainLabels":
        """The same places on another metric of the same graph and type of weights."""
        vertex = np.empty(metric.vertices + 1, np.int32)
        vertex[self.metric.rank], vertex[NONE] = np.arange(metric.vertices), NONE
        named, costs = vertex[self.seeds.ranks], self.seeds.costs
        seeds = seeds_of(metric, metric.weights.dtype, named, costs)
        return _labelled(metric, seeds, outward=self.outward)


def _labelled(metric: PlainMetric, seeds: Seeds, *, outward: bool) -> PlainLabels:
    """Search from n places."""
    climbing = metric.out if outward else metric.back
    buckets = fill_buckets(climbing, seeds.ranks, seeds.costs, metric.far)
    return PlainLabels(metric, outward, seeds, buckets)


def _entered(climbing: Climbing, room: Room, top: int) -> list[int]:
    """The arcs by which a search reached a rank, from there back to its seed."""
    arcs, rank = [], top
    while (entry := int(room.entry[rank])) != NONE:
        arcs.append(int(climbing.arc[entry]))
        rank = int(room.below[rank])
    return arcs
