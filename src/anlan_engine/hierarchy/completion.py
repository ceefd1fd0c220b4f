"""The elimination tree of an order and the arcs that must be there for every weight.

Contracting vertices in order and joining all remaining neighbours of each yields a chordal graph
(Dibbelt, Strasser, Wagner 2016). The lowest higher neighbour of a vertex is its parent in the
elimination tree (Liu 1990), and all higher neighbours of a vertex are its ancestors.
"""

from typing import NamedTuple

import numpy as np

from anlan_engine.compiled import compiled
from anlan_engine.hierarchy.costs import I32, NO_VERTEX
from anlan_engine.hierarchy.neighbours import Neighbours


class Completion(NamedTuple):
    """A chordal graph; vertices are ranks, rows ascend.

    Attributes
    ----------
    up_first : int32[n + 1], up_head : int32[m]
        Higher neighbours of each rank. An *up arc* is an entry of `up_head`.
    down_first : int32[n + 1], down_tail : int32[m], down_arc : int32[m]
        Lower neighbours of each rank, and the up arc that leads from each.
    parent : int32[n]
        The elimination tree: ranks, NO_VERTEX for a root.
    """

    up_first: I32
    up_head: I32
    down_first: I32
    down_tail: I32
    down_arc: I32
    parent: I32


@compiled
def tree_of(graph: Neighbours) -> I32:
    """Find the parent of every rank without the completion (Liu 1990).

    Vertices of the graph are ranks.
    """
    count = len(graph.first) - 1
    parent = np.full(count, NO_VERTEX, np.int32)
    root = np.arange(count).astype(np.int32)
    for high in range(count):
        for edge in range(graph.first[high], graph.first[high + 1]):
            low = graph.other[edge]
            while low < high and root[low] != high:
                above = root[low]
                root[low] = high
                if above == low:
                    parent[low] = high
                    break
                low = above
    return parent


@compiled
def postordered(parent: I32) -> I32:
    """List the ranks so that every subtree of the elimination tree is one run.

    Such an order has the same completion: parents still come after their children.
    """
    count = len(parent)
    child = np.full(count, NO_VERTEX, np.int32)
    sibling = np.full(count, NO_VERTEX, np.int32)
    stack = np.empty(count, np.int32)
    height = 0
    for rank in range(count - 1, -1, -1):
        if parent[rank] == NO_VERTEX:
            stack[height] = rank
            height += 1
        else:
            sibling[rank] = child[parent[rank]]
            child[parent[rank]] = rank
    listed = np.empty(count, np.int32)
    free = 0
    while height > 0:
        rank = stack[height - 1]
        below = child[rank]
        if below == NO_VERTEX:
            listed[free] = rank
            free += 1
            height -= 1
        else:
            child[rank] = sibling[below]
            stack[height] = below
            height += 1
    return listed


@compiled
def _join(
    others: I32, begin: int, end: int, low: int, seen: I32, head: I32, free: int
) -> int:  # fmt: skip
    """Append those of `others[begin:end]` above `low` that were not seen; return the new end."""
    for place in range(begin, end):
        high = others[place]
        if high > low and seen[high] != low:
            seen[high] = low
            head[free] = high
            free += 1
    return free


@compiled
def _filled(graph: Neighbours, most: int) -> tuple[I32, I32]:
    """Higher neighbours after completion, rows in no order; empty when more than `most`.

    Vertices of the graph are ranks.
    """
    count = len(graph.first) - 1
    begin = np.zeros(count + 1, np.int32)
    head = np.empty(2 * len(graph.other) + count, np.int32)
    child = np.full(count, NO_VERTEX, np.int32)
    sibling = np.full(count, NO_VERTEX, np.int32)
    seen = np.full(count, NO_VERTEX, np.int32)
    free = 0
    for low in range(count):
        if free + count - low > len(head):
            larger = np.empty(2 * len(head) + count, np.int32)
            larger[:free] = head[:free]
            head = larger
        free = _join(graph.other, graph.first[low], graph.first[low + 1], low, seen, head, free)
        below = child[low]
        while below != NO_VERTEX:
            free = _join(head, begin[below], begin[below + 1], low, seen, head, free)
            below = sibling[below]
        begin[low + 1] = free
        if free > most:
            return begin, head[:0].copy()
        if free > begin[low]:
            parent = head[begin[low] : free].min()
            sibling[low] = child[parent]
            child[parent] = low
    return begin, head[:free].copy()


@compiled
def _both_ways(begin: I32, head: I32) -> tuple[I32, I32, I32, I32]:
    """Up rows made ascending, and the down rows: a list read by columns twice."""
    count = len(begin) - 1
    down_first = np.zeros(count + 1, np.int32)
    for arc in range(len(head)):
        down_first[head[arc] + 1] += 1
    for high in range(count):
        down_first[high + 1] += down_first[high]
    free = down_first[:-1].copy()
    down_tail = np.empty(len(head), np.int32)
    for low in range(count):
        for arc in range(begin[low], begin[low + 1]):
            down_tail[free[head[arc]]] = low
            free[head[arc]] += 1
    up_head, down_arc = np.empty(len(head), np.int32), np.empty(len(head), np.int32)
    free = begin[:-1].copy()
    for high in range(count):
        for place in range(down_first[high], down_first[high + 1]):
            low = down_tail[place]
            up_head[free[low]] = high
            down_arc[place] = free[low]
            free[low] += 1
    return up_head, down_first, down_tail, down_arc


def completed(graph: Neighbours, most: int) -> Completion | None:
    """Complete a graph whose vertices are ranks, the subtrees of which are runs.

    Parameters
    ----------
    graph : Neighbours
    most : int
        Up arcs allowed.

    Returns
    -------
    Completion or None
        None where more than `most` arcs would be needed.
    """
    begin, head = _filled(graph, most)
    if len(head) < begin.max(initial=0):
        return None
    up_head, down_first, down_tail, down_arc = _both_ways(begin, head)
    parent = np.full(len(begin) - 1, NO_VERTEX, np.int32)
    has_parent = begin[1:] > begin[:-1]
    parent[has_parent] = up_head[begin[:-1][has_parent]]
    return Completion(begin, up_head, down_first, down_tail, down_arc, parent)
