"""Cut streets at junctions and join what runs on unchanged: ways become segments."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from anlan_engine.compiled import compiled

F64 = npt.NDArray[np.float64]
I32 = npt.NDArray[np.int32]
I64 = npt.NDArray[np.int64]
U8 = npt.NDArray[np.uint8]
Bool = npt.NDArray[np.bool_]

NOTHING = -1


class StreetWay(NamedTuple):
    """One drivable street as mapped.

    Attributes
    ----------
    way_id : int
        Its number in the source.
    nodes : sequence of int
        Node numbers along the street, at least two.
    name : int
        Row in the table of street names, or :data:`anlan_engine.roads.NO_NAME`.
    forward_kmh, backward_kmh : float
        Speed along and against the node order; 0 where that direction is closed.
    road_class : int
        Place in :data:`anlan_engine.roads.ROAD_CLASSES`.
    """

    way_id: int
    nodes: Sequence[int]
    name: int
    forward_kmh: float
    backward_kmh: float
    road_class: int = 0


class NodeTable(Mapping[int, tuple[int, int]]):
    """Where nodes are, looked up all at once: a mapping of numbers to positions in two arrays.

    Parameters
    ----------
    number : int64[nodes]
        In any order; of a number that comes again the first position counts.
    at : int32[nodes, 2]
        Longitude, latitude in ten-millionths of a degree.
    """

    def __init__(self, number: I64, at: I32) -> None:
        self.number, first = np.unique(number, return_index=True)
        self.at = at[first]

    def __getitem__(self, node: int) -> tuple[int, int]:
        """The position of one node."""
        row = int(np.searchsorted(self.number, node))
        if row == len(self.number) or self.number[row] != node:
            raise KeyError(node)
        return int(self.at[row, 0]), int(self.at[row, 1])

    def __iter__(self) -> Iterator[int]:
        """The numbers, ascending."""
        return iter(self.number.tolist())

    def __len__(self) -> int:
        """How many there are."""
        return len(self.number)

    def many(self, nodes: I64) -> I32:
        """Positions of known nodes: int32[n, 2]."""
        found: I32 = self.at[np.searchsorted(self.number, nodes)]
        return found


class Chains(NamedTuple):
    """Future segments, and what holds along the whole of each.

    Attributes
    ----------
    source_node : int64[nodes]
        Every node of the ways by its number in the source, ascending.
    first : int32[chains + 1], node : int32[points]
        Where each chain's nodes begin in `node`, which holds rows of `source_node`.
    name : int32[chains]
    road_class : uint8[chains]
    kmh : float64[chains, 2]
        Along and against the chain; 0 where closed.
    way : int64[chains, 2]
        Number of the way it begins with and of the one it ends with.
    """

    source_node: I64
    first: I32
    node: I32
    name: I32
    road_class: U8
    kmh: F64
    way: I64


class _Pieces(NamedTuple):
    """Ways cut at junctions: from point `start` to point `end` of way `way` (its row)."""

    start: I64
    end: I64
    way: I64


def chains(ways: Sequence[StreetWay], fixed: Iterable[int]) -> Chains:
    """Cut `ways` at junctions and join pieces at nodes where nothing changes.

    Parameters
    ----------
    ways : sequence of StreetWay
    fixed : iterable of int
        Nodes that must stay ends of segments (turn restrictions hang on them).

    Returns
    -------
    Chains
        In the order of the ways; two chains meet only at their ends.
    """
    counts = np.fromiter((len(way.nodes) for way in ways), np.int64, len(ways))
    numbers = np.fromiter(chain.from_iterable(way.nodes for way in ways), np.int64, counts.sum())
    source_node, node = np.unique(numbers, return_inverse=True)
    pieces = _pieces(counts, node)
    name = np.array([way.name for way in ways], np.int32)
    road_class = np.array([way.road_class for way in ways], np.uint8)
    kmh = np.array([way[3:5] for way in ways], np.float64).reshape(-1, 2)
    way_id = np.array([way.way_id for way in ways], np.int64)
    held = np.isin(source_node, np.fromiter(fixed, np.int64))
    onward = _onward(pieces, node, held, np.column_stack([name, road_class]), kmh)
    halves, first = _runs(onward)
    begin, last = halves[first[:-1]], halves[first[1:] - 1]
    rows = pieces.way[begin >> 1]
    against = (begin & 1).astype(np.bool_)[:, np.newaxis]
    points, point_first = _points(pieces, halves, first)
    return Chains(
        source_node=source_node,
        first=point_first,
        node=node[points].astype(np.int32),
        name=name[rows],
        road_class=road_class[rows],
        kmh=np.where(against, kmh[rows, ::-1], kmh[rows]),
        way=np.stack([way_id[rows], way_id[pieces.way[last >> 1]]], axis=1),
    )


def _pieces(counts: I64, node: I64) -> _Pieces:
    """Cut ways at nodes that occur more than once."""
    ends = np.cumsum(counts) - 1
    starts = ends + 1 - counts
    cut = np.bincount(node)[node] > 1
    cut[starts] = cut[ends] = True
    begins, stops = cut.copy(), cut
    begins[ends] = False
    stops[starts] = False
    start = np.flatnonzero(begins)
    return _Pieces(start, np.flatnonzero(stops), np.searchsorted(ends, start))


def _onward(pieces: _Pieces, node: I64, held: Bool, told: I32, kmh: F64) -> I32:
    """For each half-piece the one that continues it, where exactly one does unchanged.

    Half-piece `2 * piece + against` is a piece driven along its nodes or against them.
    """
    at = np.stack([node[pieces.start], node[pieces.end]], axis=1).reshape(-1)
    onward = np.full(len(at), NOTHING, np.int32)
    by_node = np.argsort(at, kind="stable")
    lone = (np.bincount(at, minlength=len(held)) == 2) & ~held
    one, two = by_node[lone[at[by_node]]].reshape(-1, 2).T
    # `one` and `two` leave the node; `one ^ 1` arrives at it and goes on with `two`.
    ways, sides = pieces.way[[one >> 1, two >> 1]], np.stack([1 - (one & 1), two & 1])
    same = (one >> 1 != two >> 1) & (told[ways[0]] == told[ways[1]]).all(axis=1)
    for flip in (0, 1):
        same &= kmh[ways[0], sides[0] ^ flip] == kmh[ways[1], sides[1] ^ flip]
    onward[one[same] ^ 1] = two[same]
    onward[two[same] ^ 1] = one[same]
    return onward


@compiled
def _runs(onward: I32) -> tuple[I32, I32]:
    """Follow each run of half-pieces from its start; rings without a start begin anywhere.

    Returns the half-pieces run by run, and where each run begins.
    """
    pieces = len(onward) // 2
    halves = np.empty(pieces, np.int32)
    first = np.zeros(pieces + 1, np.int32)
    done = np.zeros(pieces, np.bool_)
    size = runs = 0
    for piece in range(pieces):
        if done[piece]:
            continue
        half = 2 * piece
        while onward[half ^ 1] != NOTHING:
            half = onward[half ^ 1] ^ 1
            if half == 2 * piece:
                break
        while half != NOTHING and not done[half >> 1]:
            done[half >> 1] = True
            halves[size] = half
            size += 1
            half = onward[half]
        runs += 1
        first[runs] = size
    return halves, first[: runs + 1]


def _points(pieces: _Pieces, halves: I32, first: I32) -> tuple[I64, I32]:
    """Points of the runs one after the other, each once, and where each run's points begin."""
    piece, against = halves >> 1, (halves & 1).astype(np.bool_)
    joined = np.ones(len(halves), np.int64)
    joined[first[:-1]] = 0  # all but the first piece of a run leave their first point out
    counts = pieces.end[piece] - pieces.start[piece] + 1 - joined
    stops = np.cumsum(counts)
    within = np.arange(counts.sum()) - np.repeat(stops - counts, counts) + np.repeat(joined, counts)
    begin = np.where(against, pieces.end[piece], pieces.start[piece])
    points = np.repeat(begin, counts) + within * np.repeat(np.where(against, -1, 1), counts)
    return points, np.concatenate([[0], stops])[first].astype(np.int32)
