"""Weights on a hierarchy, and every question about them."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt

from anlan_engine.hierarchy.costs import I32, NO_VERTEX, Costs, checked, far_of
from anlan_engine.hierarchy.customization import customized
from anlan_engine.hierarchy.errors import HierarchyError
from anlan_engine.hierarchy.labels import Columns, fill_table, many_with_many, one_with_many
from anlan_engine.hierarchy.partial import update
from anlan_engine.hierarchy.places import Seeds, seeds_of, seeds_of_one
from anlan_engine.hierarchy.structure import Hierarchy
from anlan_engine.hierarchy.sweep import sweep
from anlan_engine.hierarchy.unpack import Priced, shortest

MOVED_SHARE = 0.5
"""When more of the places moved than this, all labels are made anew: it costs no more."""


@dataclass(frozen=True, slots=True, eq=False)
class Way:
    """A shortest way.

    Attributes
    ----------
    cost : int
        With the costs at both places.
    arcs : int32[...]
        The input arcs in order; empty where start and end are one vertex.
    """

    cost: int
    arcs: I32


@dataclass(frozen=True, eq=False)
class Metric:
    """Weights on a hierarchy: exact costs of shortest ways in a directed graph.

    Immutable: `changed` gives another metric, and threads may go on asking this one. Made by
    `metric_of`, or from its stored arrays at no cost.

    A *place* is one vertex, or a vertex and its twin, each with a cost of its own to leave or reach
    it from there: an array of one or two vertices (NO_VERTEX for none) and an array of as many
    costs (nothing if not given). n places are arrays of n, (n, 1) or (n, 2). A place without any
    vertex cannot be reached.

    Costs that mean "no way" are `far`.

    Attributes
    ----------
    hierarchy : Hierarchy
    weights : int32[arcs] or int64[arcs]
        Of the input arcs.
    up, down : of the same type, [m]
        Costs of the up arcs from their tails to their heads, and back.
    """

    kind: ClassVar[str] = "CUSTOMIZABLE"

    hierarchy: Hierarchy
    weights: Costs
    up: Costs
    down: Costs

    def __post_init__(self) -> None:
        """Make every array plain and read-only."""
        far_of(self.weights.dtype)
        for name in ("weights", "up", "down"):
            array = np.asarray(getattr(self, name)).view(np.ndarray)
            array.flags.writeable = False
            object.__setattr__(self, name, array)

    @cached_property
    def far(self) -> Any:
        """The cost that means "no way"."""
        return far_of(self.weights.dtype)

    def changed(self, arcs: npt.ArrayLike, weights: npt.ArrayLike) -> "Metric":
        """Give some input arcs other weights, by partial customization.

        Parameters
        ----------
        arcs : int32[c]
            Input arcs; the last weight counts where one is named twice.
        weights : [c]
            Their new weights; `far` closes an arc.

        Returns
        -------
        Metric
            The same to the bit as one made with all the new weights.

        Raises
        ------
        HierarchyError
            INVALID_ARC, ARRAYS_DISAGREE, INVALID_WEIGHT, UNKNOWN_DTYPE
        """
        hierarchy = self.hierarchy
        numbers = np.asarray(arcs, np.int32).reshape(-1)
        outside = (numbers < 0) | (numbers >= hierarchy.arcs)
        if outside.any():
            arc = int(numbers[np.argmax(outside)])
            raise HierarchyError(code="INVALID_ARC", arc=arc, arcs=hierarchy.arcs)
        given = np.asarray(weights).reshape(-1)
        if given.size and not np.issubdtype(given.dtype, np.integer):
            raise HierarchyError(code="UNKNOWN_DTYPE", dtype=str(given.dtype))
        values = checked(given.astype(np.int64), len(numbers), "weights", self.far)
        new, up, down = self.weights.copy(), self.up.copy(), self.down.copy()
        new[numbers] = values.astype(new.dtype)
        update(hierarchy.triangles, hierarchy.inputs, new, numbers, up, down, self.far)
        return Metric(hierarchy, new, up, down)

    def origins(self, vertices: npt.ArrayLike, costs: npt.ArrayLike | None = None) -> "Labels":
        """Prepare n places to travel from; see `Labels`."""
        return labelled(self, self._seeds(vertices, costs), outward=True)

    def targets(self, vertices: npt.ArrayLike, costs: npt.ArrayLike | None = None) -> "Labels":
        """Prepare n places to travel to; see `Labels`."""
        return labelled(self, self._seeds(vertices, costs), outward=False)

    def many_to_one(
        self, origins: "Labels", vertices: npt.ArrayLike, costs: npt.ArrayLike | None = None
    ) -> Costs:
        """Costs from n prepared places to one: [n].

        Raises
        ------
        HierarchyError
            OTHER_METRIC, WRONG_DIRECTION; INVALID_SEED, SEEDS_APART, ARRAYS_DISAGREE for the place.
        """
        self._check(origins, outward=True)
        return self._one(origins, self.down, vertices, costs)

    def one_to_many(
        self, targets: "Labels", vertices: npt.ArrayLike, costs: npt.ArrayLike | None = None
    ) -> Costs:
        """Costs from one place to n prepared ones: [n]; errors as `many_to_one`."""
        self._check(targets, outward=False)
        return self._one(targets, self.up, vertices, costs)

    def matrix(self, origins: "Labels", targets: "Labels") -> Costs:
        """Costs from n prepared places to p prepared ones: [n, p]; errors as `many_to_one`."""
        self._check(origins, outward=True)
        self._check(targets, outward=False)
        hierarchy = self.hierarchy
        return many_with_many(
            hierarchy.upward, hierarchy.lowest, origins.columns, targets.columns, self.far
        )

    def one_to_all(
        self,
        vertices: npt.ArrayLike,
        costs: npt.ArrayLike | None = None,
        *,
        limit: int | None = None,
    ) -> Costs:
        """Costs from one place to every vertex: [vertices].

        Parameters
        ----------
        vertices, costs
            The place.
        limit : int, optional
            Higher costs are given as `far`; parts of the graph beyond it are not looked at.

        Raises
        ------
        HierarchyError
            INVALID_SEED, SEEDS_APART, ARRAYS_DISAGREE
        """
        return self._all(self.up, self.down, self._seeds_of_one(vertices, costs), limit)

    def all_to_one(
        self,
        vertices: npt.ArrayLike,
        costs: npt.ArrayLike | None = None,
        *,
        limit: int | None = None,
    ) -> Costs:
        """Costs from every vertex to one place: as `one_to_all`, the other way."""
        return self._all(self.down, self.up, self._seeds_of_one(vertices, costs), limit)

    def way(
        self,
        start: npt.ArrayLike,
        end: npt.ArrayLike,
        *,
        start_costs: npt.ArrayLike | None = None,
        end_costs: npt.ArrayLike | None = None,
    ) -> Way | None:
        """Find the shortest way from one place to another; None where there is none.

        Raises
        ------
        HierarchyError
            INVALID_SEED, SEEDS_APART, ARRAYS_DISAGREE
        """
        hierarchy = self.hierarchy
        starts = self._seeds_of_one(start, start_costs)
        ends = self._seeds_of_one(end, end_costs)
        priced = Priced(self.weights, self.up, self.down)
        cost, arcs = shortest(
            hierarchy.triangles, hierarchy.upward, hierarchy.inputs, priced, starts, ends, self.far
        )
        return None if cost >= self.far else Way(int(cost), arcs)

    def _seeds(self, vertices: npt.ArrayLike, costs: npt.ArrayLike | None) -> Seeds:
        return seeds_of(self.hierarchy, self.weights.dtype, vertices, costs)

    def _seeds_of_one(self, vertices: npt.ArrayLike, costs: npt.ArrayLike | None) -> Seeds:
        return seeds_of_one(self.hierarchy, self.weights.dtype, vertices, costs)

    def _check(self, labels: "Labels", *, outward: bool) -> None:
        if labels.metric is not self:
            raise HierarchyError(code="OTHER_METRIC")
        if labels.outward != outward:
            direction = "from" if labels.outward else "to"
            raise HierarchyError(code="WRONG_DIRECTION", direction=direction)

    def _one(
        self, labels: "Labels", cost: Costs, vertices: npt.ArrayLike, costs: npt.ArrayLike | None
    ) -> Costs:
        seeds, hierarchy = self._seeds_of_one(vertices, costs), self.hierarchy
        return one_with_many(
            hierarchy.upward, cost, hierarchy.lowest, seeds.ranks, seeds.costs, labels.columns,
            self.far,
        )  # fmt: skip

    def _all(self, out: Costs, back: Costs, seeds: Seeds, limit: int | None) -> Costs:
        hierarchy = self.hierarchy
        most = int(self.far) - 1 if limit is None else max(-1, min(limit, int(self.far) - 1))
        by_rank = sweep(
            hierarchy.upward, hierarchy.up_head, hierarchy.lowest, out, back,
            seeds.ranks, seeds.costs, most,
        )  # fmt: skip
        result = by_rank[hierarchy.rank]
        if most + 1 < self.far:
            result[result > most] = self.far
        return result


@dataclass(frozen=True, slots=True, eq=False)
class Labels:
    """Prepared places: the costs between each and all vertices on its way to the root.

    Immutable; made by `Metric.origins`, `Metric.targets`, `moved` and `on`.

    Attributes
    ----------
    metric : Metric
    outward : bool
        Whether these are places to travel from.
    seeds : Seeds
        Of each place, in the order given.
    columns : Columns
        The labels themselves, sorted by rank.
    """

    metric: Metric
    outward: bool
    seeds: Seeds
    columns: Columns

    def __len__(self) -> int:
        """Number of places."""
        return len(self.seeds.ranks)

    def moved(
        self, which: npt.ArrayLike, vertices: npt.ArrayLike, costs: npt.ArrayLike | None = None
    ) -> "Labels":
        """Put some places elsewhere; only their labels are made anew.

        Parameters
        ----------
        which : int32[c]
            Places by their number, each once.
        vertices, costs
            The c places where they are now; as many vertices to a place as before.
        """
        metric, outward = self.metric, self.outward
        numbers = np.asarray(which, np.int32).reshape(-1)
        seeds = seeds_of(metric.hierarchy, metric.weights.dtype, vertices, costs)
        ranks, added = self.seeds.ranks.copy(), self.seeds.costs.copy()
        ranks[numbers], added[numbers] = seeds.ranks, seeds.costs
        everything = Seeds(ranks, added)
        if len(numbers) > MOVED_SHARE * len(self):
            return labelled(metric, everything, outward=outward)
        new = labelled(metric, seeds, outward=outward)
        old, added_columns = self.columns, new.columns
        stays = ~np.isin(old.place, numbers)
        place = np.concatenate([old.place[stays], numbers[added_columns.place]])
        least = np.concatenate([old.ranks[stays], added_columns.ranks])
        table = np.concatenate([old.table[:, stays], added_columns.table], axis=1)
        order = np.argsort(least, kind="stable")
        columns = Columns(np.take(table, order, axis=1), least[order], place[order])
        return Labels(metric, outward, everything, columns)

    def on(self, metric: Metric) -> "Labels":
        """The same places on another metric of the same hierarchy and type of weights."""
        return labelled(metric, self.seeds, outward=self.outward)


def labelled(metric: Metric, seeds: Seeds, *, outward: bool) -> Labels:
    """Make the labels of n places."""
    hierarchy = metric.hierarchy
    count = hierarchy.vertices
    least = np.where(seeds.ranks[:, 0] == NO_VERTEX, count, seeds.ranks[:, 0]).astype(np.int32)
    place = np.argsort(least, kind="stable").astype(np.int32)
    ranks = least[place]
    table = np.empty((hierarchy.height, len(place)), metric.weights.dtype)
    real = place[: np.searchsorted(ranks, count)]
    fill_table(
        hierarchy.upward, metric.up if outward else metric.down, hierarchy.lowest,
        seeds.ranks[real], seeds.costs[real], table, metric.far,
    )  # fmt: skip
    return Labels(metric, outward, seeds, Columns(table, ranks, place))


def metric_of(hierarchy: Hierarchy, weights: Costs) -> Metric:
    """Put weights on a hierarchy.

    Parameters
    ----------
    hierarchy : Hierarchy
    weights : int32[arcs] or int64[arcs]
        Of the input arcs, from 0 to `far_of(weights.dtype)`, which closes an arc. A whole way of
        that cost or more counts as no way.

    Raises
    ------
    HierarchyError
        UNKNOWN_DTYPE, ARRAYS_DISAGREE, INVALID_WEIGHT
    """
    kept = checked(weights, hierarchy.arcs, "weights").copy()
    far = far_of(kept.dtype)
    return Metric(hierarchy, kept, *customized(hierarchy.triangles, hierarchy.inputs, kept, far))
