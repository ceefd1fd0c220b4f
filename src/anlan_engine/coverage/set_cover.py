"""Location set covering: fewest posts that reach all demand in time.

Greedy (Chvatal 1979) without superfluous posts first; then dominated rows and sites are left out
(Toregas and ReVelle 1973) and `scipy.optimize.milp` (HiGHS) closes what is left.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from anlan_engine.compiled import compiled
from anlan_engine.coverage.reach import F64, I64, Flags, rows_merged

BOUND_SLACK = 1e-6  # of HiGHS' tolerance; the number of posts is whole


@dataclass(frozen=True, slots=True, eq=False)
class SetCover:
    """The chosen sites and the fewest that are possible."""

    at: I64
    bound: float


def cover_all(in_time: Flags, low: I64, high: I64, limit_s: float) -> SetCover:
    """Choose sites that reach every demand that some allowed site reaches.

    Parameters
    ----------
    in_time : (sites, demand) bool
    low, high : (sites,) int64
        Fixed sites have 1 and 1, forbidden ones 0 and 0.
    limit_s : float
        For HiGHS.
    """
    allowed = in_time & (high > 0)[:, None]
    open_rows = allowed.any(axis=0) & ~allowed[low > 0].any(axis=0)
    rows = hardest_rows(allowed[:, open_rows])
    sites = widest_sites(rows)
    core = rows[sites]
    chosen = without_superfluous(core, chosen_greedily(core))
    at = low.copy()
    at[sites[chosen]] = 1
    held = float(low.sum())
    if core.shape[1] == 0:
        return SetCover(at, held)
    found, bound = certified(core, chosen.size, limit_s)
    if found is not None and found.size < chosen.size:
        at = low.copy()
        at[sites[found]] = 1
    return SetCover(at, held + bound)


def hardest_rows(allowed: Flags) -> Flags:
    """Keep each row (column of the table) whose sites do not include another row's sites."""
    rows, _ = rows_merged(allowed, np.ones(allowed.shape[1]))
    packed = np.packbits(rows, axis=0)
    padded = np.zeros((-(-packed.shape[0] // 8) * 8, packed.shape[1]), np.uint8)
    padded[: packed.shape[0]] = packed
    words = np.ascontiguousarray(padded.T).view(np.uint64)
    return rows[:, ~easier_rows(words, rows.sum(axis=0))]


@compiled
def easier_rows(words: npt.NDArray[np.uint64], size: I64) -> Flags:
    """Mark each row whose sites include all sites of a smaller row; a bit of `words` is a site."""
    easier = np.zeros(size.size, np.bool_)
    order = np.argsort(size)
    for late in range(size.size):
        row = order[late]
        for early in range(late):
            other = order[early]
            if easier[other] or size[other] >= size[row]:
                continue
            inside = True
            for word in range(words.shape[1]):
                if words[other, word] & ~words[row, word]:
                    inside = False
                    break
            if inside:
                easier[row] = True
                break
    return easier


def widest_sites(rows: Flags) -> I64:
    """Return the sites that reach something no other site reaches as well and more."""
    useful = np.flatnonzero(rows.any(axis=1))
    _, firsts = np.unique(rows[useful], axis=0, return_index=True)
    useful = np.sort(useful[firsts])
    table = csr_array(rows[useful].astype(np.int32))
    common = (table @ table.T).toarray()
    within = common == rows[useful].sum(axis=1)[:, None]
    np.fill_diagonal(within, val=False)
    return np.asarray(useful[~within.any(axis=1)], np.int64)


def chosen_greedily(core: Flags) -> I64:
    """Choose the site that reaches most of what is left, again and again."""
    left = np.ones(core.shape[1], np.bool_)
    chosen = []
    while left.any():
        site = int(np.argmax(core[:, left].sum(axis=1)))
        chosen.append(site)
        left &= ~core[site]
    return np.array(chosen, np.int64)


def without_superfluous(core: Flags, chosen: I64) -> I64:
    """Drop chosen sites, the narrowest first, whose demand the others reach."""
    counts = core[chosen].sum(axis=0)
    kept = list(chosen)
    for site in sorted(chosen, key=lambda one: int(core[one].sum())):
        if (counts[core[site]] > 1).all():
            counts -= core[site]
            kept.remove(site)
    return np.array(sorted(kept), np.int64)


def certified(core: Flags, most: int, limit_s: float) -> tuple[I64 | None, float]:
    """Return HiGHS' placement, if it found one, and the fewest sites that are possible."""
    sites = core.shape[0]
    every = LinearConstraint(csr_array(core.T.astype(np.float64)), lb=1.0)
    cost: F64 = np.ones(sites)
    answer = milp(
        cost, constraints=[every, LinearConstraint(cost[None, :], ub=float(most))],
        bounds=Bounds(0, 1), integrality=np.ones(sites, np.int64),
        options={"time_limit": max(limit_s, 0.01)},
    )  # fmt: skip
    found = None if answer.x is None else np.flatnonzero(answer.x > 0.5)
    if found is not None and not core[found].any(axis=0).all():
        found = None
    if answer.status == 0 and found is not None:
        return found, float(found.size)
    bound = answer.mip_dual_bound
    fewest = 1.0 if bound is None or not np.isfinite(bound) else np.ceil(bound - BOUND_SLACK)
    return found, float(min(max(fewest, 1.0), most))
