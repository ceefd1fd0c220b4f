"""Covering placements, fast: greedy, swaps, and kicks that leave a local optimum.

An iterated local search (Lourenco, Martin and Stutzle 2003) over `Reach` and `Cover`: every swap
is priced from sums that are kept up to date, so that a swap costs the demand it touches.
"""

from typing import NamedTuple

import numpy as np

from anlan_engine.compiled import compiled
from anlan_engine.coverage.posting import NOWHERE
from anlan_engine.coverage.reach import F64, I64, Cover, Reach, no_cover, post_units, worth_of_last

BETTER = 1e-9  # relative
KICK_LEAST, KICK_MOST = 2, 4  # units moved at random


class Search(NamedTuple):
    """Where the search stands; changed in place.

    Attributes
    ----------
    reach, gain
        As in `anlan_engine.coverage.reach`.
    high : (sites,) int64
        Room at each site.
    cover : Cover
    slots : (units,) int64
        The site of each unit; the first `held` never move.
    at : (sites,) int64
        Units at each site.
    held : int
    """

    reach: Reach
    gain: F64
    high: I64
    cover: Cover
    slots: I64
    at: I64
    held: int


@compiled
def put(search: Search, slot: int, site: int, change: int) -> None:
    """Put the unit of a slot on a site (1), or take it away from there (-1)."""
    post_units(search.reach, search.gain, search.cover, site, change)
    search.at[site] += change
    search.slots[slot] = site


@compiled
def worthiest(search: Search) -> int:
    """Return the site where one unit more is worth most; the lowest of equals."""
    best, most = NOWHERE, -np.inf
    for site in range(search.high.size):
        if search.at[site] < search.high[site] and search.cover.worth[site] > most:
            best, most = site, search.cover.worth[site]
    return best


@compiled
def start_greedily(reach: Reach, gain: F64, low: I64, high: I64, units: int) -> Search:
    """Post the held units, then the others one by one where each is worth most."""
    slots = np.empty(units, np.int64)
    search = Search(reach, gain, high, no_cover(reach, gain), slots, np.zeros_like(low), low.sum())
    slot = 0
    for site in range(low.size):
        for _ in range(low[site]):
            put(search, slot, site, 1)
            slot += 1
    for more in range(slot, units):
        put(search, more, worthiest(search), 1)
    return search


@compiled
def improve_by_swaps(search: Search, order: I64) -> float:
    """Move single units while that covers more; return the weight won."""
    won, settled, turn = 0.0, 0, 0
    while settled < order.size:
        slot = order[turn % order.size]
        turn += 1
        site = search.slots[slot]
        lost = worth_of_last(search.reach, search.gain, search.cover, site)
        put(search, slot, site, -1)
        best = worthiest(search)
        if best == NOWHERE or search.cover.worth[best] <= lost + BETTER * (1.0 + lost):
            best = site
        settled = settled + 1 if best == site else 0
        if best != site:
            won += search.cover.worth[best] - lost
        put(search, slot, best, 1)
    return won


@compiled
def neighbour(search: Search, site: int, rng: np.random.Generator) -> int:
    """Return a random site with room that shares demand with `site`, or `site` itself."""
    reach = search.reach
    first, last = reach.by_site[site], reach.by_site[site + 1]
    if first == last:
        return site
    for _ in range(20):
        place = reach.demand[rng.integers(first, last)]
        back = rng.integers(reach.by_demand[place], reach.by_demand[place + 1])
        other = reach.site[back]
        if other != site and search.at[other] < search.high[other]:
            return int(other)
    return site


@compiled
def kick(search: Search, rng: np.random.Generator) -> float:
    """Move a few units to random neighbours; return the weight won (mostly negative)."""
    won = 0.0
    for _ in range(rng.integers(KICK_LEAST, KICK_MOST + 1)):
        slot = int(rng.integers(search.held, search.slots.size))
        site = search.slots[slot]
        won -= worth_of_last(search.reach, search.gain, search.cover, site)
        put(search, slot, site, -1)
        other = neighbour(search, site, rng)
        won += search.cover.worth[other]
        put(search, slot, other, 1)
    return won


@compiled
def return_to(search: Search, slots: I64) -> None:
    """Put every unit back to where it was."""
    for slot in range(slots.size):
        if search.slots[slot] != slots[slot]:
            put(search, slot, search.slots[slot], -1)
            put(search, slot, slots[slot], 1)


@compiled
def improve_by_kicks(search: Search, kicks: int, rng: np.random.Generator) -> float:
    """Kick and repair `kicks` times, keeping what is no worse; return the weight won."""
    movable = search.slots.size - search.held
    if movable <= 0:
        return 0.0
    total = 0.0
    for _ in range(kicks):
        before = search.slots.copy()
        won = kick(search, rng)
        won += improve_by_swaps(search, search.held + rng.permutation(movable))
        if won < 0.0:
            return_to(search, before)
        else:
            total += won
    return total
