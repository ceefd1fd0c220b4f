"""Labels: costs between a place and the vertices on its way to the root, aligned by depth.

Every shortest path has a highest vertex, which is a common ancestor of both ends. So the cost from
one place to another is the least sum of their labels over common ancestors, and those are the
first rows of both. Labels of many places are columns of one table, sorted by rank: the places under
any one ancestor are a run of columns, so both the climbing and the adding up work on whole runs.
"""

from typing import Any

import numpy as np

from anlan_engine.compiled import compiled
from anlan_engine.hierarchy.costs import I32, NO_VERTEX, Costs
from anlan_engine.hierarchy.structure import Upward


@compiled
def _start(upward: Upward, seeds: I32, seed_costs: Costs, label: Costs, far: Any) -> int:
    """Put the seeds into an empty label; return the lowest one, NO_VERTEX if there is none."""
    lowest = NO_VERTEX
    for seed in seeds:
        if seed != NO_VERTEX and (lowest == NO_VERTEX or seed < lowest):
            lowest = seed
    if lowest != NO_VERTEX:
        label[: int(upward.depth[lowest]) + 1] = far
    for number in range(len(seeds)):
        if seeds[number] != NO_VERTEX:
            row = upward.depth[seeds[number]]
            label[row] = min(label[row], seed_costs[number])
    return lowest


@compiled
def climb(
    upward: Upward, cost: Costs, seeds: I32, seed_costs: Costs, label: Costs, way: I32, far: Any
) -> int:
    """Fill the label of one place.

    Parameters
    ----------
    upward, cost
        The hierarchy; up arcs' costs away from the place (or towards it).
    seeds : int32[k], seed_costs : [k]
        Ranks to begin with, all on the way of the lowest one to the root; NO_VERTEX for none.
    label : [height]
        Out: costs to (from) the ancestor at each depth.
    way : int32[height]
        Out: that ancestor's rank.
    far
        The cost that means "no way".

    Returns
    -------
    int
        Length of the label, 0 without seeds.
    """
    lowest = _start(upward, seeds, seed_costs, label, far)
    if lowest == NO_VERTEX:
        return 0
    length = int(upward.depth[lowest]) + 1
    rank = lowest
    for row in range(length - 1, -1, -1):
        way[row] = rank
        so_far = label[row]
        if so_far < far:
            for arc in range(upward.up_first[rank], upward.up_first[rank + 1]):
                above = upward.up_depth[arc]
                label[above] = min(label[above], so_far + cost[arc])
        rank = upward.parent[rank]
    return length


@compiled
def _relax_run(upward: Upward, cost: Costs, table: Costs, rank: int, left: int, right: int) -> None:
    """Climb from one ancestor in the columns `left` to `right - 1`."""
    run = table[upward.depth[rank], left:right]
    for arc in range(upward.up_first[rank], upward.up_first[rank + 1]):
        above = table[upward.up_depth[arc], left:right]
        added = cost[arc]
        for column in range(right - left):
            above[column] = min(above[column], table.dtype.type(run[column] + added))


@compiled
def fill_table(
    upward: Upward, cost: Costs, lowest: I32, seeds: I32, seed_costs: Costs, table: Costs, far: Any
) -> None:
    """Fill the labels of places sorted by their lowest rank.

    Parameters
    ----------
    upward, cost
        As for `climb`.
    lowest : int32[n]
        First rank of the subtree of each rank of the hierarchy.
    seeds : int32[p, k], seed_costs : [p, k]
        Ranks and costs to begin with, rows sorted by their least rank, which is in column 0.
    table : [height, p or more]
        Out: column by column the labels, `far` below their ends and in further columns.
    """
    table[:] = far
    count = len(seeds)
    for column in range(count):
        for number in range(seeds.shape[1]):
            if seeds[column, number] != NO_VERTEX:
                row = upward.depth[seeds[column, number]]
                table[row, column] = min(table[row, column], seed_costs[column, number])
    starts = np.empty(count, np.int32)
    waiting = 0
    for column in range(count):
        start = column
        rank = seeds[column, 0]
        limit = seeds[column + 1, 0] if column + 1 < count else len(lowest)
        while rank != NO_VERTEX and rank < limit:
            while waiting > 0 and seeds[starts[waiting - 1], 0] >= lowest[rank]:
                waiting -= 1
                start = starts[waiting]
            _relax_run(upward, cost, table, rank, start, column + 1)
            rank = upward.parent[rank]
        starts[waiting] = start
        waiting += 1


