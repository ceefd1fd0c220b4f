"""Build a hierarchy."""

import numpy as np
import numpy.typing as npt

from anlan_engine.hierarchy.costs import F64, I32, NO_VERTEX, Costs
from anlan_engine.hierarchy.errors import HierarchyError
from anlan_engine.hierarchy.metric import Metric, metric_of
from anlan_engine.hierarchy.plain import PlainMetric
from anlan_engine.hierarchy.structure import Hierarchy, check_graph, customizable

ANY_NUMBER = 2**31 - 1

MOST_UP_ARCS = 6
"""Up arcs for each input arc from which on a plain hierarchy is the quicker one. Streets need 2."""

SMALL_UP_ARCS = 2**16
"""Up to so many, the customizable one is always quick."""


def fitting_metric(
    first: npt.ArrayLike,
    head: npt.ArrayLike,
    x: npt.ArrayLike,
    y: npt.ArrayLike,
    weights: Costs,
    *,
    twins: npt.ArrayLike | None = None,
) -> Metric | PlainMetric:
    """Build whichever hierarchy suits the graph: customizable, or plain where it is grid-like.

    Both answer the same questions alike; `kind` tells which one it is. A plain one takes seconds
    for every change of weights.

    Parameters
    ----------
    first, head, x, y, twins
        As for `build_hierarchy`.
    weights : int32[arcs] or int64[arcs]
        As for `metric_of`.

    Raises
    ------
    HierarchyError
        Those of `build_hierarchy` and `metric_of`.
    """
    graph = _checked(first, head, x, y, twins)
    most = max(MOST_UP_ARCS * len(graph[1]), SMALL_UP_ARCS)
    hierarchy = customizable(*graph, most=most)
    if hierarchy is None:
        return PlainMetric(graph[0], graph[1], graph[4], weights)
    return metric_of(hierarchy, weights)


def _checked(
    first: npt.ArrayLike,
    head: npt.ArrayLike,
    x: npt.ArrayLike,
    y: npt.ArrayLike,
    twins: npt.ArrayLike | None,
) -> tuple[I32, I32, F64, F64, I32]:
    """The arrays of a graph in their types, checked."""
    xs = np.ascontiguousarray(x, np.float64)
    ys = np.ascontiguousarray(y, np.float64)
    rows = np.ascontiguousarray(first, np.int32)
    heads = np.ascontiguousarray(head, np.int32)
    if twins is None:
        twin = np.full(len(xs), NO_VERTEX, np.int32)
    else:
        twin = np.ascontiguousarray(twins, np.int32)
    check_graph(rows, heads, xs, ys, twin)
    return rows, heads, xs, ys, twin


def build_hierarchy(
    first: npt.ArrayLike,
    head: npt.ArrayLike,
    x: npt.ArrayLike,
    y: npt.ArrayLike,
    *,
    twins: npt.ArrayLike | None = None,
) -> Hierarchy:
    """Build the hierarchy of a directed graph; weights are not needed.

    Parameters
    ----------
    first : int32[vertices + 1], head : int32[arcs]
        Arc `a` with `first[v] <= a < first[v + 1]` leads from `v` to `head[a]`. Loops and parallel
        arcs are allowed.
    x, y : float64[vertices]
        Coordinates in a plane, in one unit for both. They only guide the order: answers do not
        depend on them.
    twins : int32[vertices], optional
        The vertex with which each vertex may share a place; NO_VERTEX for none.

    Returns
    -------
    Hierarchy

    Raises
    ------
    HierarchyError
        ARRAYS_DISAGREE, INVALID_FIRST, INVALID_HEAD, INVALID_COORDINATES, INVALID_TWINS
    """
    graph = _checked(first, head, x, y, twins)
    built = customizable(*graph, most=ANY_NUMBER)
    if built is None:  # pragma: no cover (no array of up arcs could be as long)
        raise HierarchyError(code="ARRAYS_DISAGREE", name="arcs", length=-1, wanted=ANY_NUMBER)
    return built
