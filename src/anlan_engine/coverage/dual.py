"""A lower bound on the loss, by Lagrangian relaxation with reduced-cost fixing.

Price each row: `u[i]` is what a unit earns by serving row `i`. Then the sites part, and

    L(u) = sum_i sum_k min(weight[i] gain[k], u[i]) - max over y of  sum_j y[j] rho[j],
    rho[j] = sum over entries (i, j) of  max(0, u[i] - cost)

is at most the loss of every placement, whatever `u` is (Geoffrion 1974; for the p-median
Cornuejols, Fisher and Nemhauser 1977; for covering Galvao and ReVelle 1996). Its maximum equals
the bound of the linear relaxation; the `u` that reaches it are the multipliers of the Benders cut
of Cordeau, Furini and Ljubic 2019, so this is that bound without a master problem. The ascent is
a projected subgradient method with momentum (Camerini, Fratta and Maffioli 1975), scaled by
weight, with the step of Polyak.
"""

import numpy as np

from anlan_engine.compiled import compiled
from anlan_engine.coverage.problem import Problem
from anlan_engine.coverage.reach import F64, I64

MOMENTUM = 0.95
AVERAGE = 0.05  # weight of the newest placement in the running average
SMALLER_STEP = 0.75
PATIENCE = 20  # steps without a better bound before the step shrinks
STEP_LEAST = 1e-4
NOTABLE = 1e-5  # a better bound counts as progress from this share of the gap on


@compiled
def first_prices(problem: Problem) -> F64:
    """Return prices to start from: a row that few sites can serve is dear."""
    rows, sites = problem.weight.size, problem.low.size
    prices = np.empty(rows)
    for row in range(rows):
        first, last = problem.start[row], problem.start[row + 1]
        worth = problem.weight[row] * problem.gain[0]
        prices[row] = worth
        near = first + sites // max(problem.units, 1)
        if first < last and problem.cost[last - 1] > 0.0:
            prices[row] = problem.cost[min(near, last - 1)]
        elif first < last:
            prices[row] = min(worth, worth * sites / (problem.units * (last - first)))
    return prices


@compiled
def units_wanted(problem: Problem, row: int, price: float) -> int:
    """Return how many serving units are worth more to a row than their price."""
    wanted = 0
    while wanted < problem.gain.size and problem.weight[row] * problem.gain[wanted] > price:
        wanted += 1
    return wanted


@compiled
def price_sites(problem: Problem, prices: F64, earns: F64) -> float:
    """Fill `earns` (the rho of each site) and return what the rows pay in all."""
    earns[:] = 0.0
    paid = 0.0
    rest = problem.gain.sum() - np.cumsum(problem.gain)
    for row in range(prices.size):
        price = prices[row]
        if price <= 0.0:
            continue
        wanted = units_wanted(problem, row, price)
        paid += wanted * price
        if wanted == 0:
            paid += problem.weight[row] * (rest[0] + problem.gain[0])
        else:
            paid += problem.weight[row] * rest[wanted - 1]
        for entry in range(problem.start[row], problem.start[row + 1]):
            cost = problem.cost[entry]
            if cost >= price:
                break
            earns[problem.site[entry]] += price - cost
    return paid


@compiled
def choose_best(
    units: int, low: I64, high: I64, earns: F64, chosen: I64
) -> tuple[float, float, float]:
    """Fill `chosen` with the units that earn most; return their earnings and the margin.

    The margin is what the dearest unit left out and the cheapest free unit chosen earn
    (-inf and inf where there is none).
    """
    left, earned = units, 0.0
    for site in range(low.size):
        chosen[site] = low[site]
        left -= low[site]
        earned += low[site] * earns[site]
    outside, inside = -np.inf, np.inf
    for site in np.argsort(-earns, kind="mergesort"):
        free = high[site] - low[site]
        if free <= 0:
            continue
        take = min(left, free)
        if take > 0:
            chosen[site] += take
            left -= take
            earned += take * earns[site]
            inside = earns[site]
        if take < free and outside == -np.inf:
            outside = earns[site]
    return earned, outside, inside


