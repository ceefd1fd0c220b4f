"""The ways driven in a plan, as lines for the map."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from anlan_engine.routing import RoadTimes, RoutingError

F64 = npt.NDArray[np.float64]


def driven(times: RoadTimes, at: F64, stops: Sequence[int]) -> F64:
    """Give the way driven from stop to stop as one line; straight where no road leads.

    Parameters
    ----------
    times : RoadTimes
    at : float64[places, 2]
        Longitude, latitude, degrees.
    stops : sequence of int
        Rows of `at`, in order.

    Returns
    -------
    float64[k, 2]
    """
    parts = [at[list(stops[:1])]]
    for before, after in pairwise(stops):
        if before != after:
            parts.append(_leg(times, at[before], at[after]))
    return np.concatenate(parts)


def _leg(times: RoadTimes, start: F64, end: F64) -> F64:
    try:
        return times.path(*start.tolist(), *end.tolist()).coords
    except RoutingError:
        return np.stack([start, end])
