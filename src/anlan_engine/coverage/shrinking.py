"""What is left to decide once some sites are settled: fewer rows, fewer entries.

Sites whose `high` is 0 lose their entries. With one serving unit a row (covering, p-median), a
site that must hold a post makes dearer entries pointless, and a row that it serves for nothing is
settled. Covering rows that the same sites serve are merged (as Cordeau, Furini and Ljubic 2019
aggregate demand).
"""

from typing import NamedTuple

import numpy as np

from anlan_engine.compiled import compiled
from anlan_engine.coverage.problem import Problem
from anlan_engine.coverage.reach import F64, I32, I64, Flags


@compiled
def entries_kept(problem: Problem, low: I64, high: I64, weight: F64) -> Flags:
    """Return which entries still matter; `weight` takes the cost of a certain post."""
    kept = np.zeros(problem.site.size, np.bool_)
    single = problem.gain.size == 1
    for row in range(weight.size):
        for entry in range(problem.start[row], problem.start[row + 1]):
            site = problem.site[entry]
            if single and low[site] > 0:
                weight[row] = problem.cost[entry]
                break
            kept[entry] = high[site] > 0
    return kept


class Core(NamedTuple):
    """A problem within narrower bounds.

    Attributes
    ----------
    problem : Problem
    certain : float
        Within the bounds every placement loses in the whole what it loses in the core, plus this.
    prices : (rows,) float64
        As good in the core as the given ones were in the whole: merged rows add up.
    """

    problem: Problem
    certain: float
    prices: F64


def shrunk(problem: Problem, low: I64, high: I64, prices: F64) -> Core:
    """Return the core of a problem within narrower bounds; `prices` is (rows,)."""
    weight = problem.weight.copy()
    kept = entries_kept(problem, low, high, weight)
    start = np.concatenate(([0], np.cumsum(kept)))[problem.start]
    site, cost = problem.site[kept], problem.cost[kept]
    count = np.diff(start)
    certain = float(weight[count == 0].sum() * problem.gain.sum())
    weight[count == 0] = 0.0
    group = np.arange(weight.size) if cost.any() else alike(start, site)
    sums = np.bincount(group, weight)
    is_first = np.zeros(weight.size, np.bool_)
    is_first[np.unique(group, return_index=True)[1]] = True
    is_first &= (count > 0) & (sums[group] > 0.0)
    inside = np.repeat(is_first, count)
    starts = np.concatenate(([0], np.cumsum(count[is_first]))).astype(np.int64)
    core = Problem(
        starts, site[inside], cost[inside], sums[group[is_first]].astype(np.float64),
        problem.gain, low.copy(), high.copy(), problem.units,
    )  # fmt: skip
    paid = np.bincount(group, prices)[group[is_first]]
    return Core(core, certain, np.minimum(paid, core.weight * core.gain[0]))


def alike(start: I64, site: I32) -> I64:
    """Number the rows so that rows with the same sites share a number."""
    numbers: dict[bytes, int] = {}
    group = np.empty(start.size - 1, np.int64)
    for row in range(group.size):
        key = site[start[row] : start[row + 1]].tobytes()
        group[row] = numbers.setdefault(key, len(numbers))
    return group
