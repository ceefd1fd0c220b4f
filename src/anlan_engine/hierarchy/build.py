"""Build a hierarchy."""

import numpy as np
import numpy.typing as npt

from anlan_engine.hierarchy.costs import NO_VERTEX
from anlan_engine.hierarchy.structure import Hierarchy, check_graph, customizable


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
    xs = np.ascontiguousarray(x, np.float64)
    ys = np.ascontiguousarray(y, np.float64)
    rows = np.ascontiguousarray(first, np.int32)
    heads = np.ascontiguousarray(head, np.int32)
    if twins is None:
        twin = np.full(len(xs), NO_VERTEX, np.int32)
    else:
        twin = np.ascontiguousarray(twins, np.int32)
    check_graph(rows, heads, xs, ys, twin)
    built = customizable(rows, heads, xs, ys, twin, most=2**31 - 1)
    assert built is not None  # noqa: S101
    return built
