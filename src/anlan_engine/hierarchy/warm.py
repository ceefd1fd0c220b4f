"""Compile every function of the hierarchy by one small question for each type of weights."""

import numpy as np

from anlan_engine.hierarchy.build import build_hierarchy
from anlan_engine.hierarchy.metric import metric_of

SIDE = 12
"""Large enough that the order is made by cutting, too."""


def warm_hierarchy() -> None:
    """Ask for everything once on a small grid of streets."""
    east, north = np.meshgrid(np.arange(SIDE), np.arange(SIDE))
    cell = (east + SIDE * north).reshape(-1)
    edges = [(cell[east.reshape(-1) + 1 < SIDE], 1), (cell[north.reshape(-1) + 1 < SIDE], SIDE)]
    one = np.concatenate([low for low, _ in edges] + [low + step for low, step in edges])
    two = np.concatenate([low + step for low, step in edges] + [low for low, _ in edges])
    one, two = one[np.argsort(one)], two[np.argsort(one)]
    first = np.searchsorted(one, np.arange(len(cell) + 1))
    hierarchy = build_hierarchy(first, two, east.reshape(-1), north.reshape(-1))
    for dtype in (np.int32, np.int64):
        metric = metric_of(hierarchy, np.ones(len(two), dtype))
        closed = metric.changed([0], [metric.far])
        places = closed.origins(cell).moved([0], [1])
        closed.many_to_one(places, [0])
        closed.matrix(places, closed.targets(cell))
        closed.one_to_all([0])
        closed.way([0], [SIDE])
