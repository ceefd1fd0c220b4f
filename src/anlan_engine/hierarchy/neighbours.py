"""Who borders whom: an undirected graph without loops and doubles, as flat arrays."""

from typing import NamedTuple

import numpy as np

from anlan_engine.compiled import compiled
from anlan_engine.hierarchy.costs import I32


class Neighbours(NamedTuple):
    """Undirected graph; each edge is listed from both of its ends.

    Attributes
    ----------
    first : int32[vertices + 1]
        Where each vertex's row begins in `other`.
    other : int32[2 * edges]
        The neighbours, ascending within each row.
    """

    first: I32
    other: I32


@compiled
def _counted(first: I32, head: I32, name: I32, count: int) -> I32:
    """Where rows begin when every arc is listed from both renamed ends."""
    begin = np.zeros(count + 1, np.int32)
    for tail in range(len(first) - 1):
        for arc in range(first[tail], first[tail + 1]):
            if name[tail] != name[head[arc]]:
                begin[name[tail] + 1] += 1
                begin[name[head[arc]] + 1] += 1
    for row in range(count):
        begin[row + 1] += begin[row]
    return begin


@compiled
def _listed(first: I32, head: I32, name: I32, begin: I32) -> I32:
    """List every arc from both of its renamed ends, with doubles."""
    free = begin[:-1].copy()
    other = np.empty(begin[-1], np.int32)
    for tail in range(len(first) - 1):
        for arc in range(first[tail], first[tail + 1]):
            one, two = name[tail], name[head[arc]]
            if one != two:
                other[free[one]] = two
                other[free[two]] = one
                free[one] += 1
                free[two] += 1
    return other


@compiled
def _transposed(begin: I32, other: I32) -> I32:
    """The same rows, each ascending: a symmetric list read by columns."""
    free = begin[:-1].copy()
    rows = np.empty(len(other), np.int32)
    for row in range(len(begin) - 1):
        for place in range(begin[row], begin[row + 1]):
            column = other[place]
            rows[free[column]] = row
            free[column] += 1
    return rows


@compiled
def _single(begin: I32, other: I32) -> tuple[I32, I32]:
    """Drop doubles from ascending rows."""
    first = np.zeros(len(begin), np.int32)
    kept = np.empty(len(other), np.int32)
    count = 0
    for row in range(len(begin) - 1):
        last = -1
        for place in range(begin[row], begin[row + 1]):
            if other[place] != last:
                last = other[place]
                kept[count] = last
                count += 1
        first[row + 1] = count
    return first, kept[:count].copy()


def neighbours(first: I32, head: I32, name: I32, count: int) -> Neighbours:
    """Forget directions, loops and doubles of a directed graph.

    Parameters
    ----------
    first : int32[vertices + 1], head : int32[arcs]
        Directed graph by rows.
    name : int32[vertices]
        New name of each vertex, below `count`; vertices of one name become one.
    count : int
        Vertices of the result.
    """
    begin = _counted(first, head, name, count)
    other = _transposed(begin, _listed(first, head, name, begin))
    return Neighbours(*_single(begin, other))
