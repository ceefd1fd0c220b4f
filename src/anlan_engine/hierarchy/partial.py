"""Costs of up arcs after some input arcs changed their weight: only what depends on them.

Up arcs are numbered by the rank of their lower end, so whatever depends on an up arc has a higher
number: a queue by number computes every arc once, after all that it depends on. An arc is computed
anew from its input arcs and all of its lower triangles, hence to the very bit as if everything had
been customized (Dibbelt, Strasser, Wagner 2016, partial updates).
"""

from heapq import heappop, heappush
from typing import Any

import numpy as np

from anlan_engine.compiled import compiled
from anlan_engine.hierarchy.costs import I32, Bool, Costs
from anlan_engine.hierarchy.structure import NO_ARC, UP, Inputs, Triangles, arc_between


@compiled
def _computed(
    triangles: Triangles, inputs: Inputs, weights: Costs, up: Costs, down: Costs,
    low: int, arc: int, far: Any,
) -> tuple[int, int]:  # fmt: skip
    """Both costs of one up arc from its input arcs and lower triangles."""
    ascent, descent = far, far
    for place in range(inputs.up_arcs_first[arc], inputs.up_arcs_first[arc + 1]):
        weight = weights[inputs.up_arcs[place]]
        if inputs.arc_side[inputs.up_arcs[place]] == UP:
            ascent = min(ascent, weight)
        else:
            descent = min(descent, weight)
    first, tails, arcs = triangles.down_first, triangles.down_tail, triangles.down_arc
    one, one_end = first[low], first[low + 1]
    two, two_end = first[triangles.up_head[arc]], first[triangles.up_head[arc] + 1]
    if one < one_end:
        two += np.searchsorted(tails[two:two_end], tails[one])
    while one < one_end and two < two_end:
        if tails[one] == tails[two]:
            ascent = min(ascent, down[arcs[one]] + up[arcs[two]])
            descent = min(descent, down[arcs[two]] + up[arcs[one]])
        one, two = one + (tails[one] <= tails[two]), two + (tails[two] <= tails[one])
    return ascent, descent


@compiled
def _push(queue: list[int], queued: Bool, arc: int) -> None:
    """Queue an up arc once."""
    if not queued[arc]:
        queued[arc] = True
        heappush(queue, int(np.int64(arc)))


@compiled
def _push_dependents(
    triangles: Triangles, up: Costs, down: Costs, low: int, arc: int,
    new: tuple[int, int], queue: list[int], queued: Bool,
) -> None:  # fmt: skip
    """Queue the arcs above `arc` whose cost came from it or would be lowered by its new cost."""
    up_first, up_head = triangles.up_first, triangles.up_head
    head = up_head[arc]
    ascent, descent = new
    up_bound, down_bound = min(up[arc], ascent), min(down[arc], descent)
    for beside in range(up_first[low], up_first[low + 1]):
        if beside == arc:
            continue
        other = up_head[beside]
        upper = arc_between(up_first, up_head, min(head, other), max(head, other))
        into, out = (up, down) if head < other else (down, up)
        if (ascent != up[arc] and down[beside] + up_bound <= out[upper]) or (
            descent != down[arc] and up[beside] + down_bound <= into[upper]
        ):
            _push(queue, queued, upper)


@compiled
def update(
    triangles: Triangles, inputs: Inputs, weights: Costs, arcs: I32, up: Costs, down: Costs,
    far: Any,
) -> int:  # fmt: skip
    """Bring costs up to date after some weights changed.

    Parameters
    ----------
    triangles, inputs
        Parts of the hierarchy.
    weights : [arcs]
        New weights of all input arcs.
    arcs : int32[c]
        The input arcs whose weight changed.
    up, down : [m]
        In and out: costs of the up arcs.
    far
        The cost that means "no way".

    Returns
    -------
    int
        How many up arcs were computed anew.
    """
    queued = np.zeros(len(up), np.bool_)
    queue = [0 for _ in range(0)]
    for arc in arcs:
        if inputs.arc_up[arc] != NO_ARC:
            _push(queue, queued, inputs.arc_up[arc])
    computed = 0
    while len(queue) > 0:
        place = heappop(queue)
        computed += 1
        low = int(np.searchsorted(triangles.up_first, place, side="right")) - 1
        ascent, descent = _computed(triangles, inputs, weights, up, down, low, place, far)
        if ascent != up[place] or descent != down[place]:
            new = ascent, descent
            _push_dependents(triangles, up, down, low, place, new, queue, queued)
            up[place], down[place] = ascent, descent
    return computed
