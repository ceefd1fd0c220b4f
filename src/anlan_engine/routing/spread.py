"""The search itself: Dijkstra over arcs, compiled."""

import numpy as np
import numpy.typing as npt

from anlan_engine.compiled import compiled

I32 = npt.NDArray[np.int32]
I64 = npt.NDArray[np.int64]
Bool = npt.NDArray[np.bool_]

FAR = np.int64(1) << np.int64(62)
"""A cost no route has."""

NO_ARC = -1


@compiled
def _push(keys: I64, items: I32, size: int, key: int, item: int) -> int:
    """Put an item into the binary heap of `size` items; return the new size."""
    place = size
    while place > 0:
        above = (place - 1) >> 1
        if keys[above] <= key:
            break
        keys[place] = keys[above]
        items[place] = items[above]
        place = above
    keys[place] = key
    items[place] = item
    return size + 1


@compiled
def _drop_least(keys: I64, items: I32, size: int) -> int:
    """Remove the least item from the binary heap; return the new size."""
    size -= 1
    key, item = keys[size], items[size]
    place = 0
    while True:
        below = 2 * place + 1
        if below >= size:
            break
        if below + 1 < size and keys[below + 1] < keys[below]:
            below += 1
        if keys[below] >= key:
            break
        keys[place] = keys[below]
        items[place] = items[below]
        place = below
    keys[place] = key
    items[place] = item
    return size


@compiled
def _marked(arcs: I32, count: int) -> tuple[Bool, int]:
    """A mark on every arc of a list, and how many different ones there are."""
    marks = np.zeros(count, np.bool_)
    different = 0
    for arc in arcs:
        different += not marks[arc]
        marks[arc] = True
    return marks, different


@compiled
def _forget_unsettled(settled: Bool, entered: I64, parent: I32) -> None:
    """Take back costs that a search left tentative."""
    for arc in range(len(settled)):
        if not settled[arc]:
            entered[arc] = FAR
            parent[arc] = NO_ARC


@compiled
def spread(
    first: I32, to: I32, cost: I64, seeds: I32, seed_costs: I64, wanted: I32, limit: int
) -> tuple[I64, I32]:
    """Find the least cost to enter each wanted arc (Dijkstra 1959, with lazy deletion).

    Parameters
    ----------
    first : int32[arcs + 1], to : int32[turns]
        Turns: the arcs that may come next. Given the reversed turns, the search runs backwards.
    cost : int64[arcs]
        Added when an arc is passed.
    seeds : int32[seeds], seed_costs : int64[seeds]
        Arcs to begin with and their costs.
    wanted : int32[wanted]
        The search ends when all of these are settled.
    limit : int
        Costs above it are not followed.

    Returns
    -------
    entered : int64[arcs]
        Cost before each arc, exact for settled arcs and `FAR` for all others.
    parent : int32[arcs]
        The arc before it on the best route; `NO_ARC` for seeds and unsettled arcs.
    """
    entered = np.full(len(cost), FAR, np.int64)
    parent = np.full(len(cost), NO_ARC, np.int32)
    settled = np.zeros(len(cost), np.bool_)
    is_wanted, missing = _marked(wanted, len(cost))
    keys = np.empty(len(to) + len(seeds), np.int64)
    items = np.empty(len(to) + len(seeds), np.int32)
    size = 0
    for number in range(len(seeds)):
        entered[seeds[number]] = min(entered[seeds[number]], seed_costs[number])
        size = _push(keys, items, size, seed_costs[number], seeds[number])
    while size > 0 and missing > 0 and keys[0] <= limit:
        arc = items[0]
        size = _drop_least(keys, items, size)
        if not settled[arc]:
            settled[arc] = True
            missing -= is_wanted[arc]
            reached = entered[arc] + cost[arc]
            for turn in range(first[arc], first[arc + 1]):
                after = to[turn]
                if reached < entered[after]:
                    entered[after] = reached
                    parent[after] = arc
                    size = _push(keys, items, size, reached, after)
    _forget_unsettled(settled, entered, parent)
    return entered, parent
