"""Prove that there is more work in a period than the units on shift have time for.

Energetic reasoning (Erschler, Lopez & Thuriot 1991; Baptiste, Le Pape & Nuijten 2001, ch. 3): of
each visit that must be made count the part of its stay that lies in the period however it is
placed; add the drives between those that lie in it whole; compare with the time of all units.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from anlan_engine.compiled import compiled
from anlan_engine.patrol.bounds import least_drives
from anlan_engine.patrol.model import Model
from anlan_engine.patrol.periods import periods
from anlan_engine.patrol.reach import Reach

F64 = npt.NDArray[np.float64]
U8 = npt.NDArray[np.uint8]
I64 = npt.NDArray[np.int64]

ENDS_MOST = 48
"""Beginnings and ends of periods tried, evenly drawn from all where there are more."""

GROUPS_MOST = 24
"""Groups of units tried: those that can make exactly the same visits."""

EASE = 1e-6


@dataclass(frozen=True, slots=True)
class Overload:
    """A period with too much work; times in seconds of the day, work in seconds.

    Where units work on several days, `days` of them from `day` on, it is all they work together.
    `work_s` holds `drive_s`; `jobs` are those with a part in it, `rounds` all who can do any.
    """

    day: int
    days: int
    start_s: float
    end_s: float
    work_s: float
    drive_s: float
    time_s: float
    jobs: I64
    rounds: I64


@dataclass(frozen=True, slots=True)
class _Group:
    """Jobs that only certain rounds can do."""

    day: int
    days: int
    jobs: I64  # (k,)
    rounds: I64  # (u,)
    early: F64  # (k, choices) to begin; padded with infinity
    late: F64
    stay: F64
    into: F64  # (k,) shortest drive
    work_from: F64  # (u,) when each can begin its first visit
    work_until: F64  # (u,) when each must have ended its last


def find_overloads(m: Model, reach: U8, travel: F64) -> list[Overload]:
    """Find for each group of units and day the most overloaded period.

    Parameters
    ----------
    m : Model
    reach : (J, R) array
        See :func:`anlan_engine.patrol.reach.reach_matrix`.
    travel : (n, n) array
        As of :func:`anlan_engine.patrol.reach.with_least_from_posts`.

    Returns
    -------
    list of Overload
        Empty: nothing is proved either way.
    """
    if not m.jobs["must"].any():
        return []
    begin = periods(m, travel)
    into = least_drives(m)[0]
    groups = _groups(m, reach, begin, into, travel)
    found = (_worst(group) if group.days == 1 else _altogether(group) for group in groups)
    return [overload for overload in found if overload is not None]


def _groups(
    m: Model, reach: U8, begin: tuple[F64, F64], into: F64, travel: F64
) -> Iterator[_Group]:  # fmt: skip
    """For each set of rounds that alone can do some jobs: all jobs that nobody else can do."""
    able = reach == Reach.REACHED
    jobs = np.flatnonzero(m.jobs["must"] & able.any(axis=1))
    for rounds_able in np.unique(able[jobs], axis=0)[:GROUPS_MOST]:
        only = jobs[~(able[jobs] & ~rounds_able).any(axis=1)]
        rounds = np.flatnonzero(rounds_able)
        yield _group(m, begin, into, travel, only, rounds)


def _group(
    m: Model, begin: tuple[F64, F64], into: F64, travel: F64, jobs: I64, rounds: I64
) -> _Group:
    early, late = begin
    widest = int((m.jobs["end"] - m.jobs["first"])[jobs].max())
    table = np.full((3, len(jobs), widest), np.inf)
    for row, job in enumerate(jobs):
        own = np.arange(m.jobs["first"][job], m.jobs["end"][job])
        own = own[early[own] <= late[own]]
        table[:, row, : len(own)] = early[own], late[own], m.choices["stay"][own]
    mine = m.choices[np.isin(m.choices["job"], jobs)]
    shifts = m.shifts[rounds]
    there = travel[np.ix_(shifts["start_place"], np.unique(mine["entry"]))].min(axis=1)
    back = travel[np.ix_(np.unique(mine["exit"]), shifts["end_place"])].min(axis=0)
    return _Group(
        day=int(shifts["day"].min()),
        days=len(np.unique(shifts["day"])),
        jobs=jobs,
        rounds=rounds,
        early=table[0],
        late=table[1],
        stay=table[2],
        into=into[jobs],
        work_from=shifts["start"] + there,
        work_until=shifts["end"] - back,
    )


def _worst(group: _Group) -> Overload | None:
    """Find the period with the most work beyond the time of the units, if any has."""
    real = np.isfinite(group.early)
    starts, ends = _drawn(group.early[real]), _drawn((group.late + group.stay)[real])
    windows = (group.early, group.late, group.stay)
    over, start, end = most_over(
        windows, group.into, (group.work_from, group.work_until), (starts, ends)
    )  # fmt: skip
    if over <= EASE:
        return None
    start_s, end_s = float(starts[start]), float(ends[end])
    work_s, drive_s, time_s = load(
        windows, group.into, (group.work_from, group.work_until), (start_s, end_s)
    )  # fmt: skip
    parts = np.array([least_part(windows, row, start_s, end_s) for row in range(len(group.jobs))])
    serving = np.minimum(group.work_until, end_s) > np.maximum(group.work_from, start_s)
    return Overload(
        day=group.day,
        days=1,
        start_s=start_s,
        end_s=end_s,
        work_s=work_s,
        drive_s=drive_s,
        time_s=time_s,
        jobs=group.jobs[(parts > 0).any(axis=1)],
        rounds=group.rounds[serving],
    )


def _altogether(group: _Group) -> Overload | None:
    """Compare all work of several days with all time."""
    times = np.maximum(group.work_until - group.work_from, 0.0)
    serving = int((times > 0).sum())
    drive_s = float(np.sort(group.into)[: max(0, len(group.jobs) - serving)].sum())
    work_s = float(group.stay.min(axis=1).sum()) + drive_s
    if work_s <= float(times.sum()) + EASE:
        return None
    return Overload(
        day=group.day,
        days=group.days,
        start_s=float(group.work_from.min()),
        end_s=float(group.work_until.max()),
        work_s=work_s,
        drive_s=drive_s,
        time_s=float(times.sum()),
        jobs=group.jobs,
        rounds=group.rounds[times > 0],
    )


def _drawn(times: F64) -> F64:
    """Give at most `ENDS_MOST` of the distinct times."""
    distinct = np.unique(times)
    if len(distinct) <= ENDS_MOST:
        return distinct
    return distinct[np.linspace(0, len(distinct) - 1, ENDS_MOST).round().astype(np.int64)]


@compiled
def most_over(
    windows: tuple[F64, F64, F64], into: F64, work: tuple[F64, F64], periods: tuple[F64, F64]
) -> tuple[float, int, int]:
    """Find the period, out of all starts and ends, with the most work beyond the time for it."""
    best, best_start, best_end = 0.0, 0, 0
    for i in range(len(periods[0])):
        for j in range(len(periods[1])):
            if periods[1][j] > periods[0][i]:
                work_s, _, time_s = load(windows, into, work, (periods[0][i], periods[1][j]))
                if work_s - time_s > best:
                    best, best_start, best_end = work_s - time_s, i, j
    return best, best_start, best_end


@compiled
def load(
    windows: tuple[F64, F64, F64], into: F64, work: tuple[F64, F64], period: tuple[float, float]
) -> tuple[float, float, float]:
    """Add up a period: work with drives, drives alone, time of the units; s."""
    time_s, serving = 0.0, 0
    for r in range(len(work[0])):
        time = min(work[1][r], period[1]) - max(work[0][r], period[0])
        if time > 0:
            time_s += time
            serving += 1
    work_s, whole = 0.0, 0
    drives = np.empty(len(into))
    for row in range(len(into)):
        part, inside = least_part(windows, row, period[0], period[1])
        work_s += part
        if inside > 0:
            drives[whole] = into[row]
            whole += 1
    # Each unit comes to one of them from elsewhere: the longest drives may be those.
    drive_s = np.sort(drives[:whole])[: max(0, whole - serving)].sum()
    return work_s + drive_s, drive_s, time_s


@compiled
def least_part(
    windows: tuple[F64, F64, F64], row: int, start_s: float, end_s: float
) -> tuple[float, float]:
    """Give the part of a job's stay in a period, at least; and 1 if it lies in it whole, else 0.

    As a stay is begun later, its part first grows and then shrinks: the least is at either end.
    """
    early, late, stays = windows
    least, inside = np.inf, 1.0
    for c in range(early.shape[1]):
        if early[row, c] < np.inf:
            stay = stays[row, c]
            first = min(early[row, c] + stay, end_s) - max(early[row, c], start_s)
            last = min(late[row, c] + stay, end_s) - max(late[row, c], start_s)
            least = min(least, max(0.0, min(first, last)))
            if early[row, c] < start_s or late[row, c] + stay > end_s:
                inside = 0.0
    return least, inside
