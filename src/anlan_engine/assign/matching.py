"""Give jobs to units one to one so that the last arrives as soon as possible, then all together."""

import numpy as np
import numpy.typing as npt
from scipy.optimize import linear_sum_assignment

from anlan_engine.compiled import compiled

F64 = npt.NDArray[np.float64]
I32 = npt.NDArray[np.int32]

NOBODY = -1


@compiled
def _give(travel: F64, limit: float, rows: I32) -> I32:
    """Match as many rows as possible over times up to a limit; earlier rows go first.

    Augmenting paths breadth first (Kuhn 1955): a row once matched stays matched.

    Returns
    -------
    int32[len(travel)]
        The column of each row, or `NOBODY`.
    """
    count, columns = travel.shape
    column_of = np.full(count, NOBODY, np.int32)
    row_of = np.full(columns, NOBODY, np.int32)
    came_from = np.empty(columns, np.int32)
    queue = np.empty(count, np.int32)
    for start in rows:
        came_from[:] = NOBODY
        queue[0] = start
        size, place, free = 1, 0, NOBODY
        while place < size and free == NOBODY:
            row = queue[place]
            place += 1
            for column in range(columns):
                if came_from[column] == NOBODY and travel[row, column] <= limit:
                    came_from[column] = row
                    if row_of[column] == NOBODY:
                        free = column
                        break
                    queue[size] = row_of[column]
                    size += 1
        while free != NOBODY:
            row = came_from[free]
            row_of[free] = row
            free, column_of[row] = column_of[row], free
    return column_of


def match_earliest(travel: F64) -> I32:
    """Match rows (jobs) with columns (units), each with one at most.

    As many rows as possible are matched; where not all can be, earlier rows go first. Of all ways
    to match these rows, one is taken whose greatest time is least, and of those one whose sum of
    times is least.

    Parameters
    ----------
    travel : float64[rows, columns]
        Times >= 0; inf where the unit may not take the job or cannot reach it.

    Returns
    -------
    int32[rows]
        The column of each row; `NOBODY` where none is left.

    Notes
    -----
    The least greatest time is found by halving over the sorted times, each tried with augmenting
    paths (bottleneck assignment; Burkard, Dell'Amico and Martello 2012, section 6.2); the sum by
    the Hungarian method of SciPy on what is left (Crouse 2016).
    """
    found = np.full(len(travel), NOBODY, np.int32)
    if not travel.size:
        return found
    travel = np.ascontiguousarray(travel, np.float64)
    longest = float(np.max(travel, initial=0.0, where=np.isfinite(travel)))
    everyone = np.arange(len(travel), dtype=np.int32)
    rows = np.flatnonzero(_give(travel, longest, everyone) != NOBODY).astype(np.int32)
    if not len(rows):
        return found
    table = travel[rows]
    limit = _least_limit(table)
    _, columns = linear_sum_assignment(np.where(table <= limit, table, np.inf))
    found[rows] = columns
    return found


def _least_limit(table: F64) -> float:
    """Find the least time within which all rows can be matched; they can be without a limit."""
    rows = np.arange(len(table), dtype=np.int32)
    at_least = float(table.min(axis=1).max())
    # Mostly the job that is furthest from everybody decides alone.
    if (_give(table, at_least, rows) != NOBODY).all():
        return at_least
    times = np.unique(table[np.isfinite(table) & (table >= at_least)])
    low, high = 0, len(times) - 1
    while low < high:
        middle = (low + high) // 2
        if (_give(table, float(times[middle]), rows) != NOBODY).all():
            high = middle
        else:
            low = middle + 1
    return float(times[low])


def warm_matching() -> None:
    """Compile the matching."""
    match_earliest(np.array([[1.0, 2.0]]))
