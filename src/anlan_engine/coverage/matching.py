"""Who drives where: idle units to places so that the longest drive is as short as possible.

The bottleneck assignment (Fulkerson, Glicksberg and Gross 1953; Burkard, Dell'Amico and Martello
2009, chapter 6), used for ambulance redeployment by van Barneveld, van der Mei and Bhulai 2017.
"""

import numpy as np
from scipy.optimize import linear_sum_assignment

from anlan_engine.compiled import compiled
from anlan_engine.coverage.errors import CoverageError
from anlan_engine.coverage.question import checked_times
from anlan_engine.coverage.reach import F64, I64, Flags

FREE = -1


@compiled
def seat(drive_s: F64, longest_s: float, unit: int, holder: I64, seen: Flags) -> bool:
    """Find a unit a place within `longest_s`, moving others along where that helps."""
    for place in range(holder.size):
        if not seen[place] and drive_s[unit, place] <= longest_s:
            seen[place] = True
            if holder[place] == FREE or seat(drive_s, longest_s, holder[place], holder, seen):
                holder[place] = unit
                return True
    return False


@compiled
def all_seated(drive_s: F64, longest_s: float) -> bool:
    """Return whether every unit finds a place within `longest_s`."""
    holder = np.full(drive_s.shape[1], FREE)
    for unit in range(drive_s.shape[0]):
        if not seat(drive_s, longest_s, unit, holder, np.zeros(holder.size, np.bool_)):
            return False
    return True


@compiled
def shortest_longest_drive(drive_s: F64) -> float:
    """Return the least longest drive that seats every unit; inf where none does.

    Parameters
    ----------
    drive_s : (units, places) float64
        Seconds; inf where there is no way. One unit to a place: repeat a place's column for two.
    """
    times = np.unique(drive_s)
    low, high = 0, times.size - 1
    if high < 0 or drive_s.shape[0] > drive_s.shape[1]:
        return np.inf
    if not all_seated(drive_s, times[high]):
        return np.inf
    while low < high:
        middle = (low + high) // 2
        if all_seated(drive_s, times[middle]):
            high = middle
        else:
            low = middle + 1
    return float(times[low])


def match_to_places(drive_s: F64) -> I64:
    """Assign each unit a place: the longest drive as short as possible, then all drives together.

    Parameters
    ----------
    drive_s : (units, places) float64
        Seconds; inf where there is no way.

    Returns
    -------
    (units,) int64
        The place of each unit.

    Raises
    ------
    CoverageError
        NOT_ENOUGH_PLACES, NO_MATCHING (some unit cannot drive to any place left for it),
        INVALID_TIME, WRONG_SHAPE.
    """
    if np.shape(drive_s)[:1] == (0,):
        return np.empty(0, np.int64)
    times = checked_times(drive_s)
    units, places = times.shape
    if units > places:
        raise CoverageError(code="NOT_ENOUGH_PLACES", units=units, places=places)
    longest_s = shortest_longest_drive(times)
    if not np.isfinite(longest_s):
        raise CoverageError(code="NO_MATCHING")
    within = np.where(times <= longest_s, times, np.inf)
    return np.asarray(linear_sum_assignment(within)[1], np.int64)
