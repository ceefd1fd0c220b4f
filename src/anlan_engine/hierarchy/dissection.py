"""Nested dissection: an order of vertices in which separators come last.

A cell is cut by the smallest vertex separator between its two ends, taken in four directions
(inertial flow: Schild and Sommer 2015, here with vertices instead of edges); both halves are cut
in turn. The cells live in one array: cutting a cell moves the vertices of its halves to the front
and its separator to the back of the cell's own range, so that, when all is cut, the array is the
order. Cells of up to 64 vertices are ordered by least degree, one machine word per row.
"""

from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple, TypeVar

import numpy as np

from anlan_engine.compiled import compiled
from anlan_engine.hierarchy.costs import F64, I32, U64
from anlan_engine.hierarchy.neighbours import Neighbours
from anlan_engine.hierarchy.separator import (
    MIDDLE,
    NOT_REACHED,
    NOT_USED,
    SINK,
    SOURCE,
    Flow,
    room_for,
    separate,
)

END_SHARE = 0.25
"""Share of a cell's vertices that form each of its two ends."""

DIRECTIONS = np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0], [1.0, -1.0]])

BINS = 4096
"""Precision with which the ends are measured off."""

SMALL = 64
"""Cells of up to this size are ordered by least degree; at most the bits of a word."""

TASK_SHARE = 16
"""Cells of up to this part of the whole are one task of one thread."""

Moved = TypeVar("Moved", I32, F64)

NEAR, BEYOND, BETWEEN = 0, 1, 2
"""Parts of a cut cell."""


class Cells(NamedTuple):
    """A graph being cut, its vertices in their current places.

    Attributes
    ----------
    vertex : int32[n]
        The vertex at each place; in the end, the order.
    x, y : float64[n]
        Coordinates by place.
    begin, end : int32[n]
        The row of each place in `other`.
    other : int32[...]
        Places of the neighbours inside the same cell.
    part : int32[n]
        NEAR, BEYOND or BETWEEN while a cell is cut.
    place : int32[n]
        New place of each place while a cell is cut.
    """

    vertex: I32
    x: F64
    y: F64
    begin: I32
    end: I32
    other: I32
    part: I32
    place: I32


@compiled
def _mark_ends(x: F64, y: F64, dx: float, dy: float, flow: Flow) -> None:
    """Set `flow.side`: END_SHARE of the places furthest along a direction at either end."""
    size = len(x)
    along = x * dx + y * dy
    least, most = along.min(), along.max()
    scale = (BINS - 1) / (most - least) if most > least else 0.0
    counts = np.zeros(BINS, np.int32)
    for place in range(size):
        counts[int((along[place] - least) * scale)] += 1
    wanted = max(1, int(size * END_SHARE))
    low, below = 0, 0
    while below + counts[low] < wanted:
        below += counts[low]
        low += 1
    high, above = BINS - 1, 0
    while above + counts[high] < wanted:
        above += counts[high]
        high -= 1
    below, above = wanted - below, wanted - above
    for place in range(size):
        bin_ = int((along[place] - least) * scale)
        flow.side[place] = MIDDLE
        if bin_ < low or (bin_ == low and below > 0):
            flow.side[place] = SOURCE
            below -= bin_ == low
        elif bin_ > high or (bin_ == high and above > 0):
            flow.side[place] = SINK
            above -= bin_ == high


@compiled
def _parts(flow: Flow, part: I32) -> None:
    """Read the parts of a cell from a finished flow: what the source reaches is NEAR."""
    for vertex in range(len(part)):
        leaves = flow.origin[2 * vertex + 1] != NOT_REACHED
        if flow.side[vertex] == SOURCE:
            part[vertex] = NEAR if flow.before[vertex] == NOT_USED or leaves else BETWEEN
        elif leaves:
            part[vertex] = NEAR
        else:
            part[vertex] = BETWEEN if flow.origin[2 * vertex] != NOT_REACHED else BEYOND


@compiled
def _cut(cells: Cells, low: int, high: int, flow: Flow) -> None:
    """Set `cells.part` of a cell by the smallest separator over all directions."""
    size = high - low
    least = size + 1
    for direction in range(len(DIRECTIONS)):
        dx, dy = DIRECTIONS[direction]
        _mark_ends(cells.x[low:high], cells.y[low:high], dx, dy, flow)
        begin, end = cells.begin[low:high], cells.end[low:high]
        value = separate(flow, begin, end, cells.other, low, least)
        if value < least:
            least = value
            _parts(flow, cells.part[low:high])


@compiled
def _arrange(cells: Cells, low: int, high: int) -> tuple[int, int]:
    """Move a cut cell's parts together: NEAR, BEYOND, BETWEEN; return where the latter begin."""
    part, place = cells.part, cells.place
    counts = np.zeros(3, np.int32)
    for old in range(low, high):
        counts[part[old]] += 1
    beyond, between = low + counts[NEAR], low + counts[NEAR] + counts[BEYOND]
    free = np.array([low, beyond, between], np.int32)
    olds = np.empty(high - low, np.int32)
    for old in range(low, high):
        place[old] = free[part[old]]
        free[part[old]] += 1
        olds[place[old] - low] = old
    _rows(cells, olds[: between - low], low)
    _move(cells.vertex, olds, low)
    _move(cells.x, olds, low)
    _move(cells.y, olds, low)
    return beyond, between


