"""Travel times of many pairs by SciPy's Dijkstra, closures too, apart from the code under test."""

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from anlan_engine.roads import MM_BITS, RoadGraph
from anlan_engine.roads.snapping import NO_SEGMENT, snap

F64 = npt.NDArray[np.float64]
I64 = npt.NDArray[np.int64]
Bool = npt.NDArray[np.bool_]

SCALE = 2.0**20
"""Milliseconds are scaled and one is added to each link, so that no link has a cost of nothing."""


class Pairs:
    """Milliseconds between positions, where some arcs are closed.

    Spots are found by `snap`, which has an oracle of its own; all costs are worked out here.
    """

    def __init__(self, graph: RoadGraph, closed: npt.NDArray[np.int32] | None = None) -> None:
        self.graph = graph
        self.ms = (graph.arc_cost >> MM_BITS).astype(np.int64)
        self.mm = (graph.arc_cost & ((1 << MM_BITS) - 1)).astype(np.int64)
        self.shut = np.zeros(graph.arcs, bool)
        if closed is not None:
            self.shut[closed] = True
        self.before = np.repeat(np.arange(graph.arcs), np.diff(graph.turn_first))

    def milliseconds(self, origins: F64, targets: F64) -> F64:
        """From each origin to each target; inf where there is no way."""
        leave, reach = self._sides(origins), self._sides(targets)
        entered = self._entered(leave)
        found = np.full((len(origins), len(targets)), np.inf)
        for column, (arcs, foot) in enumerate(reach):
            for arc, at in arcs:
                for copy in np.flatnonzero(self.graph.arc_plain == arc).tolist():
                    came = entered[:, copy] + self._part(arc, at)
                    found[:, column] = np.minimum(found[:, column], came)
            for row, (sides, _) in enumerate(leave):
                for arc, at in arcs:
                    for own, begin in sides:
                        if own == arc and begin <= at:
                            direct = self._part(arc, at) - self._part(arc, begin)
                            found[row, column] = min(found[row, column], direct)
            found[:, column] += foot
        return found + np.array([foot for _, foot in leave])[:, np.newaxis]

    def _entered(self, leave: list[tuple[list[tuple[int, int]], float]]) -> F64:
        """Milliseconds to the start of every arc from each place that is left."""
        graph, arcs = self.graph, self.graph.arcs
        open_turn = ~self.shut[self.before]
        rows = [self.before[open_turn]]
        columns = [graph.turn_to[open_turn]]
        costs = [self.ms[self.before[open_turn]]]
        for number, (sides, _) in enumerate(leave):
            best: dict[int, int] = {}
            for arc, at in sides:
                after = int(self.ms[arc]) - self._part(arc, at)
                for turn in graph.turn_to[graph.turn_first[arc] : graph.turn_first[arc + 1]]:
                    best[int(turn)] = min(best.get(int(turn), after), after)
            rows.append(np.full(len(best), arcs + number))
            columns.append(np.array(list(best), np.int64))
            costs.append(np.array(list(best.values()), np.int64))
        size = arcs + len(leave)
        weights = np.concatenate(costs) * SCALE + 1.0
        where = (np.concatenate(rows), np.concatenate(columns))
        matrix = csr_array((weights, where), shape=(size, size))
        return np.floor(dijkstra(matrix, indices=np.arange(arcs, size))[:, :arcs] / SCALE)

    def _sides(self, positions: F64) -> list[tuple[list[tuple[int, int]], float]]:
        """The arcs of each place with millimetres along them, and the walk."""
        graph = self.graph
        open_segment = np.bincount(graph.arc_segment[~self.shut], minlength=graph.segments) > 0
        spots = snap(graph, positions, 500.0)
        places = []
        for segment, along, away in zip(spots.segment, spots.along_mm, spots.away_m, strict=True):
            if segment == NO_SEGMENT:
                places.append(([], np.inf))
                continue
            forward, backward = graph.segment_arc[segment].tolist()
            sides = [(forward, int(along))] if forward >= 0 else []
            if backward >= 0:
                sides.append((backward, int(self.mm[backward]) - int(along)))
            stuck = not open_segment[segment]
            kept = sides if stuck else [side for side in sides if not self.shut[side[0]]]
            places.append((kept, float(round(round(away * 1000) / 1.4))))
        return places

    def _part(self, arc: int, along: int) -> int:
        length = int(self.mm[arc])
        return (int(self.ms[arc]) * along + length // 2) // length
