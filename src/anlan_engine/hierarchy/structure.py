"""The part of a customizable hierarchy that does not depend on weights."""

from dataclasses import dataclass, fields
from typing import NamedTuple

import numpy as np

from anlan_engine.compiled import compiled
from anlan_engine.hierarchy.completion import completed, postordered, tree_of
from anlan_engine.hierarchy.costs import F64, I32, NO_VERTEX, U8, U16
from anlan_engine.hierarchy.dissection import dissected
from anlan_engine.hierarchy.errors import HierarchyError
from anlan_engine.hierarchy.neighbours import neighbours

UP, DOWN = 1, 0
"""Directions of an input arc: to the vertex contracted later, or to the one contracted before."""

NO_ARC = -1


class Upward(NamedTuple):
    """What a search towards the root needs: part of `Hierarchy`, one argument of the kernels."""

    parent: I32
    depth: U16
    up_first: I32
    up_depth: U16


class Triangles(NamedTuple):
    """What customization needs: part of `Hierarchy`, one argument of the kernels."""

    up_first: I32
    up_head: I32
    down_first: I32
    down_tail: I32
    down_arc: I32


class Inputs(NamedTuple):
    """Which input arcs stand on which up arc: part of `Hierarchy`, one argument of the kernels."""

    arc_up: I32
    arc_side: U8
    up_arcs_first: I32
    up_arcs: I32


@dataclass(frozen=True, slots=True, eq=False)
class Hierarchy:
    """Order, elimination tree and completion of a directed graph.

    All arrays are read-only; one hierarchy serves many threads and many metrics. `fields` lists
    them, so that they can be stored one by one and mapped into memory again.

    Attributes
    ----------
    rank : int32[n]
        Place of each vertex in the order of contraction; every subtree of the tree is a run.
    vertex : int32[n]
        The vertex of each rank.
    twin : int32[n]
        The vertex that shares a place with each vertex, NO_VERTEX where there is none.
    parent : int32[n]
        Elimination tree, by rank: the parent's rank, NO_VERTEX for a root.
    lowest : int32[n]
        The first rank of each rank's subtree, which is the run `lowest[r] .. r`.
    depth : uint16[n]
        Steps from each rank to its root.
    up_first : int32[n + 1], up_head : int32[m]
        Higher neighbours of each rank, ascending; an *up arc* is an entry of `up_head`.
    up_depth : uint16[m]
        Depth of each up arc's head.
    down_first : int32[n + 1], down_tail : int32[m], down_arc : int32[m]
        Lower neighbours of each rank, ascending, and the up arc that leads from each.
    arc_up : int32[arcs]
        The up arc on which each input arc stands; NO_ARC for loops.
    arc_side : uint8[arcs]
        UP or DOWN: the direction of each input arc along its up arc.
    up_arcs_first : int32[m + 1], up_arcs : int32[...]
        The input arcs on each up arc: `arc_up` reversed.
    """

    rank: I32
    vertex: I32
    twin: I32
    parent: I32
    lowest: I32
    depth: U16
    up_first: I32
    up_head: I32
    up_depth: U16
    down_first: I32
    down_tail: I32
    down_arc: I32
    arc_up: I32
    arc_side: U8
    up_arcs_first: I32
    up_arcs: I32

    def __post_init__(self) -> None:
        """Make every array plain and read-only."""
        for field in fields(self):
            array = np.asarray(getattr(self, field.name)).view(np.ndarray)
            array.flags.writeable = False
            object.__setattr__(self, field.name, array)

    @property
    def vertices(self) -> int:
        """Number of vertices."""
        return len(self.rank)

    @property
    def arcs(self) -> int:
        """Number of input arcs."""
        return len(self.arc_up)

    @property
    def up_arc_count(self) -> int:
        """Number of up arcs, `m`."""
        return len(self.up_head)

    @property
    def height(self) -> int:
        """Length of the longest way to a root: rows of a table of labels."""
        return int(self.depth.max()) + 1 if self.vertices else 0

    @property
    def upward(self) -> Upward:
        """Arrays for searches towards the root."""
        return Upward(self.parent, self.depth, self.up_first, self.up_depth)

    @property
    def triangles(self) -> Triangles:
        """Arrays for customization."""
        return Triangles(
            self.up_first, self.up_head, self.down_first, self.down_tail, self.down_arc
        )

    @property
    def inputs(self) -> Inputs:
        """Arrays that tell the input arcs of up arcs."""
        return Inputs(self.arc_up, self.arc_side, self.up_arcs_first, self.up_arcs)


@compiled
def arc_between(up_first: I32, up_head: I32, low: int, high: int) -> int:
    """The up arc from one rank to a higher one, or NO_ARC."""
    left, right = up_first[low], up_first[low + 1]
    end = right
    while left < right:
        middle = (left + right) >> 1
        if up_head[middle] < high:
            left = middle + 1
        else:
            right = middle
    return left if left < end and up_head[left] == high else NO_ARC


@compiled
def _depths(parent: I32) -> tuple[U16, I32]:
    """Depth of every rank and the first rank of its subtree."""
    count = len(parent)
    depth = np.zeros(count, np.uint16)
    lowest = np.arange(count).astype(np.int32)
    for rank in range(count):
        if parent[rank] != NO_VERTEX:
            lowest[parent[rank]] = min(lowest[parent[rank]], lowest[rank])
    for rank in range(count - 1, -1, -1):
        if parent[rank] != NO_VERTEX:
            depth[rank] = depth[parent[rank]] + 1
    return depth, lowest


