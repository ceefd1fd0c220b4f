"""From a good placement to a certified one: the heuristic, then the tree, within a time limit."""

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from anlan_engine.coverage.cover_search import improve_by_kicks, improve_by_swaps, start_greedily
from anlan_engine.coverage.median_search import improve_median, kicked_median, open_greedily
from anlan_engine.coverage.problem import Problem, loss_of
from anlan_engine.coverage.reach import F64, I64, Reach
from anlan_engine.coverage.shrinking import shrunk
from anlan_engine.coverage.tree import ROOT_STEPS, Tree

HEURISTIC_SHARE = 0.3  # of the time limit, at most
KICKS_AT_ONCE = 25
KICKS_MOST = 4_000
KICKS_WITHOUT_GAIN_MOST = 500
COVER_ENTRIES_MOST = 60_000  # a covering core with no more is left to HiGHS first
EXACT_SHARE = 0.85  # of the time left, at most
ROOT_SHARE = 0.5  # of the time left, at most
STEPS_LEAST = 30
WHOLE_SLACK = 1e-4  # rounding in a bound on a whole number
WHOLE_LOSS_MOST = 1e11  # beyond, whole numbers are no longer told apart from rounding


@dataclass(frozen=True, slots=True)
class Deadline:
    """The end of the time that a solver may take."""

    start_s: float
    limit_s: float

    @classmethod
    def after(cls, limit_s: float) -> "Deadline":
        """Start the time now."""
        return cls(time.perf_counter(), limit_s)

    @property
    def took_s(self) -> float:
        """Seconds since the start."""
        return time.perf_counter() - self.start_s

    @property
    def left_s(self) -> float:
        """Seconds until the end; 0 when it is past."""
        return max(0.0, self.limit_s - self.took_s)

    def past(self, share: float = 1.0) -> bool:
        """Return whether this share of the time is over."""
        return self.took_s >= share * self.limit_s


@dataclass(frozen=True, slots=True, eq=False)
class Proof:
    """A placement and a bound on the loss of all."""

    at: I64
    loss: float
    bound: float


def kicked(kick: Callable[[], float], deadline: Deadline) -> None:
    """Call `kick`, which returns what it won, until it wins nothing for long or time is short."""
    done, idle = 0, 0
    while done < KICKS_MOST and idle < KICKS_WITHOUT_GAIN_MOST:
        if deadline.past(HEURISTIC_SHARE):
            return
        won = kick()
        done += KICKS_AT_ONCE
        idle = 0 if won > 0.0 else idle + KICKS_AT_ONCE


def good_cover(
    reach: Reach, gain: F64, problem: Problem, deadline: Deadline, rng: np.random.Generator
) -> I64:
    """Return units at each site that cover much."""
    search = start_greedily(reach, gain, problem.low, problem.high, problem.units)
    improve_by_swaps(search, np.arange(search.held, problem.units))
    kicked(lambda: improve_by_kicks(search, KICKS_AT_ONCE, rng), deadline)
    return search.at


def good_median(problem: Problem, deadline: Deadline, rng: np.random.Generator) -> I64:
    """Return posts with short drives."""
    slots, slot_of = open_greedily(problem)
    held = int(problem.low.sum())
    start = loss_of(problem, (slot_of >= 0).astype(np.int64))
    loss = improve_median(problem, slots, slot_of, held, start)

    def kick() -> float:
        nonlocal loss
        before = loss
        loss = kicked_median(problem, slots, slot_of, loss, KICKS_AT_ONCE, rng)
        return before - loss

    kicked(kick, deadline)
    return (slot_of >= 0).astype(np.int64)


def prove(problem: Problem, at: I64, deadline: Deadline, least_step: float) -> Proof:
    """Bound the whole, drop what cannot be part of anything better, and search the core."""
    whole = Tree(problem, at, loss_of(problem, at), least_step)
    root = whole.root(steps_in(problem, deadline))
    if root.bound >= whole.cutoff():
        return Proof(at, whole.loss, whole.loss)
    core, certain, _ = shrunk(problem, root.low, root.high, root.core.prices)
    tree = Tree(core, at, whole.loss - certain, least_step)
    top = tree.root(steps_in(core, deadline))
    top.bound = max(top.bound, root.bound - certain)
    if not core.cost.any() and core.site.size <= COVER_ENTRIES_MOST:
        tree.close_exactly(top, EXACT_SHARE * deadline.left_s)
    tree.grow(top, lambda: deadline.left_s)
    loss, bound = loss_of(problem, tree.best), tree.bound + certain
    if least_step == 1.0:
        bound = np.ceil(bound - WHOLE_SLACK)
    return Proof(tree.best, loss, float(min(bound, loss)))


def steps_in(problem: Problem, deadline: Deadline) -> int:
    """Return how many steps of the ascent fit into a share of the time left."""
    entry_s = 2e-8  # a step touches each entry twice at most; a slow core's pace
    step_s = entry_s * (problem.site.size + problem.weight.size + problem.low.size)
    return int(min(max(ROOT_SHARE * deadline.left_s / step_s, STEPS_LEAST), ROOT_STEPS))


def step_between_losses(values: F64) -> float:
    """Return 1 where all losses are sums of these whole numbers, else 0 (not known)."""
    whole = bool((values == np.floor(values)).all() and values.sum() < WHOLE_LOSS_MOST)
    return 1.0 if whole else 0.0
