"""Places on streets, drawn from a seed."""

import numpy as np
import numpy.typing as npt

from anlan_engine.roads import RoadGraph
from anlan_engine.roads.graph import DEGREE_UNITS

SEED = 20261121
NEAR_DEGREES = 0.0003  # about 30 m: people and vehicles are seldom on a junction


Positions = npt.NDArray[np.float64]
"""float64[n, 2]: longitude, latitude in degrees."""


def drawn_places(graph: RoadGraph, count: int, seed: int = SEED) -> Positions:
    """Return `count` positions near junctions of the graph."""
    draw = np.random.default_rng(seed)
    nodes = draw.integers(graph.nodes, size=count)
    shift = draw.uniform(-NEAR_DEGREES, NEAR_DEGREES, size=(count, 2))
    places: Positions = graph.node_at[nodes] / DEGREE_UNITS + shift
    return places
