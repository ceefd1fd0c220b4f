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
        _turn(free, came_from, row_of, column_of)
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
    The least greatest time is found by augmenting paths under a rising limit (bottleneck
    assignment; Burkard, Dell'Amico and Martello 2012, section 6.2); the least sum by SciPy's
    Hungarian method on what the limit leaves (Crouse 2016).
    """
    found = np.full(len(travel), NOBODY, np.int32)
    if not travel.size:
        return found
    # A copy, as a read-only table would be compiled for anew.
    travel = np.array(travel, np.float64, order="C")
    longest = float(np.max(travel, initial=0.0, where=np.isfinite(travel)))
    everyone = np.arange(len(travel), dtype=np.int32)
    rows = np.flatnonzero(_give(travel, longest, everyone) != NOBODY).astype(np.int32)
    if not len(rows):
        return found
    table, columns = travel[rows], np.arange(travel.shape[1])
    if len(columns) > len(rows):
        # Of as many nearest units as there are jobs, one is always left for each job.
        columns = np.unique(np.argpartition(table, len(rows) - 1, axis=1)[:, : len(rows)])
        table = np.ascontiguousarray(table[:, columns])
    limit = _least_limit(table, float(table.min(axis=1).max()))
    _, chosen = linear_sum_assignment(np.where(table <= limit, table, np.inf))
    found[rows] = columns[chosen]
    return found


@compiled
def _least_limit(table: F64, limit: float) -> float:
    """Find the least time within which all rows can be matched; they can be without a limit.

    Rows are matched one by one by augmenting paths. Where none is left within the limit, the limit
    rises to the least time that leads on from what was reached: so it is never higher than needed,
    unless it was at first.
    """
    rows, columns = table.shape
    row_of = np.full(columns, NOBODY, np.int32)
    came_from = np.empty(columns, np.int32)
    column_of = np.full(rows, NOBODY, np.int32)
    queue = np.empty(rows, np.int32)
    for start in range(rows):
        came_from[:] = NOBODY
        queue[0] = start
        size, place, free, rise = 1, 0, NOBODY, np.inf
        while free == NOBODY:
            if place == size:
                limit, place, rise = rise, 0, np.inf
            row = queue[place]
            place += 1
            for column in range(columns):
                if came_from[column] != NOBODY:
                    continue
                if table[row, column] > limit:
                    rise = min(rise, table[row, column])
                    continue
                came_from[column] = row
                if row_of[column] == NOBODY:
                    free = column
                    break
                queue[size] = row_of[column]
                size += 1
        _turn(free, came_from, row_of, column_of)
    return limit


@compiled
def _turn(free: int, came_from: I32, row_of: I32, column_of: I32) -> None:
    """Match along the path that ends at a free column."""
    while free != NOBODY:
        row = came_from[free]
        row_of[free] = row
        free, column_of[row] = column_of[row], free


def warm_matching() -> None:
    """Compile the matching."""
    match_earliest(np.array([[1.0, 2.0]]))