@compiled
def fix_sites(
    room: float, margin: tuple[float, float], earns: F64, chosen: I64, low: I64, high: I64
) -> None:
    """Tighten `low` and `high` where one unit more or fewer would lift the bound by `room`."""
    outside, inside = margin
    for site in range(low.size):
        if low[site] == high[site]:
            continue
        if chosen[site] < high[site] and inside - earns[site] >= room:
            high[site] = chosen[site]
        if chosen[site] > low[site] and earns[site] - outside >= room:
            low[site] = chosen[site]


@compiled
def slope(problem: Problem, prices: F64, chosen: I64, served: F64) -> None:
    """Fill `served` with the subgradient: units a row wants at its price less units it gets."""
    for row in range(prices.size):
        price = prices[row]
        wanted = float(units_wanted(problem, row, price))
        for entry in range(problem.start[row], problem.start[row + 1]):
            if problem.cost[entry] >= price:
                break
            wanted -= chosen[problem.site[entry]]
        served[row] = wanted


@compiled
def step_up(problem: Problem, prices: F64, served: F64, drift: F64, size: float) -> bool:
    """Move `prices` along the drift; False where no direction is left."""
    length = 0.0
    for row in range(prices.size):
        drift[row] = served[row] + MOMENTUM * drift[row]
        most, way = problem.weight[row] * problem.gain[0], drift[row]
        if not ((prices[row] <= 0.0 and way < 0.0) or (prices[row] >= most and way > 0.0)):
            length += most * way * way
    if length <= 1e-12:
        return False
    for row in range(prices.size):
        most = problem.weight[row] * problem.gain[0]
        moved = prices[row] + size / length * most * drift[row]
        prices[row] = min(max(moved, 0.0), most)
    return True


@compiled
def ascend(
    problem: Problem, prices: F64, low: I64, high: I64, average: F64,
    cutoff: float, steps: int, first_step: float,
) -> float:  # fmt: skip
    """Raise the bound and narrow the sites.

    Parameters
    ----------
    problem : Problem
    prices : (rows,) float64
        Where to start; the best prices found on return.
    low, high : (sites,) int64
        Bounds on the units at each site, tightened in place: what is cut off has a loss of at
        least `cutoff`.
    average : (sites,) float64
        On return a running average of the chosen units, near the linear relaxation's optimum.
    cutoff : float
        Stop as soon as the bound reaches this: nothing better than the incumbent is left.
    steps : int
    first_step : float
        Share of the Polyak step to begin with, in (0, 1].

    Returns
    -------
    float
        The bound; inf where the bounds on the units leave no placement.
    """
    rows, sites = prices.size, low.size
    best, step, stalled = -np.inf, first_step, 0
    trial, kept = prices.copy(), prices.copy()
    earns, chosen = np.empty(sites), np.empty(sites, np.int64)
    served, drift = np.empty(rows), np.zeros(rows)
    for turn in range(steps):
        if low.sum() > problem.units or high.sum() < problem.units:
            return np.inf
        paid = price_sites(problem, trial, earns)
        earned, outside, inside = choose_best(problem.units, low, high, earns, chosen)
        bound = paid - earned
        for site in range(sites):
            fresh = 1.0 if turn == 0 else AVERAGE
            average[site] += fresh * (chosen[site] - average[site])
        stalled = 0 if bound > best + NOTABLE * (cutoff - best) else stalled + 1
        if bound > best:
            best = bound
            kept[:] = trial
            if best >= cutoff:
                break
            fix_sites(cutoff - best, (outside, inside), earns, chosen, low, high)
        if stalled >= PATIENCE:
            stalled, step = 0, step * SMALLER_STEP
        slope(problem, trial, chosen, served)
        more = step_up(problem, trial, served, drift, step * (cutoff - bound))
        if not more or step < STEP_LEAST:
            break
    prices[:] = kept
    return best
