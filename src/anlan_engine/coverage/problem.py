"""One form for the three placements with a given number of units.

Minimise the loss

    sum over i of  loss_i(y),   0 <= low <= y <= high whole numbers,   sum(y) = units,

where `y[j]` units stand at site `j`. A row (a demand, or several alike) has entries
`(site, cost)`, cheapest first. Its `k`-th serving unit costs the entry's `cost`; a serving unit
that it lacks costs `weight * gain[k]`:

- maximal covering: `gain = (1)` and entries of cost 0 for the sites in reach;
- expected covering: `gain[k] = (1 - q) q**k` and entries of cost 0;
- p-median: `gain = (1)`, `weight` what an unserved row is charged, `cost = calls * seconds`.

So the loss is the weight not covered, the expected weight not covered, or the weighted seconds.
"""

from typing import NamedTuple

import numpy as np

from anlan_engine.compiled import compiled
from anlan_engine.coverage.reach import F64, I32, I64, Reach


class Problem(NamedTuple):
    """Rows, sites and bounds; see the module.

    Attributes
    ----------
    start : (rows + 1,) int64
        Row `i` has the entries `start[i]` up to `start[i + 1]`.
    site : (entries,) int32
    cost : (entries,) float64
        Ascending within a row, less than the row's weight.
    weight : (rows,) float64
    gain : (depth,) float64
        Descending, positive.
    low, high : (sites,) int64
        Fewest and most units at each site.
    units : int
    """

    start: I64
    site: I32
    cost: F64
    weight: F64
    gain: F64
    low: I64
    high: I64
    units: int


def cover_problem(reach: Reach, gain: F64, low: I64, high: I64, units: int) -> Problem:
    """Return a covering problem; sites without room lose their entries."""
    allowed = high[reach.site] > 0
    sums = np.concatenate(([0], np.cumsum(allowed)))
    start = sums[reach.by_demand].astype(np.int64)
    site = reach.site[allowed]
    free = np.zeros(site.size)
    depth = int(np.add.reduceat(np.append(high[site], 0), start[:-1]).max(initial=1))
    depth = max(1, min(depth, units, int(np.count_nonzero(gain > 0.0))))
    return Problem(start, site, free, reach.weight, gain[:depth].copy(), low, high, units)


def median_problem(cost: F64, charge: F64, low: I64, high: I64, units: int) -> Problem:
    """Return a p-median problem.

    Parameters
    ----------
    cost : (sites, demand) float64
        Weighted seconds; inf where there is no way.
    charge : (demand,) float64
        What a demand is charged that nobody serves: dearer entries are never used.
    """
    by_row = np.ascontiguousarray(cost.T)
    by_row[:, high == 0] = np.inf
    order = np.argsort(by_row, axis=1, kind="stable")
    in_order = np.take_along_axis(by_row, order, axis=1)
    kept = in_order < charge[:, None]
    start = np.concatenate(([0], np.cumsum(kept.sum(axis=1)))).astype(np.int64)
    site = order[kept].astype(np.int32)
    sorted_cost = in_order[kept]
    return Problem(start, site, sorted_cost, charge, np.ones(1), low, high, units)


@compiled
def loss_of(problem: Problem, at: I64) -> float:
    """Return the loss of `at` units at each site."""
    total = 0.0
    depth = problem.gain.size
    for row in range(problem.weight.size):
        serving = 0
        for entry in range(problem.start[row], problem.start[row + 1]):
            more = min(at[problem.site[entry]], depth - serving)
            total += more * problem.cost[entry]
            serving += more
            if serving == depth:
                break
        for unit in range(serving, depth):
            total += problem.weight[row] * problem.gain[unit]
    return total
