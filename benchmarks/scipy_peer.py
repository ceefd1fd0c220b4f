"""The peer of routing: SciPy's Dijkstra on the same arcs and turns, with the same snapping."""

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from anlan_engine.roads import MM_BITS
from anlan_engine.routing import RoadTimes
from anlan_engine.routing.network import NO_ARC
from anlan_engine.routing.places import placed

F64 = npt.NDArray[np.float64]
PEER = "SciPy Dijkstra on the same graph"


class ScipyTimes:
    """Travel times to one place by one search backwards; the matrix is built once, untimed."""

    def __init__(self, times: RoadTimes) -> None:
        self.network, graph = times.network, times.graph
        self.graph = graph
        self.ms = (graph.arc_cost >> MM_BITS).astype(np.float64)
        weights = np.repeat(self.ms, np.diff(graph.back_first))
        weights[self.network.shut[graph.back_from]] = np.inf
        shape = (graph.arcs, graph.arcs)
        self.back = csr_array((weights, graph.back_from, graph.back_first), shape=shape)

    def times_to(self, lon: float, lat: float, origins: F64) -> F64:
        """Return seconds from each origin to the place, as `RoadTimes.times_to` does.

        An origin on the very segment of the place is driven round the block: the one case that
        SciPy's graph does not hold.
        """
        here = placed(self.network, np.array([[lon, lat]]))
        others = placed(self.network, origins)
        best = np.full(self.graph.arcs, np.inf)
        for arc, before in zip(here.arc[0].tolist(), here.before[0].tolist(), strict=True):
            if arc != NO_ARC:
                found = dijkstra(self.back, indices=arc) - self.ms[arc] + (before >> MM_BITS)
                found[arc] = np.inf
                best = np.minimum(best, found)
        on_network = others.arc != NO_ARC
        rest = (others.after >> MM_BITS) + np.where(on_network, best[others.arc], np.inf)
        foot = (here.foot[0] >> MM_BITS) + (others.foot >> MM_BITS)
        seconds: F64 = (rest.min(axis=1) + foot) / 1000.0
        return seconds
