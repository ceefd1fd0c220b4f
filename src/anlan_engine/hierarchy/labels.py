"""Labels: costs between a place and the vertices on its way to the root, aligned by depth.

Every shortest path has a highest vertex, which is a common ancestor of both ends. So the cost from
one place to another is the least sum of their labels over common ancestors, and those are the
first rows of both. Labels of many places are columns of one table, sorted by rank: the places under
any one ancestor are a run of columns, so both the climbing and the adding up work on whole runs.
"""

from typing import Any, NamedTuple

import numpy as np

from anlan_engine.compiled import compiled
from anlan_engine.hierarchy.costs import I32, NO_VERTEX, Costs
from anlan_engine.hierarchy.structure import Upward


class Columns(NamedTuple):
    """Labels of many places.

    Attributes
    ----------
    table : [height, p]
        Column by column the labels, by depth of the ancestor.
    ranks : int32[p]
        Least rank of each column's place, ascending; one above all for a place without any.
    place : int32[p]
        The place of each column, in the order in which the caller gave them.
    """

    table: Costs
    ranks: I32
    place: I32


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
    narrow = table.dtype.type
    run = table[upward.depth[rank]][left:right]
    for arc in range(upward.up_first[rank], upward.up_first[rank + 1]):
        above = table[upward.up_depth[arc]][left:right]
        added = cost[arc]
        for column in range(len(run)):
            above[column] = min(above[column], narrow(run[column] + added))


@compiled
def _climb_to(
    upward: Upward, cost: Costs, seeds: I32, seed_costs: Costs, limit: int, label: Costs, far: Any
) -> int:
    """Climb from one place to its first ancestor that is `limit` or more; return that one."""
    rank = _start(upward, seeds, seed_costs, label, far)
    while rank != NO_VERTEX and rank < limit:
        so_far = label[upward.depth[rank]]
        if so_far < far:
            for arc in range(upward.up_first[rank], upward.up_first[rank + 1]):
                above = upward.up_depth[arc]
                label[above] = min(label[above], so_far + cost[arc])
        rank = upward.parent[rank]
    return rank


@compiled
def fill_table(
    upward: Upward, cost: Costs, lowest: I32, seeds: I32, seed_costs: Costs, table: Costs, far: Any
) -> None:
    """Fill the labels of places sorted by their lowest rank.

    Every place climbs alone to the first ancestor it shares with a neighbouring column; from there
    on, whole runs of columns climb together.

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
    count = len(seeds)
    table[:] = far
    label = np.empty(len(table), table.dtype)
    starts = np.empty(count, np.int32)
    waiting = 0
    for column in range(count):
        limit = seeds[column + 1, 0] if column + 1 < count else len(lowest)
        alone = min(limit, _shared_with(upward, lowest, seeds, column))
        rank = _climb_to(upward, cost, seeds[column], seed_costs[column], alone, label, far)
        for row in range(int(upward.depth[seeds[column, 0]]) + 1):
            table[row, column] = label[row]
        start = column
        while rank != NO_VERTEX and rank < limit:
            while waiting > 0 and seeds[starts[waiting - 1], 0] >= lowest[rank]:
                waiting -= 1
                start = starts[waiting]
            _relax_run(upward, cost, table, rank, start, column + 1)
            rank = upward.parent[rank]
        starts[waiting] = start
        waiting += 1


@compiled
def _shared_with(upward: Upward, lowest: I32, seeds: I32, column: int) -> int:
    """The first ancestor of a column's place that is one of the column before, too."""
    if column == 0:
        return len(lowest)
    rank = seeds[column, 0]
    while rank != NO_VERTEX and lowest[rank] > seeds[column - 1, 0]:
        rank = upward.parent[rank]
    return len(lowest) if rank == NO_VERTEX else rank


