"""Costs between places, by the hierarchy: one with many by a sweep, many with many by labels.

The hierarchy knows costs between the *starts* of arcs. A place on an arc is reached from its start
(`before` is added) and is left as from its start less what lies behind it (`before` is taken
away; `Leaving.offset` keeps the hierarchy's costs positive). That is wrong in one case only: start
and end on one segment, where no arc is driven in full. `_on_shared` treats it apart.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from anlan_engine.hierarchy import Labels
from anlan_engine.roads.snapping import NO_SEGMENT
from anlan_engine.routing.network import FAR, NO_ARC, Network, least_onward
from anlan_engine.routing.places import Places

I32 = npt.NDArray[np.int32]
I64 = npt.NDArray[np.int64]
Bool = npt.NDArray[np.bool_]


class Leaving(NamedTuple):
    """Places to leave from as the hierarchy takes them: one row or more for each position.

    Attributes
    ----------
    row : int64[k]
        The position; ascending.
    arcs : int32[k, 2], costs : int64[k, 2]
        Where to begin, and the cost there with `offset` added.
    offset : int64[k]
    """

    row: I64
    arcs: I32
    costs: I64
    offset: I64


def leaving(network: Network, places: Places) -> Leaving:
    """Lay out places to leave from; those on closed segments by the arcs that they turn into."""
    offset = places.before.max(axis=1, initial=0)
    arcs = np.where(places.stuck[:, np.newaxis], NO_ARC, places.arc)
    costs = np.where(arcs != NO_ARC, offset[:, np.newaxis] - places.before, 0)
    plain = Leaving(np.arange(len(arcs)), arcs, costs, offset)
    if not places.stuck.any():
        return plain
    more = [
        (row, arc, int(places.after[row, side]))
        for row in np.flatnonzero(places.stuck).tolist()
        for side in (0, 1)
        if places.arc[row, side] != NO_ARC
        for arc in network.onward(int(places.arc[row, side])).tolist()
    ]
    rows, turned, after = np.array(more, np.int64).reshape(-1, 3).T
    second = np.full(len(rows), NO_ARC)
    row = np.concatenate([plain.row, rows])
    order = np.argsort(row, kind="stable")
    return Leaving(
        row[order],
        np.concatenate([arcs, np.stack([turned, second], axis=1)])[order].astype(np.int32),
        np.concatenate([costs, np.stack([after, second * 0], axis=1)])[order],
        np.concatenate([offset, np.zeros(len(rows), np.int64)])[order],
    )


def arriving(network: Network, places: Places) -> Leaving:
    """Lay out places to go to: one may come by a copy of an arc too."""
    arcs = places.arc
    costs = np.where(arcs != NO_ARC, places.before, 0)
    plain = Leaving(np.arange(len(arcs)), arcs, costs, np.zeros(len(arcs), np.int64))
    copied = network.is_copied[arcs] & (arcs != NO_ARC)
    if not copied.any():
        return plain
    more = [
        (row, arc, int(costs[row, side]))
        for row, side in np.argwhere(copied).tolist()
        for arc in network.copies_of(int(arcs[row, side])).tolist()
    ]
    rows, by, before = np.array(more, np.int64).reshape(-1, 3).T
    second = np.full(len(rows), NO_ARC)
    row = np.concatenate([plain.row, rows])
    order = np.argsort(row, kind="stable")
    return Leaving(
        row[order],
        np.concatenate([arcs, np.stack([by, second], axis=1)])[order].astype(np.int32),
        np.concatenate([costs, np.stack([before, second * 0], axis=1)])[order],
        np.zeros(len(row), np.int64),
    )


def to_one(network: Network, starts: Places, end: Places, limit: int) -> I64:
    """Costs from n places to one, ways on foot left out: int64[n], `FAR` where there is no way."""
    graph = network.graph
    left = left_to(network, end, limit + int(starts.before.max(initial=0)))
    around = left.copy()
    own = graph.segment_arcs[end.segment[0]], graph.segment_arcs[end.segment[0] + 1]
    whole = np.unique(np.concatenate([np.arange(*own), starts.arc[starts.stuck].reshape(-1)]))
    whole = whole[whole != NO_ARC].astype(np.int32)
    onward = least_onward(graph.turn_first, graph.turn_to, left, whole, FAR)
    around[whole] = np.minimum(onward + network.cost[whole], FAR)
    found = around[starts.arc]
    open_side = (starts.arc != NO_ARC) & (found < FAR)
    by_turns: I64 = np.where(open_side, found - starts.before, FAR).min(axis=1)
    return np.minimum(by_turns, _directly(starts, end))


def left_to(network: Network, end: Places, limit: int) -> I64:
    """Costs from the start of every arc to a place: int64[arcs]."""
    goal = arriving(network, end)
    left = np.full(network.graph.arcs, FAR, np.int64)
    for arcs, costs in zip(goal.arcs, goal.costs, strict=True):
        left = np.minimum(left, network.metric.all_to_one(arcs, costs, limit=limit))
    return left


def from_one(network: Network, start: Places, ends: Places, limit: int) -> I64:
    """Costs from one place to n places: as `to_one`, the other way."""
    came = came_to(network, start, limit)
    if len(network.copies):
        came = came.copy()
        np.minimum.at(came, network.graph.arc_plain[network.copies], came[network.copies])
    found = came[ends.arc]
    open_side = (ends.arc != NO_ARC) & (found < FAR)
    by_turns: I64 = np.where(open_side, found + ends.before, FAR).min(axis=1)
    return np.minimum(by_turns, _directly(start, ends))


def came_to(network: Network, start: Places, limit: int) -> I64:
    """Costs from a place to the start of every arc that one turns into: int64[arcs].

    The arcs of its own segment count when they are driven from their start again.
    """
    graph = network.graph
    came = np.full(graph.arcs, FAR, np.int64)
    for _, arcs, costs, offset in zip(*leaving(network, start), strict=True):
        if (arcs == NO_ARC).all():
            continue
        found = network.metric.one_to_all(arcs, costs, limit=limit + int(offset))
        came = np.minimum(came, np.where(found < FAR, found - offset, FAR))
    again = came.copy()
    own = slice(graph.segment_arcs[start.segment[0]], graph.segment_arcs[start.segment[0] + 1])
    passed = np.where(network.shut | (came >= FAR), FAR, came + network.cost)
    arcs = np.arange(own.start, own.stop, dtype=np.int32)
    again[own] = least_onward(graph.back_first, graph.back_from, passed, arcs, FAR)
    return again


def between(network: Network, starts: Places, ends: Places) -> I64:
    """Costs from n places to p places: int64[n, p]."""
    begin, finish = leaving(network, starts), arriving(network, ends)
    metric = network.metric
    found = metric.matrix(
        metric.origins(begin.arcs, begin.costs), metric.targets(finish.arcs, finish.costs)
    )
    found = np.where(found < FAR, found - begin.offset[:, np.newaxis], FAR)
    found = _least_by(begin.row, found, len(starts.segment), axis=0)
    found = _least_by(finish.row, found, len(ends.segment), axis=1)
    _on_shared(network, starts, ends, found)
    return found


def labelled(network: Network, labels: Labels, starts: Places, offset: I64, end: Places) -> I64:
    """Costs from n places with labels at hand to one: int64[n]; those that are stuck are `FAR`.

    `offset` is that of `leaving`.
    """
    goal = arriving(network, end)
    best = network.metric.many_to_one(labels, goal.arcs[0], goal.costs[0])
    for arcs, costs in zip(goal.arcs[1:], goal.costs[1:], strict=True):
        best = np.minimum(best, network.metric.many_to_one(labels, arcs, costs))
    best = np.where(best < FAR, best - offset, FAR)
    shared = np.flatnonzero(starts.segment == end.segment[0])
    if len(shared):
        there = best[shared, np.newaxis]
        _on_shared(network, starts.rows(shared), end, there)
        best[shared] = there[:, 0]
    return best


def _least_by(row: I64, costs: I64, count: int, *, axis: int) -> I64:
    """The least of the rows (or columns) that belong to one position."""
    if len(row) == count:
        return costs
    return np.minimum.reduceat(costs, np.searchsorted(row, np.arange(count)), axis=axis)


def _on_shared(network: Network, starts: Places, ends: Places, costs: I64) -> None:
    """Set the costs of all pairs on one segment: along it, or out of it and back."""
    by_end = np.argsort(ends.segment, kind="stable")
    on_segment = ends.segment[by_end]
    low = np.searchsorted(on_segment, starts.segment, side="left")
    counts = np.searchsorted(on_segment, starts.segment, side="right") - low
    counts[starts.segment == NO_SEGMENT] = 0
    if not counts.any():
        return
    rows = np.repeat(np.arange(len(counts)), counts)
    within = np.arange(len(rows)) - np.repeat(np.cumsum(counts) - counts, counts)
    columns = by_end[low[rows] + within]
    start, end = starts.rows(rows), ends.rows(columns)
    found = _directly(start, end)
    # Whoever is stuck begins beyond the segment: what was found is right, if it is less.
    found = np.where(start.stuck, np.minimum(found, costs[rows, columns]), found)
    away = np.flatnonzero((found > 0) & ~start.stuck)  # not on the same spot
    segments, place = np.unique(start.segment[away], return_inverse=True)
    loops = np.array([network.loop(int(one)) for one in segments], np.int64).reshape(-1, 2, 2)
    for side, other in ((0, 0), (0, 1), (1, 0), (1, 1)):
        back = loops[place, side, other]
        there = (start.arc[away, side] != NO_ARC) & (end.arc[away, other] != NO_ARC)
        cost = start.after[away, side] + back + end.before[away, other]
        found[away] = np.minimum(found[away], np.where(there & (back < FAR), cost, FAR))
    costs[rows, columns] = found


def _directly(starts: Places, ends: Places) -> I64:
    """Costs along the segment that start and end share, one of which is a single place."""
    shared = (starts.arc == ends.arc) & (starts.arc != NO_ARC)
    shared &= starts.along_mm <= ends.along_mm
    costs: I64 = np.where(shared, ends.before - starts.before, FAR).min(axis=1)
    return costs
