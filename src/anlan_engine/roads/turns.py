"""Which arc may follow which: turn rules become a list of allowed turns."""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

I32 = npt.NDArray[np.int32]
I64 = npt.NDArray[np.int64]


class TurnRule(NamedTuple):
    """A turn restriction over one node.

    Attributes
    ----------
    from_way, via_node, to_way : int
        Numbers in the source.
    only : bool
        True: from `from_way` one may go on into `to_way` alone. False: into everything else.
    """

    from_way: int
    via_node: int
    to_way: int
    only: bool


class ArcEnds(NamedTuple):
    """What turns need to know of arcs; every array has one entry for each arc.

    Attributes
    ----------
    tail, head : int64
        Node numbers in the source.
    first_way, last_way : int64
        Ways in the source that the arc begins and ends on.
    twin : int32
        The arc that runs the other way on the same segment, or -1.
    """

    tail: I64
    head: I64
    first_way: I64
    last_way: I64
    twin: I32


def allowed_turns(arcs: ArcEnds, rules: Sequence[TurnRule]) -> tuple[I32, I32, int]:
    """List the pairs of arcs that may follow each other.

    Every continuation is allowed, except those a rule forbids, and except turning round, which is
    allowed only where there is no other way on (as at a dead end).

    Parameters
    ----------
    arcs : ArcEnds
    rules : sequence of TurnRule

    Returns
    -------
    before, after : int32[turns]
        Sorted by `before`, then by `after`.
    unused : int
        Rules that matched no pair of arcs, or left in doubt which approach they mean.
    """
    before, after = _continuations(arcs)
    forbidden, unused = _forbidden(arcs, rules)
    count = len(arcs.head)
    key = before * count + after
    free = ~np.isin(key, forbidden)
    round_turn = arcs.twin[before] == after
    ways_on = np.bincount(before[free & ~round_turn], minlength=count)
    kept = free & (~round_turn | (ways_on[before] == 0))
    return before[kept].astype(np.int32), after[kept].astype(np.int32), unused


def _continuations(arcs: ArcEnds) -> tuple[I64, I64]:
    """List all pairs of arcs where the second leaves the node the first arrives at."""
    by_tail = np.argsort(arcs.tail, kind="stable")
    tails = arcs.tail[by_tail]
    low = np.searchsorted(tails, arcs.head, side="left")
    high = np.searchsorted(tails, arcs.head, side="right")
    counts = high - low
    before = np.repeat(np.arange(len(arcs.head), dtype=np.int64), counts)
    within = np.arange(len(before)) - np.repeat(np.cumsum(counts) - counts, counts)
    return before, by_tail[low[before] + within].astype(np.int64)


def _forbidden(arcs: ArcEnds, rules: Sequence[TurnRule]) -> tuple[I64, int]:
    """List forbidden pairs as `before * arcs + after`, and count the rules of no effect."""
    arriving: dict[tuple[int, int], list[int]] = defaultdict(list)
    leaving: dict[int, list[int]] = defaultdict(list)
    for arc, (tail, head) in enumerate(zip(arcs.tail.tolist(), arcs.head.tolist(), strict=True)):
        arriving[int(arcs.last_way[arc]), head].append(arc)
        leaving[tail].append(arc)
    pairs: list[int] = []
    unused = 0
    for rule in rules:
        sources = arriving[rule.from_way, rule.via_node]
        onward = leaving[rule.via_node]
        named = [arc for arc in onward if arcs.first_way[arc] == rule.to_way]
        # Two approaches on one way: the way was not cut at the node, so the rule is ambiguous.
        if len(sources) != 1 or not named:
            unused += 1
            continue
        targets = set(onward) - set(named) if rule.only else set(named)
        pairs += [sources[0] * len(arcs.head) + arc for arc in sorted(targets)]
    return np.array(pairs, np.int64), unused
