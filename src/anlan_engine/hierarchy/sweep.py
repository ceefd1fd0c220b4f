"""Costs between one place and every vertex: climb to the root, then sweep down the whole order.

Each rank's cost is final once its higher neighbours' costs are, so one pass in descending order
does without a queue (PHAST: Delling, Goldberg, Nowatzyk, Werneck 2011).
"""

from typing import Any

import numpy as np

from anlan_engine.compiled import compiled
from anlan_engine.hierarchy.costs import I32, Costs
from anlan_engine.hierarchy.labels import climb
from anlan_engine.hierarchy.structure import Upward


@compiled
def sweep(
    upward: Upward, up_head: I32, lowest: I32, out: Costs, back: Costs,
    seeds: I32, seed_costs: Costs, limit: int,
) -> Costs:  # fmt: skip
    """Costs between one place and every rank.

    Parameters
    ----------
    upward, up_head, lowest
        Parts of the hierarchy.
    out, back : [m]
        Costs of up arcs away from the place: climbing, and descending again.
    seeds, seed_costs
        As for `climb`.
    limit : int
        Higher costs are given as `limit + 1`, the type's "no way" if that is the limit's
        successor; subtrees beyond it are skipped.

    Returns
    -------
    [n]
        By rank.
    """
    count = len(lowest)
    far = out.dtype.type(limit + 1)
    cost = np.full(count, far, out.dtype)
    height = 0
    for seed in seeds:
        if seed >= 0:
            height = max(height, int(upward.depth[seed]) + 1)
    label, way = np.empty(height, out.dtype), np.empty(height, np.int32)
    length = climb(upward, out, seeds, seed_costs, label, way, far)
    for row in range(length):
        cost[way[row]] = label[row]
    start = way[length - 1] if length > 0 else -1
    rank = count - 1
    while rank >= 0:
        best = cost[rank]
        for arc in range(upward.up_first[rank], upward.up_first[rank + 1]):
            best = min(best, cost[up_head[arc]] + back[arc])
        cost[rank] = best
        holds_start = lowest[rank] <= start <= rank
        if best == far and not holds_start and _cut_off(upward, up_head, cost, rank, far):
            rank = lowest[rank]
        rank -= 1
    return cost


@compiled
def _cut_off(upward: Upward, up_head: I32, cost: Costs, rank: int, far: Any) -> bool:
    """Whether no higher neighbour of a rank, and so nothing outside its subtree, is reached."""
    for arc in range(upward.up_first[rank], upward.up_first[rank + 1]):
        if cost[up_head[arc]] != far:
            return False
    return True
