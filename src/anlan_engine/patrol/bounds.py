"""How much value a plan could have at most."""

import numpy as np
import numpy.typing as npt

from anlan_engine.compiled import compiled
from anlan_engine.patrol.model import Model
from anlan_engine.patrol.reach import Reach

F64 = npt.NDArray[np.float64]
U8 = npt.NDArray[np.uint8]
I32 = npt.NDArray[np.int32]
I64 = npt.NDArray[np.int64]

NOBODY, MANY = -1, -2


def least_stay(m: Model) -> F64:
    """Give the shortest stay of each job, s, (J,); infinite without a choice."""
    stays = np.full(len(m.jobs), np.inf)
    np.minimum.at(stays, m.choices["job"], m.choices["stay"])
    return stays


def least_drives(m: Model) -> tuple[F64, F64]:
    """Give the shortest drive into and out of each job, s, two of (J,), from whatever can be."""
    posts = np.unique(m.shifts["start_place"]), np.unique(m.shifts["end_place"])
    into = _least_into(m.travel, m.choices["exit"], m.choices["entry"], m.choices["job"], posts[0])
    back = np.ascontiguousarray(m.travel.T)
    out = _least_into(back, m.choices["entry"], m.choices["exit"], m.choices["job"], posts[1])
    least = np.full((2, len(m.jobs)), np.inf)
    np.minimum.at(least[0], m.choices["job"], into)
    np.minimum.at(least[1], m.choices["job"], out)
    return least[0], least[1]


def _least_into(travel: F64, leave: I32, come: I32, job: I32, posts: I32) -> F64:
    """Give for each choice the shortest drive to it from a post or from another job, (C,)."""
    user = np.full(len(travel), NOBODY)
    user[leave] = job
    shared = np.zeros(len(travel), np.bool_)
    shared[leave[user[leave] != job]] = True
    user[shared] = MANY
    user[posts] = MANY
    return least_from_others(travel, user, come, job)


@compiled
def least_from_others(travel: F64, user: I64, come: I32, job: I32) -> F64:
    """Give the least of each column `come` over the rows that another than `job` leaves from."""
    least = np.full(len(come), np.inf)
    for place in range(len(travel)):
        if user[place] != NOBODY:
            for c in range(len(come)):
                if user[place] != job[c]:
                    least[c] = min(least[c], travel[place, come[c]])
    return least


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
