"""How much value a plan could have at most."""

import numpy as np
import numpy.typing as npt

from anlan_engine.patrol.model import Model
from anlan_engine.patrol.reach import Reach

F64 = npt.NDArray[np.float64]
U8 = npt.NDArray[np.uint8]


def least_stay(m: Model) -> F64:
    """Give the shortest stay of each job, s, (J,); infinite without a choice."""
    stays = np.full(len(m.jobs), np.inf)
    np.minimum.at(stays, m.choices["job"], m.choices["stay"])
    return stays


def least_drives(m: Model) -> tuple[F64, F64]:
    """Give the shortest drive into and out of each job, s, two of (J,), from whatever can be."""
    starts, ends = np.unique(m.shifts["start_place"]), np.unique(m.shifts["end_place"])
    into, out = np.full(len(m.jobs), np.inf), np.full(len(m.jobs), np.inf)
    for job, own in enumerate(m.jobs):
        mine = m.choices[own["first"] : own["end"]]
        others = np.concatenate([m.choices[: own["first"]], m.choices[own["end"] :]])
        if len(mine):
            before = np.union1d(starts, others["exit"])
            after = np.union1d(ends, others["entry"])
            into[job] = m.travel[np.ix_(before, np.unique(mine["entry"]))].min()
            out[job] = m.travel[np.ix_(np.unique(mine["exit"]), after)].min()
    return into, out


def value_bound(m: Model, reach: U8, *, musts_made: bool) -> float:
    """Bound the value of the optional visits that any plan can make.

    The linear relaxation of one knapsack (Dantzig 1957): its room is the length of all shifts, an
    optional visit takes its stay and half of the shortest drives to and from it, and what must be
    visited takes its room first where `musts_made`.
    """
    into, out = least_drives(m)
    half = (into + out) / 2
    takes = least_stay(m) + np.where(np.isfinite(half), half, 0.0)
    value = m.jobs["value"]
    possible = (reach == Reach.REACHED).any(axis=1)
    room = float((m.shifts["end"] - m.shifts["start"]).sum())
    if musts_made:
        room -= float(takes[m.jobs["must"] & possible].sum())
    chosen = np.flatnonzero(possible & (value > 0))
    order = chosen[np.argsort(-value[chosen] / np.maximum(takes[chosen], 1e-9), kind="stable")]
    total = 0.0
    for job in order:
        share = 1.0 if takes[job] <= 0 else min(1.0, max(0.0, room) / takes[job])
        total += share * float(value[job])
        room -= takes[job]
    return total
