"""p-median placements, fast: greedy, swaps, and kicks that leave a local optimum.

The swap search of Resende and Werneck 2007, "A fast swap-based local search procedure for location
problems" (after Whitaker 1983): the profit of opening `a` and closing `r` is
`save[a] - lose[r] + both[a, r]`, all three filled in one pass over the few entries of each row
that are cheaper than its second nearest post.
"""

from typing import NamedTuple

import numpy as np

from anlan_engine.compiled import compiled
from anlan_engine.coverage.problem import Problem
from anlan_engine.coverage.reach import F64, I64

BETTER = 1e-9  # relative
KICK_LEAST, KICK_MOST = 2, 4
NOBODY = -1


class Nearest(NamedTuple):
    """The nearest two posts of each row.

    Attributes
    ----------
    first : (rows,) int64
        Slot of the nearest post; `NOBODY` where none serves the row.
    cost, second : (rows,) float64
        What the nearest and the second nearest cost; the row's weight where there is none.
    """

    first: I64
    cost: F64
    second: F64


@compiled
def nearest_two(problem: Problem, slot_of: I64) -> Nearest:
    """Find the nearest two posts of every row; `slot_of` is (sites,), -1 without a post."""
    rows = problem.weight.size
    found = Nearest(np.full(rows, NOBODY), problem.weight.copy(), problem.weight.copy())
    for row in range(rows):
        seen = 0
        for entry in range(problem.start[row], problem.start[row + 1]):
            slot = slot_of[problem.site[entry]]
            if slot == NOBODY:
                continue
            if seen == 0:
                found.first[row], found.cost[row], seen = slot, problem.cost[entry], 1
            else:
                found.second[row] = problem.cost[entry]
                break
    return found


@compiled
def price_swaps(problem: Problem, slot_of: I64, save: F64, lose: F64, both: F64) -> None:
    """Add up what opening, closing and both at once change; the arrays come filled with 0."""
    near = nearest_two(problem, slot_of)
    for row in range(near.cost.size):
        slot, cost, second = near.first[row], near.cost[row], near.second[row]
        if slot != NOBODY:
            lose[slot] += second - cost
        for entry in range(problem.start[row], problem.start[row + 1]):
            offer, site = problem.cost[entry], problem.site[entry]
            if offer >= second:
                break
            save[site] += max(0.0, cost - offer)
            if slot != NOBODY:
                both[site, slot] += second - max(offer, cost)


@compiled
def best_swap(problem: Problem, slot_of: I64, held: int) -> tuple[float, int, int]:
    """Return the most profitable swap: what it saves, the slot to close, the site to open."""
    save, lose = np.zeros(slot_of.size), np.zeros(problem.units)
    both = np.zeros((slot_of.size, problem.units))
    price_swaps(problem, slot_of, save, lose, both)
    best, close, opened = 0.0, NOBODY, NOBODY
    for site in range(slot_of.size):
        if slot_of[site] != NOBODY or problem.high[site] == 0:
            continue
        for slot in range(held, problem.units):
            profit = save[site] - lose[slot] + both[site, slot]
            if profit > best:
                best, close, opened = profit, slot, site
    return best, close, opened


@compiled
def exchange(slots: I64, slot_of: I64, slot: int, site: int) -> None:
    """Close the post of a slot and open one at `site`."""
    slot_of[slots[slot]] = NOBODY
    slots[slot] = site
    slot_of[site] = slot


@compiled
def improve_median(problem: Problem, slots: I64, slot_of: I64, held: int, loss: float) -> float:
    """Swap while that saves; change `slots` and `slot_of` in place and return the loss."""
    while True:
        saved, slot, site = best_swap(problem, slot_of, held)
        if slot == NOBODY or saved <= BETTER * (1.0 + abs(loss)):
            return loss
        exchange(slots, slot_of, slot, site)
        loss -= saved


@compiled
def savings(problem: Problem, now: F64) -> F64:
    """Return what one post more at each site would save; `now` is (rows,) what each row costs."""
    save = np.zeros(problem.low.size)
    for row in range(now.size):
        for entry in range(problem.start[row], problem.start[row + 1]):
            if problem.cost[entry] >= now[row]:
                break
            save[problem.site[entry]] += now[row] - problem.cost[entry]
    return save


@compiled
def open_greedily(problem: Problem) -> tuple[I64, I64]:
    """Return the sites of all posts, the held ones first, and the slot of each site."""
    slots, slot_of = np.empty(problem.units, np.int64), np.full(problem.low.size, NOBODY)
    held = np.flatnonzero(problem.low > 0)
    for slot in range(problem.units):
        if slot < held.size:
            site = held[slot]
        else:
            save = savings(problem, nearest_two(problem, slot_of).cost)
            site = np.argmax(np.where((slot_of == NOBODY) & (problem.high > 0), save, -1.0))
        slots[slot], slot_of[site] = site, slot
    return slots, slot_of


@compiled
def kicked_median(
    problem: Problem, slots: I64, slot_of: I64, loss: float, kicks: int, rng: np.random.Generator
) -> float:
    """Move a few posts at random and repair, `kicks` times; keep what is no worse."""
    held = int(problem.low.sum())
    free = np.flatnonzero(problem.high > 0)
    if held >= problem.units or free.size <= problem.units:
        return loss
    for _ in range(kicks):
        trial, trial_of = slots.copy(), slot_of.copy()
        for _ in range(rng.integers(KICK_LEAST, KICK_MOST + 1)):
            site = free[rng.integers(0, free.size)]
            if trial_of[site] == NOBODY:
                exchange(trial, trial_of, int(rng.integers(held, problem.units)), int(site))
        now = nearest_two(problem, trial_of).cost.sum()
        now = improve_median(problem, trial, trial_of, held, now)
        if now <= loss:
            slots[:], slot_of[:], loss = trial, trial_of, now
    return loss
