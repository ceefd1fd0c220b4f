"""The placement as a mixed-integer programme for `scipy.optimize.milp` (HiGHS).

For one serving unit a row, the radius formulation (Garcia, Labbe and Marin 2011, "Solving large
p-median problems with a radius formulation"): with the costs `d_0 < d_1 < ...` of a row's entries,
`z_k = 1` where no post costs `d_k` or less, so that

    loss = sum over k of (d_(k+1) - d_k) z_k + d_0,     z_k >= z_(k-1) - sum of y at cost d_k,

and with the weight as the last cost. For expected covering, `z_k` counts the units that a row
lacks: `sum_k z_k + sum_j y_j >= depth`, at `weight * gain[k]` each.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, csr_array

from anlan_engine.coverage.problem import Problem, loss_of
from anlan_engine.coverage.reach import F64, I64

WHOLE = 1e-5  # HiGHS takes values this near to a whole number for whole


@dataclass(frozen=True, slots=True, eq=False)
class Programme:
    """Variables are the units at each site, then `z`.

    Attributes
    ----------
    price : (sites + extra,) float64
        Of each variable.
    rows : sparse (rows, sites + extra)
    least : (rows,) float64
    certain : float
        Loss besides the variables'.
    """

    price: F64
    rows: csr_array
    least: F64
    certain: float


@dataclass(frozen=True, slots=True, eq=False)
class Certified:
    """What HiGHS found; `at` is None where it found nothing whole."""

    at: I64 | None
    bound: float


def certify(problem: Problem, limit_s: float) -> Certified:
    """Solve a problem with HiGHS alone.

    Parameters
    ----------
    problem : Problem
    limit_s : float
        HiGHS stops soon after.
    """
    programme = radius_programme(problem) if problem.gain.size == 1 else expected(problem)
    sites, extra = problem.low.size, programme.price.size - problem.low.size
    count = np.concatenate((np.ones(sites), np.zeros(extra)))
    answer = milp(
        programme.price,
        constraints=[
            LinearConstraint(programme.rows, lb=programme.least),
            LinearConstraint(count[None, :], lb=problem.units, ub=problem.units),
        ],
        bounds=Bounds(
            np.concatenate((problem.low, np.zeros(extra))),
            np.concatenate((problem.high, np.ones(extra))),
        ),
        integrality=count.astype(np.int64),
        options={"time_limit": max(limit_s, 0.01), "mip_rel_gap": 0.0},
    )
    bound = answer.mip_dual_bound
    proved = -np.inf if bound is None or np.isnan(bound) else float(bound) + programme.certain
    return Certified(whole_units(problem, answer.x), proved)


def whole_units(problem: Problem, values: F64 | None) -> I64 | None:
    """Return units from HiGHS' values, or None where they are not whole or do not fit."""
    if values is None:
        return None
    at = np.rint(values[: problem.low.size]).astype(np.int64)
    fits = at.sum() == problem.units and (at >= problem.low).all() and (at <= problem.high).all()
    near = np.abs(values[: at.size] - at).max(initial=0.0) <= WHOLE
    return at if fits and near else None


def radius_programme(problem: Problem) -> Programme:
    """Return the radius formulation; see the module."""
    row_of = np.repeat(np.arange(problem.weight.size), np.diff(problem.start))
    first = np.ones(problem.site.size, np.bool_)
    same_row = row_of[1:] == row_of[:-1]
    first[1:] = ~same_row | (problem.cost[1:] > problem.cost[:-1])
    level = np.cumsum(first) - 1
    level_row, level_cost = row_of[first], problem.cost[first]
    levels, sites = level_cost.size, problem.low.size
    starts_row = np.ones(levels, np.bool_)
    starts_row[1:] = level_row[1:] != level_row[:-1]
    next_cost = np.append(level_cost[1:], 0.0)[:levels]
    last = np.append(starts_row[1:], np.ones(1, np.bool_))[:levels]
    next_cost[last] = problem.weight[level_row[last]]
    chained = np.flatnonzero(~starts_row)
    entries = np.ones(problem.site.size), (level, problem.site.astype(np.int64))
    units = coo_array(entries, shape=(levels, sites + levels))
    diagonal = np.arange(levels)
    links = coo_array(
        (
            np.concatenate((np.ones(levels), -np.ones(chained.size))),
            (
                np.concatenate((diagonal, chained)),
                sites + np.concatenate((diagonal, chained - 1)),
            ),
        ),
        shape=(levels, sites + levels),
    )
    price = np.concatenate((np.zeros(sites), next_cost - level_cost))
    served = problem.start[1:] > problem.start[:-1]
    certain = float(level_cost[starts_row].sum() + problem.weight[~served].sum())
    return Programme(price, csr_array(units + links), starts_row.astype(np.float64), certain)


def expected(problem: Problem) -> Programme:
    """Return the programme for expected covering."""
    rows, depth, sites = problem.weight.size, problem.gain.size, problem.low.size
    row_of = np.repeat(np.arange(rows), np.diff(problem.start))
    entries = np.ones(problem.site.size), (row_of, problem.site.astype(np.int64))
    units = coo_array(entries, shape=(rows, sites + rows * depth))
    lacking = np.arange(rows * depth)
    lacks = np.ones(rows * depth), (lacking // depth, sites + lacking)
    total = units + coo_array(lacks, shape=(rows, sites + rows * depth))
    price = np.concatenate((np.zeros(sites), np.outer(problem.weight, problem.gain).ravel()))
    return Programme(price, csr_array(total), np.full(rows, float(depth)), 0.0)


def better(problem: Problem, found: Certified, at: I64) -> I64:
    """Return the placement that loses less."""
    if found.at is None or loss_of(problem, found.at) >= loss_of(problem, at):
        return at
    return found.at