@compiled
def add_label(
    table: Costs, ranks: I32, lowest: I32, label: Costs, way: I32, length: int, best: Costs
) -> None:
    """Lower `best` to the sums of one label with every label of a table.

    Parameters
    ----------
    table : [height, p], ranks : int32[p]
        Labels and the least ranks of their places, ascending.
    lowest : int32[n]
        First rank of each subtree.
    label : [height], way : int32[height], length : int
        The one label: costs and ancestors by depth.
    best : [p]
        In and out.
    """
    left, right = 0, len(ranks)
    row = 0
    while row < length:
        left = _first_at_least(ranks, lowest[way[row]], left, right)
        right = _first_at_least(ranks, way[row] + 1, left, right)
        if left == right:
            break
        begin = row
        while row < length and way[row] >= ranks[right - 1] and lowest[way[row]] <= ranks[left]:
            row += 1
        _add_rows(table[begin:row, left:right], label[begin:row], best[left:right])


@compiled
def _first_at_least(ranks: I32, wanted: int, left: int, right: int) -> int:
    """The first place of an ascending list, from `left` to `right`, that holds `wanted` or more."""
    if left < right and ranks[left] >= wanted:
        return left
    if left < right and ranks[right - 1] < wanted:
        return right
    while left < right:
        middle = (left + right) >> 1
        if ranks[middle] < wanted:
            left = middle + 1
        else:
            right = middle
    return left


@compiled
def _add_rows(rows: Costs, label: Costs, best: Costs) -> None:
    """Lower `best` to the least of each column of `rows` after adding `label` to its rows."""
    narrow = best.dtype.type
    count = len(label)
    row = 0
    while row + 4 <= count:
        one, two, three, four = rows[row], rows[row + 1], rows[row + 2], rows[row + 3]
        a, b, c, d = label[row], label[row + 1], label[row + 2], label[row + 3]
        for column in range(len(best)):
            least = min(narrow(one[column] + a), narrow(two[column] + b))
            other = min(narrow(three[column] + c), narrow(four[column] + d))
            best[column] = min(best[column], min(least, other))
        row += 4
    while row < count:
        one, a = rows[row], label[row]
        for column in range(len(best)):
            best[column] = min(best[column], narrow(one[column] + a))
        row += 1


@compiled
def one_with_many(
    upward: Upward, cost: Costs, lowest: I32, seeds: I32, seed_costs: Costs,
    table: Costs, ranks: I32, far: Any,
) -> Costs:  # fmt: skip
    """Climb from one place and add its label to every label of a table: the costs between."""
    best = np.full(len(ranks), far, table.dtype)
    label = np.empty(len(table), table.dtype)
    way = np.empty(len(table), np.int32)
    length = climb(upward, cost, seeds, seed_costs, label, way, far)
    add_label(table, ranks, lowest, label, way, length, best)
    return best


BLOCK = 512
"""Columns of a table that are taken together: their upper rows stay in the second cache."""


@compiled
def many_with_many(
    upward: Upward, lowest: I32, rows: Costs, row_ranks: I32, columns: Costs, column_ranks: I32,
    far: Any,
) -> Costs:  # fmt: skip
    """The least sums of every label of one table (rows) with every one of another (columns)."""
    best = np.full((len(row_ranks), len(column_ranks)), far, rows.dtype)
    label = np.empty(len(rows), rows.dtype)
    way = np.empty(len(rows), np.int32)
    for begin in range(0, len(column_ranks), BLOCK):
        end = min(begin + BLOCK, len(column_ranks))
        for row in range(len(row_ranks)):
            rank = row_ranks[row]
            length = int(upward.depth[rank]) + 1 if rank < len(lowest) else 0
            for depth in range(length - 1, -1, -1):
                way[depth] = rank
                rank = upward.parent[rank]
            label[:length] = rows[:length, row]
            add_label(
                columns[:, begin:end], column_ranks[begin:end], lowest, label, way, length,
                best[row, begin:end],
            )  # fmt: skip
    return best
