"""Compile every function of the hierarchy by one small question for each type of weights."""

import numpy as np
import numpy.typing as npt

from anlan_engine.hierarchy.build import build_hierarchy
from anlan_engine.hierarchy.costs import NO_VERTEX
from anlan_engine.hierarchy.metric import Metric, metric_of
from anlan_engine.hierarchy.plain import PlainMetric

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
    ones = np.ones(len(two), np.int32)
    for weights in (ones, ones.astype(np.int64)):
        _ask(metric_of(hierarchy, weights), cell)
        twin = np.full(len(cell), NO_VERTEX, np.int32)
        _ask(PlainMetric(first.astype(np.int32), two.astype(np.int32), twin, weights), cell)


def _ask(metric: Metric | PlainMetric, cell: npt.NDArray[np.int64]) -> None:
    """Ask one metric for everything."""
    metric.changed([0], [metric.far])
    origins, targets = metric.origins(cell).moved([0], [1]), metric.targets(cell)
    metric.many_to_one(origins, [0])  # type: ignore[arg-type]  # labels of this very metric
    metric.matrix(origins, targets)  # type: ignore[arg-type]
    metric.one_to_all([0])
    metric.way([0], [SIDE])