@compiled
def _placed(first: I32, head: I32, rank: I32, up_first: I32, up_head: I32) -> tuple[I32, U8]:
    """Find the up arc and the side of every input arc."""
    arc_up = np.full(len(head), NO_ARC, np.int32)
    arc_side = np.zeros(len(head), np.uint8)
    for tail in range(len(first) - 1):
        for arc in range(first[tail], first[tail + 1]):
            one, two = rank[tail], rank[head[arc]]
            if one != two:
                arc_side[arc] = UP if one < two else DOWN
                arc_up[arc] = arc_between(up_first, up_head, min(one, two), max(one, two))
    return arc_up, arc_side


@compiled
def _reversed(arc_up: I32, up_arcs: int) -> tuple[I32, I32]:
    """List the input arcs of every up arc, ascending, and where each list begins."""
    begin = np.zeros(up_arcs + 1, np.int32)
    for up in arc_up:
        if up != NO_ARC:
            begin[up + 1] += 1
    for up in range(up_arcs):
        begin[up + 1] += begin[up]
    free = begin[:-1].copy()
    listed = np.empty(begin[-1], np.int32)
    for arc in range(len(arc_up)):
        if arc_up[arc] != NO_ARC:
            listed[free[arc_up[arc]]] = arc
            free[arc_up[arc]] += 1
    return begin, listed


def check_graph(first: I32, head: I32, x: F64, y: F64, twin: I32) -> None:
    """Refuse arrays that are no graph.

    Raises
    ------
    HierarchyError
        ARRAYS_DISAGREE, INVALID_FIRST, INVALID_HEAD, INVALID_COORDINATES, INVALID_TWINS
    """
    count = len(x)
    for name, array, wanted in (
        ("first", first, count + 1),
        ("y", y, count),
        ("twins", twin, count),
    ):
        if len(array) != wanted:
            raise HierarchyError(
                code="ARRAYS_DISAGREE", name=name, length=len(array), wanted=wanted
            )
    if first[0] != 0 or first[-1] != len(head) or (np.diff(first) < 0).any():
        raise HierarchyError(code="INVALID_FIRST", arcs=len(head))
    outside = (head < 0) | (head >= count)
    if outside.any():
        arc = int(np.argmax(outside))
        raise HierarchyError(code="INVALID_HEAD", arc=arc, head=int(head[arc]), vertices=count)
    lost = ~(np.isfinite(x) & np.isfinite(y))
    if lost.any():
        raise HierarchyError(code="INVALID_COORDINATES", vertex=int(np.argmax(lost)))
    own = np.arange(count)
    valid = (twin >= NO_VERTEX) & (twin < count) & (twin != own)
    valid[valid] &= (twin[valid] == NO_VERTEX) | (twin[twin[valid]] == own[valid])
    if not valid.all():
        raise HierarchyError(code="INVALID_TWINS", vertex=int(np.argmin(valid)))


def _with_twins(first: I32, head: I32, twin: I32) -> tuple[I32, I32]:
    """The graph with an arc from each vertex to its twin."""
    paired = np.flatnonzero(twin != NO_VERTEX)
    return (
        (first + np.searchsorted(paired, np.arange(len(first)))).astype(np.int32),
        np.insert(head, first[paired], twin[paired]).astype(np.int32),
    )


def _order(first: I32, head: I32, x: F64, y: F64, twin: I32) -> I32:
    """Nested dissection with each pair of twins as one, next to each other in the order."""
    own = np.arange(len(x), dtype=np.int32)
    leader = np.where(twin == NO_VERTEX, own, np.minimum(own, twin))
    leaders = np.flatnonzero(leader == own).astype(np.int32)
    name = np.empty(len(x), np.int32)
    name[leaders] = np.arange(len(leaders), dtype=np.int32)
    name = name[leader]
    graph = neighbours(first, head, name, len(leaders))
    place = np.empty(len(leaders), np.int32)
    place[dissected(graph, x[leaders], y[leaders])] = np.arange(len(leaders), dtype=np.int32)
    return np.argsort(place[name], kind="stable").astype(np.int32)


def _inverse(order: I32) -> I32:
    inverse = np.empty(len(order), np.int32)
    inverse[order] = np.arange(len(order), dtype=np.int32)
    return inverse


def customizable(
    first: I32, head: I32, x: F64, y: F64, twin: I32, *, most: int
) -> Hierarchy | None:
    """Build the hierarchy of a checked graph; None where it would need over `most` up arcs."""
    order = _order(first, head, x, y, twin)
    paired = _with_twins(first, head, twin)
    parent = tree_of(neighbours(*paired, _inverse(order), len(order)))
    vertex = order[postordered(parent)]
    rank = _inverse(vertex)
    whole = completed(neighbours(*paired, rank, len(rank)), most)
    if whole is None:
        return None
    depth, lowest = _depths(whole.parent)
    arc_up, arc_side = _placed(first, head, rank, whole.up_first, whole.up_head)
    return Hierarchy(
        rank, vertex, twin, whole.parent, lowest, depth,
        whole.up_first, whole.up_head, depth[whole.up_head],
        whole.down_first, whole.down_tail, whole.down_arc,
        arc_up, arc_side, *_reversed(arc_up, len(whole.up_head)),
    )  # fmt: skip