@compiled
def _move(values: Moved, olds: I32, low: int) -> None:
    """Put the values at `olds` in places from `low` on."""
    kept = np.empty(len(olds), values.dtype)
    for new in range(len(olds)):
        kept[new] = values[olds[new]]
    for new in range(len(olds)):
        values[low + new] = kept[new]


@compiled
def _rows(cells: Cells, olds: I32, low: int) -> None:
    """Write the rows of the halves anew, without neighbours in other parts."""
    part, place, other = cells.part, cells.place, cells.other
    start = cells.begin[low]
    total = 0
    for old in olds:
        total += cells.end[old] - cells.begin[old]
        start = min(start, cells.begin[old])
    kept = np.empty(total, np.int32)
    begin, end = np.empty(len(olds), np.int32), np.empty(len(olds), np.int32)
    count = 0
    for new in range(len(olds)):
        old = olds[new]
        begin[new] = start + count
        for edge in range(cells.begin[old], cells.end[old]):
            if part[other[edge]] == part[old]:
                kept[count] = place[other[edge]]
                count += 1
        end[new] = start + count
    for place_ in range(count):
        other[start + place_] = kept[place_]
    for new in range(len(olds)):
        cells.begin[low + new], cells.end[low + new] = begin[new], end[new]


@compiled
def _words(cells: Cells, low: int, high: int) -> U64:
    """Rows of a small cell as sets: bit j of word i tells whether i and j are neighbours."""
    words = np.zeros(high - low, np.uint64)
    one = np.uint64(1)
    for place in range(low, high):
        for edge in range(cells.begin[place], cells.end[place]):
            words[place - low] |= one << np.uint64(cells.other[edge] - low)
    return words


@compiled
def _size(word: np.uint64) -> int:
    """How many bits are set."""
    count = 0
    while word != 0:
        word &= word - np.uint64(1)
        count += 1
    return count


@compiled
def _order_small(cells: Cells, low: int, high: int) -> None:
    """Order a small cell by least degree, neighbours of an ordered vertex becoming adjacent."""
    words = _words(cells, low, high)
    one = np.uint64(1)
    size = high - low
    vertex = cells.vertex[low:high].copy()
    left = np.ones(size, np.bool_)
    for rank in range(size):
        least, fewest = -1, size + 1
        for row in range(size):
            if left[row]:
                degree = _size(words[row])
                if degree < fewest:
                    least, fewest = row, degree
        left[least] = False
        cells.vertex[low + rank] = vertex[least]
        for row in range(size):
            if (words[least] >> np.uint64(row)) & one:
                words[row] = (words[row] | words[least]) & ~(one << np.uint64(row))
                words[row] &= ~(one << np.uint64(least))


@compiled
def _cut_down(cells: Cells, low: int, high: int, most: int) -> tuple[int, int]:
    """Cut a cell, and its halves in turn until all are small, with up to `most` cuts.

    Returns
    -------
    int, int
        Where the second half and the separator of the last cut begin.
    """
    flow = room_for(high - low)
    lows, highs = [low], [high]
    beyond, between = low, low
    while len(lows) > 0 and most > 0:
        low, high = lows.pop(), highs.pop()
        if high - low <= SMALL:
            _order_small(cells, low, high)
            continue
        _cut(cells, low, high, flow)
        beyond, between = _arrange(cells, low, high)
        most -= 1
        lows.append(low)
        highs.append(beyond)
        lows.append(beyond)
        highs.append(between)
    return beyond, between


def dissected(graph: Neighbours, x: F64, y: F64, *, threads: int = 2) -> I32:
    """Order the vertices of a graph by nested dissection.

    Parameters
    ----------
    graph : Neighbours
    x, y : float64[vertices]
        Coordinates in a plane, in one unit.
    threads : int
        Cells are cut side by side in so many threads; the order does not depend on it.

    Returns
    -------
    int32[vertices]
        The vertices, separators last.
    """
    count = len(x)
    cells = Cells(
        np.arange(count, dtype=np.int32), x.copy(), y.copy(), graph.first[:-1].copy(),
        graph.first[1:].copy(), graph.other.copy(), np.zeros(count, np.int32),
        np.zeros(count, np.int32),
    )  # fmt: skip
    task = max(SMALL, count // TASK_SHARE)
    with ThreadPoolExecutor(threads) as pool:
        large, tasks = [(0, count)], []
        while large:
            small = [cell for cell in large if cell[1] - cell[0] <= task]
            tasks += [pool.submit(_cut_down, cells, low, high, count) for low, high in small]
            large = [cell for cell in large if cell[1] - cell[0] > task]
            cuts = list(pool.map(lambda cell: _cut_down(cells, cell[0], cell[1], 1), large))
            ends = zip(large, cuts, strict=True)
            large = [
                half
                for (low, _), (beyond, between) in ends
                for half in ((low, beyond), (beyond, between))
            ]
        for done in tasks:
            done.result()
    return cells.vertex