@compiled
def add_label(
    columns: Columns, begin: int, end: int, lowest: I32, label: Costs, way: I32, length: int,
    best: Costs,
) -> None:  # fmt: skip
    """Lower `best` to the sums of one label with the labels of many places.

    Parameters
    ----------
    columns : Columns
    begin, end : int
        The columns to take.
    lowest : int32[n]
        First rank of each subtree.
    label : [height], way : int32[height], length : int
        The one label: costs and ancestors by depth.
    best : [p]
        In and out, by column.
    """
    table, ranks, _ = columns
    left, right = begin, end
    row = 0
    while row < length:
        left = _first_at_least(ranks, lowest[way[row]], left, right)
        right = _first_at_least(ranks, way[row] + 1, left, right)
        if left == right:
            break
        first = row
        while row < length and way[row] >= ranks[right - 1] and lowest[way[row]] <= ranks[left]:
            row += 1
        _add_rows(table, first, row, left, right, label, best)


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
def _add_rows(
    table: Costs, first: int, end: int, left: int, right: int, label: Costs, best: Costs
) -> None:
    """Lower `best` to the least of each column after adding `label` to the rows.

    Rows are taken whole before they are cut to columns: so the compiler knows that their entries
    lie side by side, and takes as many at once as the machine can.
    """
    narrow = best.dtype.type
    run = best[left:right]
    row = first
    while row + 4 <= end:
        one, two = table[row][left:right], table[row + 1][left:right]
        three, four = table[row + 2][left:right], table[row + 3][left:right]
        a, b, c, d = label[row], label[row + 1], label[row + 2], label[row + 3]
        for column in range(len(run)):
            least = min(narrow(one[column] + a), narrow(two[column] + b))
            other = min(narrow(three[column] + c), narrow(four[column] + d))
            run[column] = min(run[column], min(least, other))
        row += 4
    while row < end:
        one, a = table[row][left:right], label[row]
        for column in range(len(run)):
            run[column] = min(run[column], narrow(one[column] + a))
        row += 1


@compiled
def one_with_many(
    upward: Upward, cost: Costs, lowest: I32, seeds: I32, seed_costs: Costs, columns: Columns,
    far: Any,
) -> Costs:  # fmt: skip
    """Climb from one place and add its label to every label of a table: the costs between."""
    count = len(columns.ranks)
    best = np.full(count, far, columns.table.dtype)
    label = np.empty(len(columns.table), best.dtype)
    way = np.empty(len(columns.table), np.int32)
    length = climb(upward, cost, seeds, seed_costs, label, way, far)
    add_label(columns, 0, count, lowest, label, way, length, best)
    result = np.empty_like(best)
    for column in range(count):
        result[columns.place[column]] = best[column]
    return result


BLOCK = 512
"""Columns of a table that are taken together: their upper rows stay in the second cache."""


@compiled
def many_with_many(upward: Upward, lowest: I32, rows: Columns, columns: Columns, far: Any) -> Costs:
    """The least sums of every label of one table (rows) with every one of another (columns)."""
    height = len(rows.table)
    result = np.full((len(rows.ranks), len(columns.ranks)), far, rows.table.dtype)
    best = np.empty(len(columns.ranks), rows.table.dtype)
    label = np.empty(height, rows.table.dtype)
    way = np.empty(height, np.int32)
    for begin in range(0, len(columns.ranks), BLOCK):
        end = min(begin + BLOCK, len(columns.ranks))
        for row in range(len(rows.ranks)):
            best[begin:end] = far
            length = _way_up(upward, rows.ranks[row], way)
            for depth in range(length):
                label[depth] = rows.table[depth, row]
            add_label(columns, begin, end, lowest, label, way, length, best)
            for column in range(begin, end):
                result[rows.place[row], columns.place[column]] = best[column]
    return result


@compiled
def _way_up(upward: Upward, rank: int, way: I32) -> int:
    """List a rank's ancestors by depth, itself last; return how many, none if there is no rank."""
    if rank >= len(upward.parent):
        return 0
    length = int(upward.depth[rank]) + 1
    for depth in range(length - 1, -1, -1):
        way[depth] = rank
        rank = upward.parent[rank]
    return length
