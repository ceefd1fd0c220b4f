"""The shortest way itself, as input arcs."""

from typing import Any, NamedTuple

import numpy as np

from anlan_engine.compiled import compiled
from anlan_engine.hierarchy.costs import I32, NO_VERTEX, Costs
from anlan_engine.hierarchy.labels import climb
from anlan_engine.hierarchy.places import Seeds
from anlan_engine.hierarchy.structure import (
    DOWN,
    NO_ARC,
    UP,
    Inputs,
    Triangles,
    Upward,
    arc_between,
)


class Priced(NamedTuple):
    """Weights of the input arcs and both costs of the up arcs."""

    weights: Costs
    up: Costs
    down: Costs


@compiled
def _climbed(
    triangles: Triangles, upward: Upward, cost: Costs, label: Costs, way: I32, seeds: Seeds,
    row: int,
) -> list[int]:  # fmt: skip
    """The up arcs that lead from a seed to the ancestor in `row` at the cost of its label."""
    arcs = [0 for _ in range(0)]
    while True:
        rank = way[row]
        for number in range(len(seeds.ranks)):
            if seeds.ranks[number] == rank and seeds.costs[number] == label[row]:
                return arcs[::-1]
        for place in range(triangles.down_first[rank], triangles.down_first[rank + 1]):
            tail, arc = triangles.down_tail[place], triangles.down_arc[place]
            below = upward.depth[tail]
            if below < len(way) and way[below] == tail and label[below] + cost[arc] == label[row]:
                arcs.append(arc)
                row = below
                break


@compiled
def _input_arc(inputs: Inputs, weights: Costs, arc: int, side: int, cost: int) -> int:
    """The input arc that gives an up arc its cost in one direction, or NO_ARC."""
    for place in range(inputs.up_arcs_first[arc], inputs.up_arcs_first[arc + 1]):
        number = inputs.up_arcs[place]
        if inputs.arc_side[number] == side and weights[number] == cost:
            return int(number)
    return NO_ARC


@compiled
def _halves(triangles: Triangles, up: Costs, down: Costs, arc: int, side: int) -> tuple[int, int]:
    """The two up arcs of the lower triangle that gives an up arc its cost in one direction.

    To its low end first: the way is down the first and up the second, or the reverse.
    """
    low = int(np.searchsorted(triangles.up_first, arc, side="right")) - 1
    high = triangles.up_head[arc]
    for place in range(triangles.down_first[low], triangles.down_first[low + 1]):
        below, to_low = triangles.down_tail[place], triangles.down_arc[place]
        to_high = arc_between(triangles.up_first, triangles.up_head, below, high)
        if to_high != NO_ARC:
            if side == UP and down[to_low] + up[to_high] == up[arc]:
                return to_low, to_high
            if side == DOWN and down[to_high] + up[to_low] == down[arc]:
                return to_low, to_high
    return NO_ARC, NO_ARC


@compiled
def _unpack(
    triangles: Triangles, inputs: Inputs, weights: Costs, up: Costs, down: Costs,
    arc: int, side: int, out: list[int],
) -> None:  # fmt: skip
    """Append the input arcs that one up arc stands for."""
    arcs, sides = [arc], [side]
    while len(arcs) > 0:
        arc, side = arcs.pop(), sides.pop()
        number = _input_arc(inputs, weights, arc, side, up[arc] if side == UP else down[arc])
        if number != NO_ARC:
            out.append(number)
            continue
        to_low, to_high = _halves(triangles, up, down, arc, side)
        if side == UP:
            arcs.append(to_high)
            arcs.append(to_low)
        else:
            arcs.append(to_low)
            arcs.append(to_high)
        sides.append(UP)
        sides.append(DOWN)


@compiled
def _climb_alone(upward: Upward, cost: Costs, seeds: Seeds, far: Any) -> tuple[Costs, I32]:
    """The label of one place in room of its own: costs and ancestors by depth."""
    height = 0
    for rank in seeds.ranks:
        if rank != NO_VERTEX:
            height = max(height, int(upward.depth[rank]) + 1)
    label, way = np.empty(height, cost.dtype), np.empty(height, np.int32)
    climb(upward, cost, seeds.ranks, seeds.costs, label, way, far)
    return label, way


@compiled
def shortest(
    triangles: Triangles, upward: Upward, inputs: Inputs, priced: Priced, starts: Seeds,
    ends: Seeds, far: Any,
) -> tuple[int, I32]:  # fmt: skip
    """The shortest way from one place to another.

    Returns
    -------
    cost : int
        `far` where there is no way.
    arcs : int32[...]
        Input arcs in order.
    """
    weights, up, down = priced
    from_start, way = _climb_alone(upward, up, starts, far)
    to_end, other_way = _climb_alone(upward, down, ends, far)
    best, top = far, -1
    for row in range(min(len(way), len(other_way))):
        if way[row] != other_way[row]:
            break
        if from_start[row] + to_end[row] < best:
            best, top = from_start[row] + to_end[row], row
    found = [int(np.int64(0)) for _ in range(0)]
    if top >= 0:
        ascent = _climbed(triangles, upward, up, from_start, way, starts, top)
        descent = _climbed(triangles, upward, down, to_end, other_way, ends, top)
        for arc in ascent:
            _unpack(triangles, inputs, weights, up, down, arc, UP, found)
        for arc in descent[::-1]:
            _unpack(triangles, inputs, weights, up, down, arc, DOWN, found)
    return best, np.array(found, np.int32)
