"""Maximum flow between two nodes of a small network, compiled."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from anlan_engine.compiled import compiled

I32 = npt.NDArray[np.int32]
I64 = npt.NDArray[np.int64]
Bool = npt.NDArray[np.bool_]


DEEP_PASSES = 32
"""Passes without a guarantee of ending soon, but mostly sufficient, before Dinic's phases."""


class Residual(NamedTuple):
    """What may still flow.

    Attributes
    ----------
    first : int32[nodes + 1]
        Where each node's arcs begin.
    to : int32[arcs], twin : int32[arcs]
        Where each arc leads, and the arc that leads back.
    room : int64[arcs]
        What may still flow through; changed by the flow.
    """

    first: I32
    to: I32
    twin: I32
    room: I64


@compiled
def residual(nodes: int, tail: I32, head: I32, room: I64, back_room: I64) -> Residual:
    """Lay out pairs of arcs by node.

    Parameters
    ----------
    nodes : int
    tail, head : int32[pairs]
    room, back_room : int64[pairs]
        Capacity from tail to head and from head to tail.
    """
    pairs = len(tail)
    first = np.zeros(nodes + 1, np.int32)
    for pair in range(pairs):
        first[tail[pair] + 1] += 1
        first[head[pair] + 1] += 1
    for node in range(nodes):
        first[node + 1] += first[node]
    next_free = first[:-1].copy()
    to, twin = np.empty(2 * pairs, np.int32), np.empty(2 * pairs, np.int32)
    left = np.empty(2 * pairs, np.int64)
    for pair in range(pairs):
        out, back = next_free[tail[pair]], 0
        next_free[tail[pair]] += 1
        back = next_free[head[pair]]
        next_free[head[pair]] += 1
        to[out], twin[out], left[out] = head[pair], back, room[pair]
        to[back], twin[back], left[back] = tail[pair], out, back_room[pair]
    return Residual(first, to, twin, left)


@compiled
def _levels(net: Residual, source: int, sink: int, level: I32, queue: I32) -> bool:
    """Count the arcs from each node to the sink, -1 where none leads; tell if one does."""
    level[:] = -1
    level[sink] = 0
    queue[0] = sink
    size, place = 1, 0
    while place < size:
        node = queue[place]
        place += 1
        for arc in range(net.first[node], net.first[node + 1]):
            other = net.to[arc]
            if level[other] < 0 and net.room[net.twin[arc]] > 0:
                level[other] = level[node] + 1
                if other == source:
                    return True
                queue[size] = other
                size += 1
    return False


@compiled
def _push_path(net: Residual, path: I32, length: int) -> tuple[int, int]:
    """Send what fits along a path; return the amount and the first arc that is full now."""
    least = net.room[path[0]]
    for step in range(1, length):
        least = min(least, net.room[path[step]])
    full = length
    for step in range(length - 1, -1, -1):
        arc = path[step]
        net.room[arc] -= least
        net.room[net.twin[arc]] += least
        if net.room[arc] == 0:
            full = step
    return least, full


@compiled
def _deep_pass(net: Residual, source: int, sink: int, path: I32) -> int:
    """Send flow along paths found depth first, each node's last arcs first; 0 where none is left.

    A node that led nowhere is not tried again in the same pass, so that a pass takes as many steps
    as there are arcs, and as many more as its paths are long.
    """
    tried = np.zeros(len(net.first) - 1, np.bool_)
    left = net.first[1:].copy()
    tried[source] = True
    node, length, flow = source, 0, 0
    while True:
        if node == sink:
            sent, kept = _push_path(net, path, length)
            flow += sent
            for step in range(kept, length):
                tried[net.to[path[step]]] = False
            length = kept
            node = net.to[net.twin[path[length]]]
        first, arc = net.first[node], left[node] - 1
        while arc >= first and (net.room[arc] == 0 or tried[net.to[arc]]):
            arc -= 1
        left[node] = arc + 1
        if arc >= first:
            path[length] = arc
            length += 1
            node = net.to[arc]
            tried[node] = True
        elif length == 0:
            return flow
        else:
            length -= 1
            node = net.to[net.twin[path[length]]]


@compiled
def _level_pass(net: Residual, source: int, sink: int, level: I32, path: I32) -> int:
    """Send all that fits along shortest paths, given the levels of the nodes."""
    current = net.first[:-1].copy()
    node, length, flow = source, 0, 0
    while True:
        if node == sink:
            sent, length = _push_path(net, path, length)
            flow += sent
            node = net.to[net.twin[path[length]]]
        arc, end, below = current[node], net.first[node + 1], level[node] - 1
        while arc < end and (net.room[arc] == 0 or level[net.to[arc]] != below):
            arc += 1
        current[node] = arc
        if arc < end:
            path[length] = arc
            length += 1
            node = net.to[arc]
        elif length == 0:
            return flow
        else:
            level[node] = -1
            length -= 1
            node = net.to[net.twin[path[length]]]


@compiled
def maximum_flow(net: Residual, source: int, sink: int) -> int:
    """Send as much as possible from source to sink.

    Parameters
    ----------
    net : Residual
        `room` is changed.
    source, sink : int

    Returns
    -------
    int
        The flow.

    Notes
    -----
    Passes depth first (Ford and Fulkerson 1956) find the whole flow of a road network in a handful;
    should they not, Dinic's algorithm (E. A. Dinic, Soviet Math. Doklady 11, 1970) finishes: at
    most nodes**2 * arcs steps whatever the capacities.
    """
    nodes = len(net.first) - 1
    path = np.empty(nodes + 1, np.int32)
    flow = 0
    for _ in range(DEEP_PASSES):
        sent = _deep_pass(net, source, sink, path)
        if sent == 0:
            return flow
        flow += sent
    level, queue = np.empty(nodes, np.int32), np.empty(nodes, np.int32)
    while _levels(net, source, sink, level, queue):
        flow += _level_pass(net, source, sink, level, path)
    return flow


@compiled
def reached(net: Residual, source: int) -> Bool:
    """Mark the nodes that more could still flow to: the source's side of the minimum cut.

    Of all minimum cuts this is the one nearest to the source (Ford and Fulkerson 1962); it is the
    same for every maximum flow.
    """
    marks = np.zeros(len(net.first) - 1, np.bool_)
    stack = np.empty(len(marks), np.int32)
    marks[source], stack[0] = True, source
    size = 1
    while size:
        size -= 1
        node = stack[size]
        for arc in range(net.first[node], net.first[node + 1]):
            other = net.to[arc]
            if net.room[arc] > 0 and not marks[other]:
                marks[other] = True
                stack[size] = other
                size += 1
    return marks
