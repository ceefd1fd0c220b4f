"""Prove that too many visits fall together for the units there are.

Whatever the plan, each visit that must be made is either the first of a unit or directly follows
another visit. So visits can be matched, each with its own predecessor, out of the units that can
reach it and the visits it can follow in time. Where no such matching exists, no plan does; the sets
that break Hall's condition (Hall 1935) are the evidence, and their deficit the number of units
short. (The minimum path cover of Dilworth and Fulkerson, with posts and capabilities.)
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching

from anlan_engine.compiled import compiled
from anlan_engine.patrol.model import Model
from anlan_engine.patrol.periods import periods
from anlan_engine.patrol.reach import Reach, shortest

F64 = npt.NDArray[np.float64]
U8 = npt.NDArray[np.uint8]
I64 = npt.NDArray[np.int64]
BOOL = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Peak:
    """A set of jobs with too few predecessors.

    Attributes
    ----------
    jobs : (k,) int array
        Which cannot all be done.
    rounds : (u,) int array
        All that can come to one of them first.
    followed : (v,) int array
        Those jobs (of `jobs` or before them) that another of `jobs` can follow.
    short : int
        k - u - v.
    """

    jobs: I64
    rounds: I64
    followed: I64
    short: int


def find_peaks(m: Model, reach: U8, travel: F64) -> list[Peak]:
    """Find disjoint sets of jobs that prove that no plan makes all that must be made.

    Parameters
    ----------
    m : Model
    reach : (J, R) array
        See :func:`anlan_engine.patrol.reach.reach_matrix`.
    travel : (n, n) array
        As of :func:`anlan_engine.patrol.reach.with_least_from_posts`.

    Returns
    -------
    list of Peak
        Empty: nothing is proved either way.
    """
    possible = (reach == Reach.REACHED).any(axis=1)
    visits = np.flatnonzero(m.jobs["must"] & possible)
    peaks = list(_unmatched_sets(m, reach, travel, visits))
    if peaks:
        # Only now is it worth the time to make the proof hold on any matrix whatever.
        peaks = list(_unmatched_sets(m, reach, shortest(travel), visits))
    return peaks


def _unmatched_sets(m: Model, reach: U8, travel: F64, visits: I64) -> Iterator[Peak]:
    """Match predecessors with jobs; walk back from each job left alone."""
    if not len(visits):
        return
    able = reach[visits] == Reach.REACHED
    follows = can_follow(m, *periods(m, travel), travel, visits)
    together = (able.astype(np.float32) @ able.T.astype(np.float32)) > 0
    before = np.vstack((able.T, follows & together))
    matched = np.asarray(maximum_bipartite_matching(csr_array(before), perm_type="row"), np.int64)
    rounds = len(able[0])
    for jobs, sources in _merged(
        [_walk_back(before, matched, job) for job in np.flatnonzero(matched < 0).tolist()]
    ):
        of = np.array(sorted(sources), np.int64)
        yield Peak(
            jobs=visits[sorted(jobs)],
            rounds=of[of < rounds],
            followed=visits[of[of >= rounds] - rounds],
            short=len(jobs) - len(sources),
        )


def _merged(sets: list[tuple[set[int], set[int]]]) -> list[tuple[set[int], set[int]]]:
    """Unite what shares a job or a predecessor: its deficits add up."""
    apart: list[tuple[set[int], set[int]]] = []
    for jobs, sources in sets:
        touching = [one for one in apart if one[0] & jobs or one[1] & sources]
        apart = [one for one in apart if one not in touching]
        apart.append(
            (
                jobs.union(*(one[0] for one in touching)),
                sources.union(*(one[1] for one in touching)),
            )
        )
    return apart


def _walk_back(before: BOOL, matched: I64, job: int) -> tuple[set[int], set[int]]:
    """Collect all jobs and predecessors on alternating paths from a job left alone."""
    job_of = np.full(len(before), -1, np.int64)
    has = np.flatnonzero(matched >= 0)
    job_of[matched[has]] = has
    jobs, sources = {job}, set[int]()
    waiting = [job]
    while waiting:
        for source in np.flatnonzero(before[:, waiting.pop()]).tolist():
            if source not in sources:
                sources.add(source)
                other = int(job_of[source])
                if other >= 0 and other not in jobs:
                    jobs.add(other)
                    waiting.append(other)
    return jobs, sources


@compiled
def can_follow(m: Model, early: F64, late: F64, travel: F64, visits: I64) -> BOOL:
    """Tell for each pair of jobs whether the second can be begun in time after the first."""
    count = len(visits)
    follows = np.zeros((count, count), np.bool_)
    for i in range(count):
        for j in range(count):
            if i != j:
                follows[i, j] = pair_follows(m, early, late, travel, visits[i], visits[j])
    return follows


@compiled
def pair_follows(m: Model, early: F64, late: F64, travel: F64, first: int, then: int) -> bool:
    """Tell it for one pair, by any choices of the two on one day."""
    for c in range(m.jobs[first].first, m.jobs[first].end):
        before = m.choices[c]
        leave = early[c] + before.stay
        for d in range(m.jobs[then].first, m.jobs[then].end):
            after = m.choices[d]
            drive = travel[before.exit, after.entry]
            if before.day == after.day and leave + drive <= late[d]:
                return True
    return False
