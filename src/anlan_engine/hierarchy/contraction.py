"""A plain contraction hierarchy: order and shortcuts for one set of weights.

Vertices are contracted from the least important up. Where the only shortest way between two
neighbours led through the contracted vertex, a shortcut keeps their distance (Geisberger, Sanders,
Schultes, Vetter 2012). A search for another way (a *witness*) that gives up early only means a
shortcut too many.
"""

from typing import Any, NamedTuple

import numpy as np

from anlan_engine.compiled import compiled
from anlan_engine.hierarchy.costs import I32, I64, Bool, Costs
from anlan_engine.hierarchy.heap import drop_least, push

NONE = -1

SETTLED_MOST = 1_000
"""A search for a witness gives up after so many vertices."""

ROOM = 4
"""Room for so many times the input arcs at first; more if that is not enough."""

SEARCH_ROOM = 4_096
"""Entries of a witness search's queue, which holds few: it gives up when full."""


class Pool(NamedTuple):
    """Arcs and shortcuts between vertices, in lists by either end.

    Attributes
    ----------
    tail, head : int32[room]
        Ends of each arc.
    cost : [room]
        Its cost.
    one, two : int32[room]
        The two arcs that a shortcut stands for; NONE and the input arc for an arc that is none.
    next_out, next_in : int32[room]
        The next arc with the same tail, with the same head; NONE at the end.
    first_out, first_in : int32[n]
        The first arc from and to each vertex.
    rank : int32[n]
        When each vertex was contracted; NONE before.
    """

    tail: I32
    head: I32
    cost: Costs
    one: I32
    two: I32
    next_out: I32
    next_in: I32
    first_out: I32
    first_in: I32
    rank: I32


class Search(NamedTuple):
    """Room for witness searches.

    Attributes
    ----------
    cost : [n]
        Costs so far; `far` everywhere between searches.
    wanted : bool[n]
        Vertices whose costs are asked for; False everywhere between searches.
    keys : int64[SEARCH_ROOM + 64], items : int32[SEARCH_ROOM + 64]
        The queue.
    touched : int32[n]
        Vertices with a cost.
    """

    cost: Costs
    wanted: Bool
    keys: I64
    items: I32
    touched: I32


class Found(NamedTuple):
    """Room for the shortcuts that a vertex needs: the arcs in, out, and their sum."""

    one: I32
    two: I32
    cost: Costs


@compiled
def _add(pool: Pool, count: int, tail: int, head: int, cost: int, one: int, two: int) -> int:
    """Add an arc, or make the one that is there cheaper; return the new number of arcs."""
    arc = pool.first_out[tail]
    while arc != NONE:
        if pool.head[arc] == head:
            if cost < pool.cost[arc]:
                pool.cost[arc], pool.one[arc], pool.two[arc] = cost, one, two
            return count
        arc = pool.next_out[arc]
    pool.tail[count], pool.head[count], pool.cost[count] = tail, head, cost
    pool.one[count], pool.two[count] = one, two
    pool.next_out[count], pool.next_in[count] = pool.first_out[tail], pool.first_in[head]
    pool.first_out[tail] = pool.first_in[head] = count
    return count + 1


@compiled
def _forget(first: I32, next_: I32, end: I32, rank: I32, vertex: int) -> None:
    """Unlink the arcs of a vertex whose other end was contracted."""
    arc, before = first[vertex], NONE
    while arc != NONE:
        if rank[end[arc]] != NONE:
            if before == NONE:
                first[vertex] = next_[arc]
            else:
                next_[before] = next_[arc]
        else:
            before = arc
        arc = next_[arc]


