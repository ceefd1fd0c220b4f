"""Which arc may follow which: turn rules become allowed turns, and copies of arcs where needed."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from anlan_engine.roads.rules import ArcEnds, Arcs, Rule, Sequences, forbidden_sequences

I32 = npt.NDArray[np.int32]
I64 = npt.NDArray[np.int64]


class Turns(NamedTuple):
    """The pairs of arcs that may follow each other.

    Attributes
    ----------
    before, after : int32[turns]
        Sorted by `before`, then by `after`. Numbers from the count of arcs on are copies.
    copied : int32[copies]
        The arc that each copy stands for.
    unused : int
        Rules that matched no arcs, or left in doubt which approach they mean.
    """

    before: I32
    after: I32
    copied: I32
    unused: int


def allowed_turns(arcs: ArcEnds, rules: Sequence[Rule]) -> Turns:
    """List the turns that streets and rules allow.

    Every continuation is allowed, except those a rule forbids, and except turning round, which is
    allowed only where there is no other way on (as at a dead end).

    A rule that forbids a sequence of three arcs or more leaves each of its turns allowed to those
    who come from elsewhere. So the arcs on the way get a copy, which is driven after the rule's
    beginning only and lacks the turn that would complete it.

    Notes
    -----
    The copies are the states of Aho and Corasick's automaton (1975) over all forbidden sequences,
    as Villeneuve and Desaulniers (2005, *The shortest path problem with forbidden paths*) use it:
    it remembers the longest beginning of a forbidden sequence that was just driven.
    """
    before, after = _continuations(arcs)
    sequences = forbidden_sequences(arcs, rules)
    count = len(arcs.head)
    pairs = [a * count + b for a, b in sequences.of_length(2)]
    free = ~np.isin(before * count + after, np.array(pairs, np.int64))
    round_turn = arcs.twin[before] == after
    ways_on = np.bincount(before[free & ~round_turn], minlength=count)
    kept = free & (~round_turn | (ways_on[before] == 0))
    before, after, copied = _with_copies(before[kept], after[kept], arcs, sequences)
    order = np.lexsort((after, before))
    return Turns(
        before[order].astype(np.int32), after[order].astype(np.int32), copied, sequences.unused
    )


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


def _with_copies(
    before: I64, after: I64, arcs: ArcEnds, sequences: Sequences
) -> tuple[I64, I64, I32]:
    """Add a copy of the last arc of every beginning of a longer forbidden sequence."""
    beginnings = sorted(
        {whole[:size] for whole in sequences.longer() for size in range(2, len(whole))}
    )
    if not beginnings:
        return before, after, np.zeros(0, np.int32)
    count = len(arcs.head)
    state = {arcs_driven: count + row for row, arcs_driven in enumerate(beginnings)}
    first = np.searchsorted(before, np.arange(count + 1))

    def onward(arc: int) -> list[int]:
        return [int(one) for one in after[first[arc] : first[arc + 1]]]

    new_after = after.copy()
    for begun in (begun for begun in beginnings if len(begun) == 2):
        new_after[(before == begun[0]) & (after == begun[1])] = state[begun]
    turns: list[tuple[int, int]] = []
    for driven, copy in state.items():
        arc = driven[-1]
        twin = int(arcs.twin[arc])
        allowed = [b for b in onward(arc) if not sequences.completes((*driven, b))]
        if not allowed and twin >= 0 and not sequences.completes((*driven, twin)):
            allowed = [twin]
        turns += [(copy, _longest_known((*driven, b), state)) for b in allowed]
    added = np.array(turns, np.int64).reshape(-1, 2)
    return (
        np.concatenate([before, added[:, 0]]),
        np.concatenate([new_after, added[:, 1]]),
        np.array([begun[-1] for begun in beginnings], np.int32),
    )


def _longest_known(driven: Arcs, state: dict[Arcs, int]) -> int:
    """The copy that remembers the most of what was just driven, else the plain arc."""
    for start in range(len(driven) - 1):
        if driven[start:] in state:
            return state[driven[start:]]
    return driven[-1]
