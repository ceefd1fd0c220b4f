"""Costs of all up arcs from the weights of the input arcs, all at once.

Every up arc between two ranks costs, in each direction, the least of the input arcs on it and of
its *lower triangles*: the ways through a common lower neighbour. Then every shortest path has a
counterpart that first climbs and then descends (Dibbelt, Strasser, Wagner 2016, basic
customization).
"""

from typing import Any

import numpy as np

from anlan_engine.compiled import compiled
from anlan_engine.hierarchy.costs import Costs
from anlan_engine.hierarchy.structure import NO_ARC, UP, Inputs, Triangles


@compiled
def customized(
    triangles: Triangles, inputs: Inputs, weights: Costs, far: Any
) -> tuple[Costs, Costs]:
    """Customize a hierarchy completely.

    Parameters
    ----------
    triangles, inputs
        Parts of the hierarchy.
    weights : int32[arcs] or int64[arcs]
        Of the input arcs.
    far : int32 or int64
        The cost that means "no way", of the weights' type.

    Returns
    -------
    up, down : int32[m] or int64[m]
        Costs of each up arc from its tail to its head, and back.
    """
    up = np.full(len(triangles.up_head), far, weights.dtype)
    down = np.full(len(triangles.up_head), far, weights.dtype)
    for arc in range(len(weights)):
        place = inputs.arc_up[arc]
        if place != NO_ARC:
            if inputs.arc_side[arc] == UP:
                up[place] = min(up[place], weights[arc])
            else:
                down[place] = min(down[place], weights[arc])
    _relax_triangles(triangles, up, down)
    return up, down


@compiled
def _relax_triangles(triangles: Triangles, up: Costs, down: Costs) -> None:
    """Lower the cost of every up arc to that of its lower triangles, in ascending order."""
    up_first, up_head = triangles.up_first, triangles.up_head
    count = len(up_first) - 1
    arc_to = np.empty(count, np.int32)
    for middle in range(count):
        for arc in range(up_first[middle], up_first[middle + 1]):
            arc_to[up_head[arc]] = arc
        for place in range(triangles.down_first[middle], triangles.down_first[middle + 1]):
            low, from_low = triangles.down_tail[place], triangles.down_arc[place]
            ascent, descent = up[from_low], down[from_low]
            for side in range(from_low + 1, up_first[low + 1]):
                arc = arc_to[up_head[side]]
                up[arc] = min(up[arc], descent + up[side])
                down[arc] = min(down[arc], down[side] + ascent)