@compiled
def _witnesses(
    pool: Pool, search: Search, source: int, avoided: int, limit: int, missing: int, far: Any
) -> int:
    """Search from a vertex round another, up to a cost or until none of `missing` is missing.

    Returns how many vertices were touched.
    """
    search.cost[source] = 0
    search.touched[0] = source
    touched, settled = 1, 0
    size = push(search.keys, search.items, 0, 0, source)
    while size > 0 and settled < SETTLED_MOST and size + 64 < SEARCH_ROOM:
        key, vertex = search.keys[0], search.items[0]
        size = drop_least(search.keys, search.items, size)
        if key > search.cost[vertex]:
            continue
        missing -= search.wanted[vertex]
        if key > limit or missing == 0:
            break
        settled += 1
        arc = pool.first_out[vertex]
        while arc != NONE and size < SEARCH_ROOM:
            head, cost = pool.head[arc], key + pool.cost[arc]
            if head != avoided and cost < search.cost[head]:
                if search.cost[head] == far:
                    search.touched[touched] = head
                    touched += 1
                search.cost[head] = cost
                size = push(search.keys, search.items, size, cost, head)
            arc = pool.next_out[arc]
    return touched


@compiled
def _needed(pool: Pool, search: Search, vertex: int, found: Found, far: Any) -> int:
    """Find the shortcuts that contracting a vertex needs; return how many."""
    count = 0
    into = pool.first_in[vertex]
    while into != NONE and count < len(found.one):
        source = pool.tail[into]
        missing, limit = _want(pool, search, vertex, source)
        if missing > 0:
            limit += pool.cost[into]
            touched = _witnesses(pool, search, source, vertex, limit, missing, far)
            out = pool.first_out[vertex]
            while out != NONE and count < len(found.one):
                cost = pool.cost[into] + pool.cost[out]
                if pool.head[out] != source and cost < min(search.cost[pool.head[out]], far):
                    found.one[count], found.two[count], found.cost[count] = into, out, cost
                    count += 1
                out = pool.next_out[out]
            for place in range(touched):
                search.cost[search.touched[place]] = far
        _want_none(pool, search, vertex)
        into = pool.next_in[into]
    return count


@compiled
def _want_none(pool: Pool, search: Search, vertex: int) -> None:
    """Take back what `_want` asked for."""
    out = pool.first_out[vertex]
    while out != NONE:
        search.wanted[pool.head[out]] = False
        out = pool.next_out[out]


@compiled
def _want(pool: Pool, search: Search, vertex: int, source: int) -> tuple[int, int]:
    """Ask for the vertices after one, but not for `source`; return how many, the longest arc."""
    count, longest = 0, 0
    out = pool.first_out[vertex]
    while out != NONE:
        if pool.head[out] != source:
            search.wanted[pool.head[out]] = True
            count += 1
            longest = max(longest, pool.cost[out])
        out = pool.next_out[out]
    return count, longest


@compiled
def _importance(pool: Pool, level: I32, vertex: int, shortcuts: int) -> int:
    """What decides the order: shortcuts added less arcs removed, and the level reached."""
    arcs = 0
    arc = pool.first_out[vertex]
    while arc != NONE:
        arcs += 1
        arc = pool.next_out[arc]
    arc = pool.first_in[vertex]
    while arc != NONE:
        arcs += 1
        arc = pool.next_in[arc]
    return 4 * shortcuts - 2 * arcs + 2 * int(level[vertex])


@compiled
def _leave(pool: Pool, level: I32, vertex: int) -> None:
    """Unlink a contracted vertex from its neighbours, and put them above its level."""
    arc = pool.first_out[vertex]
    while arc != NONE:
        head = pool.head[arc]
        level[head] = max(level[head], level[vertex] + 1)
        _forget(pool.first_in, pool.next_in, pool.tail, pool.rank, head)
        arc = pool.next_out[arc]
    arc = pool.first_in[vertex]
    while arc != NONE:
        tail = pool.tail[arc]
        level[tail] = max(level[tail], level[vertex] + 1)
        _forget(pool.first_out, pool.next_out, pool.head, pool.rank, tail)
        arc = pool.next_in[arc]


