"""The fewest vertices that hold two ends of a graph apart: a maximum flow through vertices.

Every vertex lets one unit through, so the value of the flow is the number of vertices to remove
(Menger's theorem). Vertices are split in two: state `2 * v` is "about to enter v", state
`2 * v + 1` is "about to leave v". One search in breadth grows a tree from every free vertex of the
source end; each tree that meets the sink end gives one more path, and paths of different trees
have no state in common (Azad, Buluç, Pothen 2017 do so for matchings).
"""

from typing import NamedTuple

import numpy as np

from anlan_engine.compiled import compiled
from anlan_engine.hierarchy.costs import I32, U8

NOT_USED = -1
END = -2
"""In place of the vertex before a first one, or after a last one, of a path of the flow."""

MIDDLE, SOURCE, SINK = 0, 1, 2
"""Sides: vertices in the middle, at the end where paths begin, at the end where they finish."""

NOT_REACHED = -1


class Flow(NamedTuple):
    """Room for a flow and its search; vertices are numbered from 0 within the cell.

    Attributes
    ----------
    side : uint8[k]
        MIDDLE, SOURCE or SINK.
    before, after : int32[k]
        The neighbours on the path through a vertex; END at its ends, NOT_USED without a path.
    origin : int32[2 * k]
        The state from which each state was reached, itself for the root of a tree.
    root : int32[2 * k]
        The vertex at the root of each reached state's tree.
    queue : int32[2 * k]
        States in the order of the search.
    """

    side: U8
    before: I32
    after: I32
    origin: I32
    root: I32
    queue: I32


@compiled
def room_for(size: int) -> Flow:
    """Room for cells of up to `size` vertices."""
    return Flow(
        np.empty(size, np.uint8),
        np.empty(size, np.int32),
        np.empty(size, np.int32),
        np.empty(2 * size, np.int32),
        np.empty(2 * size, np.int32),
        np.empty(2 * size, np.int32),
    )


@compiled
def _roots(flow: Flow, begin: I32, end: I32, other: I32, low: int) -> int:
    """Root a tree in each free vertex of the source end that borders on others; return how many."""
    side, before, queue = flow.side, flow.before, flow.queue
    count = 0
    for vertex in range(len(begin)):
        if side[vertex] == SOURCE and before[vertex] == NOT_USED:
            for edge in range(begin[vertex], end[vertex]):
                if side[other[edge] - low] != SOURCE:
                    state = 2 * vertex + 1
                    flow.origin[state], flow.root[state] = state, vertex
                    queue[count] = state
                    count += 1
                    break
    return count


@compiled
def _reach(flow: Flow, state: int, origin: int, tail: int) -> int:
    """Queue a state that was not reached yet; return the new end of the queue."""
    if flow.origin[state] != NOT_REACHED:
        return tail
    flow.origin[state] = origin
    flow.root[state] = flow.root[origin]
    flow.queue[tail] = state
    return tail + 1


@compiled
def _search(flow: Flow, begin: I32, end: I32, other: I32, low: int, found: I32) -> int:
    """Grow the trees; note the states in which different ones meet the sink, return how many."""
    side, before = flow.side, flow.before
    flow.origin[: 2 * len(begin)] = NOT_REACHED
    tail = _roots(flow, begin, end, other, low)
    met = 0
    place = 0
    while place < tail:
        state = flow.queue[place]
        place += 1
        vertex, tree = state >> 1, flow.root[state]
        if before[tree] == END:  # this tree has its path
            continue
        if state & 1 == 0:
            if side[vertex] == SINK and before[vertex] == NOT_USED:
                found[met] = state
                met += 1
                before[tree] = END
                continue
            onward = vertex if before[vertex] == NOT_USED else before[vertex]
            tail = _reach(flow, 2 * onward + 1, state, tail)
            continue
        if before[vertex] >= 0:
            tail = _reach(flow, state - 1, state, tail)
        for edge in range(begin[vertex], end[vertex]):
            near = other[edge] - low
            if side[near] != SOURCE:
                tail = _reach(flow, 2 * near, state, tail)
    return met


@compiled
def _send(flow: Flow, last: int) -> None:
    """Send one more path to the state `last`, taking back what it goes against."""
    before, after, origin = flow.before, flow.after, flow.origin
    state = last
    while origin[state] != state:
        if state & 1 == 0 and origin[state] == state + 1:
            before[state >> 1] = NOT_USED
            after[state >> 1] = NOT_USED
        state = origin[state]
    before[state >> 1] = END
    state = last
    while origin[state] != state:
        one, two = origin[state] >> 1, state >> 1
        if state & 1 == 0 and one != two:
            after[one] = two
            before[two] = one
        state = origin[state]
    after[last >> 1] = END


@compiled
def separate(flow: Flow, begin: I32, end: I32, other: I32, low: int, most: int) -> int:
    """Find the largest flow from the SOURCE to the SINK side, or give up at `most`.

    Parameters
    ----------
    flow : Flow
        `side` given; afterwards `origin` is not NOT_REACHED for exactly the states that the source
        still reaches through its own border.
    begin, end : int32[k]
        Rows of the cell's vertices.
    other : int32[...]
        Their neighbours; the cell's vertices are `low` and up.

    Returns
    -------
    int
        The number of vertices in the smallest separator; at least `most` if given up.
    """
    size = len(begin)
    flow.before[:size] = NOT_USED
    flow.after[:size] = NOT_USED
    found = np.empty(size, np.int32)
    value = 0
    while value < most:
        met = _search(flow, begin, end, other, low, found)
        if met == 0:
            break
        for number in range(met):
            _send(flow, found[number])
        value += met
    return value
