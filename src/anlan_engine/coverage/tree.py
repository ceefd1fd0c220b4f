"""Branch and bound over the units at each site, with the Lagrangian bound.

Best bound first; a node's prices start its children. A part that has become small is solved by
HiGHS, whose cuts close what the Lagrangian bound cannot. Nodes are taken in small groups and their
children bounded side by side (the compiled ascent lets go of the interpreter), so that the result
is the same on any number of cores.
"""

import heapq
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

import numpy as np

from anlan_engine.coverage.dual import ascend, first_prices
from anlan_engine.coverage.problem import Problem, loss_of
from anlan_engine.coverage.reach import F64, I64
from anlan_engine.coverage.shrinking import Core, entries_kept, shrunk
from anlan_engine.coverage.whole_program import certify

ROOT_STEPS, NODE_STEPS = 1_500, 80
NODE_FIRST_STEP = 0.6
LEANING = 0.6  # branch on the site whose average is nearest to this part of a unit
EXACT_ENTRIES_MOST = 6_000  # a part with no more is left to HiGHS
GROUP = 4  # nodes branched on at once
WORTH_SHRINKING = 0.6  # a part is copied out once its entries are fewer than this share
OPEN_BYTES_MOST = 1 << 30


@dataclass(order=True, slots=True)
class Node:
    """A part of the placements, with the least loss it may hold.

    Attributes
    ----------
    bound : float
    number : int
        Settles ties.
    core : Core
        What is left to decide in it, with its prices and what is lost besides.
    low, high, average : (sites,) arrays
        Fewest and most units at each site, and what the relaxation gives it.
    """

    bound: float
    number: int
    core: Core = field(compare=False)
    low: I64 = field(compare=False)
    high: I64 = field(compare=False)
    average: F64 = field(compare=False)


@dataclass(slots=True)
class Tree:
    """The search for a proof.

    Attributes
    ----------
    problem : Problem
    best : (sites,) int64
        The incumbent.
    loss : float
        Of the incumbent.
    least_step : float
        No two losses differ by less, unless they are equal (1 for whole weights; 0: not known).
    bound : float
        No placement loses less.
    """

    problem: Problem
    best: I64
    loss: float
    least_step: float
    bound: float = -np.inf

    def cutoff(self) -> float:
        """Bound from which on a node holds nothing better than the incumbent."""
        slack = 1e-9 * max(1.0, abs(self.loss))
        return self.loss - max(slack, 0.999 * self.least_step)

    def offer(self, at: I64) -> None:
        """Keep a placement if it is better."""
        loss = loss_of(self.problem, at)
        if loss < self.loss - 1e-12 * max(1.0, abs(self.loss)):
            self.best, self.loss = at.copy(), loss

    def root(self, steps: int = ROOT_STEPS) -> Node:
        """Bound the whole."""
        problem = self.problem
        low, high = problem.low.copy(), problem.high.copy()
        prices, average = first_prices(problem), np.zeros(low.size)
        bound = ascend(problem, prices, low, high, average, self.cutoff(), steps, 1.0)
        return Node(bound, 0, Core(problem, 0.0, prices), low, high, average)

    def bounded(self, node: Node) -> Node:
        """Bound a child; its arrays are changed in place."""
        core, prices = node.core, node.core.prices.copy()
        bound = ascend(
            core.problem, prices, node.low, node.high, node.average,
            self.cutoff() - core.certain, NODE_STEPS, NODE_FIRST_STEP,
        )  # fmt: skip
        node.bound = max(node.bound, bound + core.certain)
        node.core = core._replace(prices=prices)
        if (
            node.bound < self.cutoff()
            and left_entries(node) < WORTH_SHRINKING * core.problem.site.size
        ):
            smaller = shrunk(core.problem, node.low, node.high, prices)
            node.core = smaller._replace(certain=smaller.certain + core.certain)
        return node

    def close_exactly(self, node: Node, limit_s: float) -> None:
        """Let HiGHS find the best of a small part; the node's bound becomes what it proves."""
        core = shrunk(node.core.problem, node.low, node.high, node.core.prices)
        found = certify(core.problem, limit_s)
        if found.at is not None:
            self.offer(found.at)
        node.bound = max(node.bound, found.bound + core.certain + node.core.certain)

    def children(self, node: Node) -> list[Node]:
        """Split a node at the site that the relaxation is most undecided on."""
        site = undecided(node)
        middle = int(min(max(np.floor(node.average[site]), node.low[site]), node.high[site] - 1))
        below = replace(node, low=node.low.copy(), high=node.high.copy())
        above = replace(node, average=node.average.copy())
        below.high[site], above.low[site] = middle, middle + 1
        return [below, above]

    def grow(self, root: Node, left_s: Callable[[], float]) -> None:
        """Branch until the proof is done or no time is left."""
        waiting, numbered = [root], 1
        size = 2 * sum(array.nbytes for array in (root.core.prices, root.core.problem.site))
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            while waiting and waiting[0].bound < self.cutoff():
                self.bound = waiting[0].bound
                if left_s() <= 0.0 or len(waiting) * size > OPEN_BYTES_MOST:
                    return
                group = [heapq.heappop(waiting) for _ in range(min(GROUP, len(waiting)))]
                parts = [part for node in group for part in self.open_parts(node)]
                for node in list(pool.map(self.bounded, parts)):
                    numbered += 1
                    if node.bound < self.cutoff() and is_small(node):
                        self.close_exactly(node, left_s())
                    if node.bound < self.cutoff():
                        node.number = numbered
                        heapq.heappush(waiting, node)
        self.bound = self.loss

    def open_parts(self, node: Node) -> list[Node]:
        """Return the children that hold more than one placement; offer the others."""
        parts = []
        for child in [node] if settled(self.problem, node) else self.children(node):
            if settled(self.problem, child):
                self.offer_last(child)
            else:
                parts.append(child)
        return parts

    def offer_last(self, node: Node) -> None:
        """Offer the one placement that a node still holds."""
        units = self.problem.units
        if node.low.sum() == units:
            self.offer(node.low)
        elif node.high.sum() == units:
            self.offer(node.high)


def left_entries(node: Node) -> int:
    """Return how many entries still matter in a part."""
    problem = node.core.problem
    kept = entries_kept(problem, node.low, node.high, problem.weight.copy())
    return int(np.count_nonzero(kept))


def is_small(node: Node) -> bool:
    """Return whether HiGHS will make short work of a part."""
    return left_entries(node) * node.core.problem.gain.size <= EXACT_ENTRIES_MOST


def settled(problem: Problem, node: Node) -> bool:
    """Return whether a node holds at most one placement."""
    return bool(node.low.sum() >= problem.units or node.high.sum() <= problem.units)


def undecided(node: Node) -> int:
    """Return the free site that the relaxation gives about half a unit, rather more."""
    part = node.average - np.floor(node.average)
    return int(np.argmin(np.where(node.low < node.high, np.abs(part - LEANING), np.inf)))
