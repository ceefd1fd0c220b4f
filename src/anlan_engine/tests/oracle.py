"""A second, slow way to every answer: SciPy's Dijkstra on arcs and turns, spot by spot."""

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra

from anlan_engine.roads import MM_BITS, RoadGraph
from anlan_engine.sphere import METRES_PER_DEGREE

F64 = npt.NDArray[np.float64]


class Oracle:
    """Travel times in whole milliseconds, worked out without the code under test.

    Every arc gives two vertices, its start and its end; every spot two more for each open side of
    its segment, hooked in by the share of the arc before and after it.
    """

    def __init__(self, graph: RoadGraph) -> None:
        self.graph = graph
        self.ms = (graph.arc_cost >> MM_BITS).astype(np.int64)
        self.mm = (graph.arc_cost & ((1 << MM_BITS) - 1)).astype(np.int64)

    def spot(self, lon: float, lat: float) -> tuple[int, int, float]:
        """Segment, millimetres along it and metres away, by trying every piece of every shape."""
        graph = self.graph
        starts = np.ones(len(graph.shape), bool)
        starts[graph.segment_first[1:] - 1] = False
        points = np.flatnonzero(starts)
        scale = METRES_PER_DEGREE * np.array([np.cos(np.radians(lat)), 1.0])
        a = (graph.shape[points] / 1e7 - (lon, lat)) * scale
        step = (graph.shape[points + 1] - graph.shape[points]) / 1e7 * scale
        square = (step**2).sum(axis=1)
        share = np.clip(-(a * step).sum(axis=1) / np.where(square > 0, square, 1), 0, 1)
        away = np.sqrt(((a + share[:, None] * step) ** 2).sum(axis=1))
        best = int(np.argmin(away))
        point = points[best]
        segment = int(np.searchsorted(graph.segment_first, point, side="right") - 1)
        piece = graph.shape_mm[point + 1] - graph.shape_mm[point]
        along = graph.shape_mm[point] + int(np.rint(share[best] * piece))
        return segment, int(along), float(away[best])

    def travel_ms(self, origin: tuple[float, float], target: tuple[float, float]) -> float:
        """Milliseconds from one position to another; inf where there is no way."""
        graph = self.graph
        start, end = self.spot(*origin), self.spot(*target)
        arcs = graph.arcs
        source, sink = 2 * arcs, 2 * arcs + 1
        before = np.repeat(np.arange(arcs), np.diff(graph.turn_first))
        links = [(arc, arcs + arc, int(self.ms[arc])) for arc in range(arcs)]
        links += [(arcs + b, int(a), 0) for b, a in zip(before, graph.turn_to, strict=True)]
        for arc, at in self._sides(start):
            links.append((source, arcs + arc, int(self.ms[arc]) - self._part(arc, at)))
        for arc, at in self._sides(end):
            links.append((arc, sink, self._part(arc, at)))
        for arc, at in self._sides(start):
            for other, there in self._sides(end):
                if other == arc and there >= at:
                    links.append((source, sink, self._part(arc, there) - self._part(arc, at)))
        best: dict[tuple[int, int], int] = {}
        for tail, head, cost in links:
            best[tail, head] = min(best.get((tail, head), cost), cost)
        tails, heads = np.array(list(best)).T
        # One added to each link keeps SciPy from taking a cost of nothing for no link.
        costs = np.array(list(best.values()), np.float64) * 2.0**20 + 1.0
        matrix = coo_array((costs, (tails, heads)), shape=(2 * arcs + 2, 2 * arcs + 2)).tocsr()
        found = dijkstra(matrix, indices=source)[sink] // 2.0**20
        foot = sum(round(round(away * 1000) / 1.4) for away in (start[2], end[2]))
        return float(found + foot)

    def _sides(self, spot: tuple[int, int, float]) -> list[tuple[int, int]]:
        segment, along, _ = spot
        forward, backward = self.graph.segment_arc[segment].tolist()
        sides = [(forward, along)] if forward >= 0 else []
        if backward >= 0:
            sides.append((backward, int(self.mm[backward]) - along))
        return sides

    def _part(self, arc: int, along: int) -> int:
        length = int(self.mm[arc])
        return (int(self.ms[arc]) * along + length // 2) // length
