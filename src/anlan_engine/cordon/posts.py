"""Which unit takes which point of a cordon, and when the cordon is closed."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from anlan_engine.assign.matching import NOBODY, match_earliest
from anlan_engine.cordon.drawing import Cordon
from anlan_engine.cordon.errors import CordonError
from anlan_engine.routing import RoadTimes

F64 = npt.NDArray[np.float64]
I32 = npt.NDArray[np.int32]
I64 = npt.NDArray[np.int64]

NEEDED_MAX = 1_000
"""Units of all points together."""


@dataclass(frozen=True, slots=True, eq=False)
class Posting:
    """Who goes where.

    Attributes
    ----------
    point : int32[posts]
        Rows of the cordon's points; a point that takes two units stands here twice.
    unit : int32[posts]
        Rows of the units; -1 where no unit is left that can get there.
    arrival_s : float64[posts]
        inf where nobody comes.
    closed_s : float
        When the last point is held: 0 where all are held already, inf where one stays open.
    """

    point: I32
    unit: I32
    arrival_s: F64

    @property
    def closed_s(self) -> float:
        """When the last point is held."""
        return float(self.arrival_s.max(initial=0.0))


def post_units(travel_s: F64, needed: I64) -> Posting:
    """Send units to points so that the last point is held as soon as possible.

    Of all ways to do that, one in which the times add up to least. With too few units the points
    listed first are held.

    Parameters
    ----------
    travel_s : float64[units, points]
        Seconds from each unit to each point, >= 0; inf where there is no way.
    needed : int64[points]
        Units each point takes, as `Cordon.needed`.

    Returns
    -------
    Posting

    Raises
    ------
    CordonError
        BAD_TIMES, BAD_NEED.
    """
    times = np.asarray(travel_s, np.float64)
    if times.ndim != 2 or times.shape[1] != len(needed) or not (times >= 0).all():
        rows = len(times) if times.ndim else 0
        raise CordonError(code="BAD_TIMES", rows=rows, columns=len(needed))
    needed = np.asarray(needed, np.int64)
    if len(needed) and (needed.min() < 0 or needed.sum() > NEEDED_MAX):
        row = int(np.argmin(needed) if needed.min() < 0 else np.argmax(needed))
        raise CordonError(code="BAD_NEED", row=row, units=int(needed[row]), most=NEEDED_MAX)
    point = np.repeat(np.arange(len(needed), dtype=np.int32), needed)
    jobs = times.T[point]
    unit = match_earliest(jobs)
    arrival_s = np.full(len(point), np.inf)
    sent = np.flatnonzero(unit != NOBODY)
    arrival_s[sent] = jobs[sent, unit[sent]]
    return Posting(point, unit, arrival_s)


def post_units_by_road(cordon: Cordon, units_at: F64, times: RoadTimes) -> Posting:
    """As `post_units`, with times by road.

    Parameters
    ----------
    cordon : Cordon
    units_at : float64[units, 2]
        Longitude, latitude in degrees.
    times : RoadTimes
        On the roads the cordon was drawn on.

    Raises
    ------
    anlan_engine.routing.RoutingError
        As `RoadTimes.times_between`.
    """
    return post_units(times.times_between(units_at, cordon.at).travel_s, cordon.needed)
