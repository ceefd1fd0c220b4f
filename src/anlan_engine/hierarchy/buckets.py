"""Searches in a plain contraction hierarchy, and buckets to meet in.

A search from a place climbs to higher ranks only and keeps what it settles; a way from one place to
another is shortest at some rank that both searches settle. The searches of n places are kept in
buckets, one for each rank (Knopp, Sanders, Schultes, Schulz, Wagner 2007).
"""

from typing import Any, NamedTuple

import numpy as np

from anlan_engine.compiled import compiled
from anlan_engine.hierarchy.costs import I32, I64, NO_VERTEX, Costs
from anlan_engine.hierarchy.heap import drop_least, push

NONE = -1


class Climbing(NamedTuple):
    """Arcs at their lower ends, by rank; which way they lead depends on the search.

    Attributes
    ----------
    first : int32[n + 1], head : int32[...], cost : [...], arc : int32[...]
        Arcs away from the place of a search: higher ends, costs, numbers.
    back_first, back_head, back_cost, back_arc
        Arcs in the same direction of travel that come down from higher ends.
    """

    first: I32
    head: I32
    cost: Costs
    arc: I32
    back_first: I32
    back_head: I32
    back_cost: Costs
    back_arc: I32


class Room(NamedTuple):
    """Room for a search: `cost` is `far` everywhere between searches.

    Attributes
    ----------
    cost : [n]
        Costs so far, by rank.
    entry : int32[n]
        Place in `Climbing.head` by which each rank was reached, NONE for seeds.
    below : int32[n]
        The rank from which it was reached.
    keys : int64[...], items : int32[...]
        The queue.
    settled : int32[n]
        Ranks in the order settled, without those that were stalled.
    touched : int32[n]
        All ranks reached.
    """

    cost: Costs
    entry: I32
    below: I32
    keys: I64
    items: I32
    settled: I32
    touched: I32


@compiled
def room_to_climb(climbing: Climbing, far: Any) -> Room:
    """Room for searches, one after the other."""
    size, queue = len(climbing.first) - 1, len(climbing.head) + 8
    return Room(
        np.full(size, far, climbing.cost.dtype), np.empty(size, np.int32),
        np.empty(size, np.int32), np.empty(queue, np.int64), np.empty(queue, np.int32),
        np.empty(size, np.int32), np.empty(size, np.int32),
    )  # fmt: skip


@compiled
def _stalled(climbing: Climbing, cost: Costs, rank: int) -> bool:
    """Whether a rank is reached more cheaply from above: then its cost is of no use."""
    for arc in range(climbing.back_first[rank], climbing.back_first[rank + 1]):
        if cost[climbing.back_head[arc]] + climbing.back_cost[arc] < cost[rank]:
            return True
    return False


@compiled
def _begun(room: Room, seeds: I32, seed_costs: Costs) -> int:
    """Queue the seeds of one place, which differ; return how many there are."""
    size = 0
    for number in range(len(seeds)):
        rank = seeds[number]
        if rank != NO_VERTEX and seed_costs[number] < room.cost[rank]:
            room.touched[size] = rank
            room.cost[rank], room.entry[rank] = seed_costs[number], NONE
            size = push(room.keys, room.items, size, room.cost[rank], rank)
    return size


@compiled
def climb_all(
    climbing: Climbing, room: Room, seeds: I32, seed_costs: Costs, far: Any
) -> tuple[int, int]:
    """Search upward from one place; return how many ranks were settled and touched."""
    cost, settled = room.cost, 0
    size = touched = _begun(room, seeds, seed_costs)
    while size > 0:
        key, rank = room.keys[0], room.items[0]
        size = drop_least(room.keys, room.items, size)
        if key > cost[rank] or _stalled(climbing, cost, rank):
            continue
        room.settled[settled] = rank
        settled += 1
        for arc in range(climbing.first[rank], climbing.first[rank + 1]):
            head, reached = climbing.head[arc], key + climbing.cost[arc]
            if reached < cost[head]:
                if cost[head] == far:
                    room.touched[touched] = head
                    touched += 1
                cost[head], room.entry[head], room.below[head] = reached, arc, rank
                size = push(room.keys, room.items, size, reached, head)
    return settled, touched


@compiled
def forget(room: Room, touched: int, far: Any) -> None:
    """Make the room ready for the next search."""
    for place in range(touched):
        room.cost[room.touched[place]] = far


class Buckets(NamedTuple):
    """What the searches of n places settled, by rank.

    Attributes
    ----------
    first : int32[ranks + 1]
        Where the bucket of each rank begins.
    place : int32[...], cost : [...]
        The places that settle this rank, and at which cost.
    """

    first: I32
    place: I32
    cost: Costs


@compiled
def fill_buckets(climbing: Climbing, seeds: I32, seed_costs: Costs, far: Any) -> Buckets:
    """Search from n places (`seeds` int32[n, k]) and sort what they settle into buckets."""
    room = room_to_climb(climbing, far)
    size = len(climbing.first) - 1
    ranks, places = np.empty(1024, np.int32), np.empty(1024, np.int32)
    costs = np.empty(1024, climbing.cost.dtype)
    first, count = np.zeros(size + 1, np.int32), 0
    for place in range(len(seeds)):
        settled, touched = climb_all(climbing, room, seeds[place], seed_costs[place], far)
        if count + settled > len(ranks):
            more = len(ranks) + settled
            ranks = np.concatenate((ranks, np.empty(more, np.int32)))
            places = np.concatenate((places, np.empty(more, np.int32)))
            costs = np.concatenate((costs, np.empty(more, costs.dtype)))
        for entry in range(settled):
            ranks[count], places[count] = room.settled[entry], place
            costs[count] = room.cost[room.settled[entry]]
            first[ranks[count] + 1] += 1
            count += 1
        forget(room, touched, far)
    for rank in range(size):
        first[rank + 1] += first[rank]
    free = first[:-1].copy()
    by_rank, by_cost = np.empty(count, np.int32), np.empty(count, costs.dtype)
    for entry in range(count):
        by_rank[free[ranks[entry]]] = places[entry]
        by_cost[free[ranks[entry]]] = costs[entry]
        free[ranks[entry]] += 1
    return Buckets(first, by_rank, by_cost)


@compiled
def meet(
    climbing: Climbing, seeds: I32, seed_costs: Costs, buckets: Buckets, count: int, far: Any
) -> Costs:
    """Costs between p places (`seeds` int32[p, k]) and `count` places in buckets: [p, count]."""
    room = room_to_climb(climbing, far)
    result = np.full((len(seeds), count), far, climbing.cost.dtype)
    for row in range(len(seeds)):
        best = result[row]
        settled, touched = climb_all(climbing, room, seeds[row], seed_costs[row], far)
        for number in range(settled):
            rank = room.settled[number]
            for entry in range(buckets.first[rank], buckets.first[rank + 1]):
                through = buckets.cost[entry] + room.cost[rank]
                if through < best[buckets.place[entry]]:
                    best[buckets.place[entry]] = through
        forget(room, touched, far)
    return result


@compiled
def sweep_down(climbing: Climbing, seeds: I32, seed_costs: Costs, far: Any) -> Costs:
    """Costs between one place and every rank: climb, then one pass in descending order."""
    room = room_to_climb(climbing, far)
    climb_all(climbing, room, seeds, seed_costs, far)
    cost = room.cost
    for rank in range(len(cost) - 1, -1, -1):
        best = cost[rank]
        for arc in range(climbing.back_first[rank], climbing.back_first[rank + 1]):
            best = min(best, cost[climbing.back_head[arc]] + climbing.back_cost[arc])
        cost[rank] = best
    return cost
