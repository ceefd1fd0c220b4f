"""The minimum cut through a window: which streets and junctions to hold, compiled."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from anlan_engine.compiled import compiled
from anlan_engine.cordon.flow import maximum_flow, reached, residual
from anlan_engine.cordon.window import FIRST_JUNCTION, OUTSIDE, ZONE, Window

I32 = npt.NDArray[np.int32]
I64 = npt.NDArray[np.int64]
Bool = npt.NDArray[np.bool_]


class Cut(NamedTuple):
    """A minimum cut.

    Attributes
    ----------
    value : int
        What it costs.
    stretch : int32[...]
        Rows of the window's stretches to hold.
    inner : int32[...]
        For each, the end (0 `low`, 1 `high`) that is enclosed.
    junction : int32[...]
        Rows of `Window.node` to hold.
    enclosed : bool[junctions]
        Junctions of the window that lie inside the cordon; held ones do not.
    """

    value: int
    stretch: I32
    inner: I32
    junction: I32
    enclosed: Bool


@compiled
def _worth_splitting(found: Window, street_cost: I64, junction_cost: I64) -> I32:
    """Number the junctions that a minimum cut may hold: twice their cost is below their streets'.

    Otherwise holding the cheaper side of its streets does the same for no more.
    """
    around = np.zeros(FIRST_JUNCTION + len(found.node), np.int64)
    for row in range(len(found.low)):
        cost = street_cost[found.street[row]]
        around[found.low[row]] += cost
        around[found.high[row]] += cost
    out = np.arange(len(around), dtype=np.int32)
    extra = len(around)
    for junction in range(len(found.node)):
        if 2 * junction_cost[found.node[junction]] < around[FIRST_JUNCTION + junction]:
            out[FIRST_JUNCTION + junction] = extra
            extra += 1
    return out


@compiled
def _pairs(
    found: Window, street_cost: I64, junction_cost: I64, out: I32
) -> tuple[I32, I32, I64, I64]:
    """Give tail, head, room and room back of all pairs of arcs."""
    junctions = len(found.node)
    split = np.flatnonzero(out >= FIRST_JUNCTION + junctions)
    stretches = len(found.low)
    pairs = 2 * stretches + len(split)
    tail, head = np.empty(pairs, np.int32), np.empty(pairs, np.int32)
    room, back = np.zeros(pairs, np.int64), np.zeros(pairs, np.int64)
    size = 0
    for row in range(stretches):
        low, high = found.low[row], found.high[row]
        cost = street_cost[found.street[row]]
        tail[size], head[size], room[size] = out[low], high, cost
        if out[low] == low and out[high] == high:
            back[size] = cost
        elif low != ZONE and high != OUTSIDE:
            size += 1
            tail[size], head[size], room[size] = out[high], low, cost
        size += 1
    for node in split:
        tail[size], head[size] = node, out[node]
        room[size] = junction_cost[found.node[node - FIRST_JUNCTION]]
        size += 1
    return tail[:size], head[:size], room[:size], back[:size]


@compiled
def _read_cut(found: Window, out: I32, marks: Bool, value: int) -> Cut:
    """Read what is cut from the side that the source reaches."""
    stretch, inner = np.empty(len(found.low), np.int32), np.empty(len(found.low), np.int32)
    size = 0
    for row in range(len(found.low)):
        low, high = found.low[row], found.high[row]
        outwards = marks[out[low]] and not marks[high]
        if outwards or (marks[out[high]] and not marks[low]):
            stretch[size], inner[size] = row, 0 if outwards else 1
            size += 1
    junction = np.empty(len(found.node), np.int32)
    held = 0
    enclosed = np.zeros(len(found.node), np.bool_)
    for row in range(len(found.node)):
        node = FIRST_JUNCTION + row
        enclosed[row] = marks[node] and marks[out[node]]
        if marks[node] and not marks[out[node]]:
            junction[held] = row
            held += 1
    return Cut(value, stretch[:size].copy(), inner[:size].copy(), junction[:held].copy(), enclosed)


def minimum_cut(found: Window, street_cost: I64, junction_cost: I64) -> Cut:
    """Separate the zone from the outside at least cost, in both directions of every street.

    Parameters
    ----------
    found : Window
    street_cost : int64[streets], junction_cost : int64[nodes]
        Of the whole network.

    Notes
    -----
    Menger's theorem with capacities on nodes and arcs: a junction becomes two nodes, in and out,
    with its cost between them. A street driven both ways shares one capacity: flows that meet on it
    cancel, so two arcs of the same capacity give the same value. Of all minimum cuts this is the
    one nearest to the zone.

    Not compiled as a whole: in one compiled function the arrays would be counted as used and as
    unused at every step of the search, which takes several times as long as the search.
    """
    out = _worth_splitting(found, street_cost, junction_cost)
    tail, head, room, back = _pairs(found, street_cost, junction_cost, out)
    net = residual(int(out.max()) + 1, tail, head, room, back)
    value = maximum_flow(net, ZONE, OUTSIDE)
    return _read_cut(found, out, reached(net, ZONE), value)