@compiled
def _weighed(
    pool: Pool, search: Search, level: I32, vertex: int, found: Found, far: Any
) -> tuple[int, int]:
    """Importance of a vertex as things are, and the number of shortcuts that it needs."""
    shortcuts = _needed(pool, search, vertex, found, far)
    return _importance(pool, level, vertex, shortcuts), shortcuts


@compiled
def _contract_all(pool: Pool, count: int, far: Any) -> int:
    """Contract every vertex; return the number of arcs, NONE where the room was too small."""
    size = len(pool.rank)
    level, waiting = np.zeros(size, np.int32), 0
    room = SEARCH_ROOM + 64
    search = Search(
        np.full(size, far, pool.cost.dtype), np.zeros(size, np.bool_), np.empty(room, np.int64),
        np.empty(room, np.int32), np.empty(size, np.int32),
    )  # fmt: skip
    widest = max(64, size)
    found = Found(
        np.empty(widest, np.int32), np.empty(widest, np.int32), np.empty(widest, pool.cost.dtype)
    )
    keys, items = np.empty(size + 1, np.int64), np.empty(size + 1, np.int32)
    for vertex in range(size):
        importance, _ = _weighed(pool, search, level, vertex, found, far)
        waiting = push(keys, items, waiting, importance, vertex)
    rank = 0
    while waiting > 0:
        vertex, before = items[0], keys[0]
        waiting = drop_least(keys, items, waiting)
        importance, shortcuts = _weighed(pool, search, level, vertex, found, far)
        if waiting > 0 and importance > before and importance > keys[0]:
            waiting = push(keys, items, waiting, importance, vertex)
            continue
        if count + shortcuts > len(pool.tail) or shortcuts == widest:
            return NONE
        pool.rank[vertex] = rank
        rank += 1
        _leave(pool, level, vertex)
        for place in range(shortcuts):
            one, two = found.one[place], found.two[place]
            count = _add(pool, count, pool.tail[one], pool.head[two], found.cost[place], one, two)
    return count


@compiled
def _filled(pool: Pool, first: I32, head: I32, weights: Costs, far: Any) -> int:
    """Put the open input arcs into an empty pool, without loops; return how many are kept."""
    count = 0
    for tail in range(len(first) - 1):
        for arc in range(first[tail], first[tail + 1]):
            if head[arc] != tail and weights[arc] < far:
                count = _add(pool, count, tail, head[arc], weights[arc], NONE, arc)
    return count


def contracted(first: I32, head: I32, weights: Costs, far: Any) -> tuple[Pool, int]:
    """Contract a directed graph; return its arcs and shortcuts, and how many there are."""
    size = len(first) - 1
    room = ROOM * len(head) + 64
    while True:
        ends = (np.full(room, NONE, np.int32) for _ in range(6))
        tail, to, one, two, next_out, next_in = ends
        firsts = (np.full(size, NONE, np.int32) for _ in range(3))
        pool = Pool(tail, to, np.zeros(room, weights.dtype), one, two, next_out, next_in, *firsts)
        count = _contract_all(pool, _filled(pool, first, head, weights, far), far)
        if count != NONE:
            return pool, count
        room *= 2


def by_lower_end(pool: Pool, count: int, *, upward: bool) -> tuple[I32, I32, Costs, I32]:
    """List the arcs that lead up (or down) at their lower end: first, higher end, cost, arc."""
    tail, head = pool.rank[pool.tail[:count]], pool.rank[pool.head[:count]]
    chosen: Bool = (tail < head) == upward
    arcs = np.flatnonzero(chosen).astype(np.int32)
    low, high = np.minimum(tail, head)[arcs], np.maximum(tail, head)[arcs]
    order = np.lexsort((high, low))
    first = np.searchsorted(low[order], np.arange(len(pool.rank) + 1)).astype(np.int32)
    return first, high[order], pool.cost[arcs[order]], arcs[order]
