"""Which site reaches which demand in time, and how well a set of units covers it.

These compiled functions carry the placement heuristics, the live move-up rule and the simulator
alike. A unit more at a site is worth `weight[i] * gain[k]` for every demand `i` that `k` units
already reach: `gain = (1, 0, 0, ...)` counts who is covered at all (Church and ReVelle 1974),
`gain[k] = (1 - q) q**k` the expected cover by units that are busy a share `q` of their time
(Daskin 1983, "A maximum expected covering location model", Transportation Science 17).
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from anlan_engine.compiled import compiled, compiled_in_place
from anlan_engine.coverage.errors import CoverageError

F64 = npt.NDArray[np.float64]
I64 = npt.NDArray[np.int64]
I32 = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]


class Reach(NamedTuple):
    """Who reaches what in time, listed both ways.

    Attributes
    ----------
    by_site : (sites + 1,) int64
        The demand that site `j` reaches is `demand[by_site[j]:by_site[j + 1]]`.
    demand : (pairs,) int32
    by_demand : (demand + 1,) int64
        The sites that reach demand `i` are `site[by_demand[i]:by_demand[i + 1]]`.
    site : (pairs,) int32
    weight : (demand,) float64
        Calls, people or whatever is counted; at least 0.
    """

    by_site: I64
    demand: I32
    by_demand: I64
    site: I32
    weight: F64


class Cover(NamedTuple):
    """How units at sites cover the demand; `post_units` changes it in place.

    Attributes
    ----------
    counts : (demand,) int64
        Units that reach each demand in time.
    worth : (sites,) float64
        Weight that one unit more at each site would add.
    """

    counts: I64
    worth: F64


def reach_within(travel_s: F64, within_s: float, weight: F64) -> Reach:
    """List which site reaches which demand within a time.

    Parameters
    ----------
    travel_s : (sites, demand) float64
        Seconds; inf where there is no way.
    within_s : float
        The standard, seconds; a drive of exactly this counts as in time.
    weight : (demand,) float64
    """
    return reach_of(travel_s <= within_s, weight)


def reach_of(in_time: Flags, weight: F64) -> Reach:
    """List both ways who reaches what; `in_time` is (sites, demand)."""
    demand = np.nonzero(in_time)[1]
    back = np.nonzero(in_time.T)[1]
    by_site = np.concatenate(([0], np.cumsum(in_time.sum(axis=1, dtype=np.int64))))
    by_demand = np.concatenate(([0], np.cumsum(in_time.sum(axis=0, dtype=np.int64))))
    return Reach(
        by_site.astype(np.int64),
        demand.astype(np.int32),
        by_demand.astype(np.int64),
        back.astype(np.int32),
        np.ascontiguousarray(weight, np.float64),
    )


def rows_merged(in_time: Flags, weight: F64) -> tuple[Flags, F64]:
    """Merge demand that the very same sites reach, and leave out what weighs nothing.

    Returns
    -------
    in_time : (sites, rows) bool
    weight : (rows,) float64
        Sums over the merged demand.
    """
    heavy = np.flatnonzero(weight > 0.0)
    packed = np.packbits(in_time[:, heavy], axis=0).T
    keys = np.ascontiguousarray(packed).view(np.dtype((np.void, packed.shape[1])))[:, 0]
    _, firsts, row = np.unique(keys, return_index=True, return_inverse=True)
    sums = np.bincount(row, weight[heavy], minlength=firsts.size).astype(np.float64)
    return in_time[:, heavy[firsts]], sums


def cover_gain(busy_share: float, units: int) -> F64:
    """Share of a demand's weight that its 1st, 2nd, ... unit in reach adds.

    Parameters
    ----------
    busy_share : float
        Share of the time that a unit is busy, in [0, 1).
    units : int
        The most units that will ever be posted at once; the array has two entries more, so that
        the kernels may look one unit ahead.

    Raises
    ------
    CoverageError
        INVALID_SETTING.
    """
    if not 0.0 <= busy_share < 1.0:
        raise CoverageError(
            code="INVALID_SETTING", name="busy_share", value=busy_share, needed="in [0, 1)"
        )
    if units < 1:
        raise CoverageError(code="INVALID_SETTING", name="units", value=units, needed="at least 1")
    return (1.0 - busy_share) * np.power(busy_share, np.arange(units + 2, dtype=np.float64))


@compiled
def no_cover(reach: Reach, gain: F64) -> Cover:
    """Return the cover of no unit at all."""
    worth = np.zeros(reach.by_site.size - 1)
    for site in range(worth.size):
        for at in range(reach.by_site[site], reach.by_site[site + 1]):
            worth[site] += reach.weight[reach.demand[at]] * gain[0]
    return Cover(np.zeros(reach.weight.size, np.int64), worth)


@compiled_in_place
def post_units(reach: Reach, gain: F64, cover: Cover, site: int, change: int) -> None:
    """Add units to a site (`change` = 1) or take one away (-1), and keep every worth right.

    The steps are as many as sites reach the demand whose cover changes, not as many as sites.
    """
    for at in range(reach.by_site[site], reach.by_site[site + 1]):
        place = reach.demand[at]
        before = cover.counts[place]
        cover.counts[place] = before + change
        step = reach.weight[place] * (gain[before + change] - gain[before])
        if step != 0.0:
            for back in range(reach.by_demand[place], reach.by_demand[place + 1]):
                cover.worth[reach.site[back]] += step


@compiled_in_place
def worth_of_last(reach: Reach, gain: F64, cover: Cover, site: int) -> float:
    """Return the weight that is lost when one of the units at `site` leaves."""
    lost = 0.0
    for at in range(reach.by_site[site], reach.by_site[site + 1]):
        place = reach.demand[at]
        lost += reach.weight[place] * gain[cover.counts[place] - 1]
    return lost


@compiled
def covered_weight(reach: Reach, gain: F64, cover: Cover) -> float:
    """Return the (expected) covered weight."""
    total = 0.0
    for place in range(reach.weight.size):
        share = 0.0
        for unit in range(cover.counts[place]):
            share += gain[unit]
        total += reach.weight[place] * share
    return total
