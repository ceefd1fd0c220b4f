"""Cut streets at junctions and join what runs on unchanged: ways become segments."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple


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
    """

    way_id: int
    nodes: Sequence[int]
    name: int
    forward_kmh: float
    backward_kmh: float


@dataclass(frozen=True, slots=True)
class Chain:
    """A future segment: node numbers in order, and what holds along all of them."""

    nodes: list[int]
    name: int
    forward_kmh: float
    backward_kmh: float
    first_way: int
    last_way: int


Half = tuple[int, bool]
"""A piece and whether it is taken against its node order."""


def chains(ways: Sequence[StreetWay], fixed: Iterable[int]) -> list[Chain]:
    """Cut `ways` at junctions and join pieces at nodes where nothing changes.

    Parameters
    ----------
    ways : sequence of StreetWay
    fixed : iterable of int
        Nodes that must stay ends of segments (turn restrictions hang on them).

    Returns
    -------
    list of Chain
        In the order of the ways; two chains meet only at their ends.
    """
    pieces = list(_pieces(ways))
    ends: dict[int, list[Half]] = defaultdict(list)
    for index, piece in enumerate(pieces):
        ends[piece.nodes[0]].append((index, False))
        ends[piece.nodes[-1]].append((index, True))
    return list(_joined(pieces, _next_halves(pieces, ends, frozenset(fixed))))


def _pieces(ways: Sequence[StreetWay]) -> Iterator[StreetWay]:
    """Cut ways at nodes that occur more than once."""
    seen: Counter[int] = Counter()
    for way in ways:
        seen.update(way.nodes)
    for way in ways:
        start = 0
        for index in range(1, len(way.nodes)):
            if seen[way.nodes[index]] > 1 or index == len(way.nodes) - 1:
                yield way._replace(nodes=way.nodes[start : index + 1])
                start = index


def _taken(piece: StreetWay, *, against: bool) -> tuple[int, float, float]:
    """What holds along a piece when it is taken in this direction."""
    if against:
        return piece.name, piece.backward_kmh, piece.forward_kmh
    return piece.name, piece.forward_kmh, piece.backward_kmh


def _next_halves(
    pieces: list[StreetWay], ends: dict[int, list[Half]], fixed: frozenset[int]
) -> dict[Half, Half]:
    """Map each half-piece to the one that continues it, where exactly one does unchanged."""
    onward: dict[Half, Half] = {}
    for node, halves in ends.items():
        if len(halves) != 2 or node in fixed:
            continue
        (one, one_against), (two, two_against) = halves
        arriving = _taken(pieces[one], against=not one_against)
        if one != two and arriving == _taken(pieces[two], against=two_against):
            onward[one, not one_against] = (two, two_against)
            onward[two, not two_against] = (one, one_against)
    return onward


def _joined(pieces: list[StreetWay], onward: dict[Half, Half]) -> Iterator[Chain]:
    """Follow each run of pieces from its start; rings without a start begin anywhere."""
    done = [False] * len(pieces)
    for index in range(len(pieces)):
        if not done[index]:
            yield _chain(pieces, onward, _start((index, False), onward), done)


def _start(half: Half, onward: dict[Half, Half]) -> Half:
    """Go back along a run until it begins or closes on itself."""
    origin = half
    while (before := onward.get((half[0], not half[1]))) is not None:
        half = (before[0], not before[1])
        if half == origin:
            break
    return half


def _chain(
    pieces: list[StreetWay], onward: dict[Half, Half], start: Half, done: list[bool]
) -> Chain:
    """Join the run that starts with `start`, marking its pieces done."""
    name, forward_kmh, backward_kmh = _taken(pieces[start[0]], against=start[1])
    nodes: list[int] = []
    half: Half | None = start
    last = start
    while half is not None and not done[half[0]]:
        done[half[0]] = True
        run = pieces[half[0]].nodes
        nodes += (run[::-1] if half[1] else run)[1 if nodes else 0 :]
        last, half = half, onward.get(half)
    first_way, last_way = pieces[start[0]].way_id, pieces[last[0]].way_id
    return Chain(nodes, name, forward_kmh, backward_kmh, first_way, last_way)
