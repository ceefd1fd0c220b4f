"""Isochrones: the area that is reached from a place, or reaches it, within some times.

Apart from the rest of routing, since it loads shapely.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from anlan_engine.roads.graph import DEGREE_UNITS
from anlan_engine.routing.errors import RoutingError
from anlan_engine.routing.network import FAR
from anlan_engine.routing.places import REACH_M, WALK_M_S
from anlan_engine.routing.road_times import RoadTimes
from anlan_engine.sphere import METRES_PER_DEGREE

F64 = npt.NDArray[np.float64]
Bool = npt.NDArray[np.bool_]

CELL_M = 20.0
"""Width of a cell, unless that would take more than `CELLS_MAX`."""

CELLS_MAX = 40_000


@dataclass(frozen=True, slots=True, eq=False)
class Reached:
    """The area within one limit.

    Attributes
    ----------
    limit_s : float
        Seconds.
    area : shapely.MultiPolygon
        Longitude, latitude in degrees; may have holes and several parts.
    cell_m : float
        The area is made of square cells of this width, metres.
    """

    limit_s: float
    area: shapely.MultiPolygon
    cell_m: float


def reach(
    times: RoadTimes, lon: float, lat: float, limits_s: Sequence[float], *, inbound: bool = False
) -> tuple[Reached, ...]:
    """Find the areas that are reached from a place within some times.

    The ground is cut into square cells, and a cell belongs to the area if its middle is reached in
    time, exactly as `RoadTimes.times_from` says, the way on foot from the street included. Other
    positions are judged by the middle of their cell: wrong at times where two streets with
    different times lie closer together than a cell is wide.

    Parameters
    ----------
    times : RoadTimes
        Under whatever conditions.
    lon, lat : float
        The place, degrees.
    limits_s : sequence of float
        Seconds, in any order.
    inbound : bool
        The area from which the place is reached instead.

    Returns
    -------
    tuple of Reached
        In the order of `limits_s`. Smaller limits share the cells of the greatest one.

    Raises
    ------
    RoutingError
        INVALID_LIMIT for a limit that is not a finite number above 0, INVALID_POSITION,
        OFF_NETWORK.
    """
    for limit_s in limits_s:
        if not (limit_s > 0 and math.isfinite(limit_s)):
            raise RoutingError(code="INVALID_LIMIT", limit_s=limit_s)
    if not limits_s:
        return ()
    most_s = max(limits_s)
    low, high = _box(times, lon, lat, most_s, inbound=inbound)
    scale = METRES_PER_DEGREE * np.array([max(math.cos(math.radians(lat)), 0.01), 1.0])
    cell_m = max(CELL_M, math.sqrt(float(np.prod((high - low) * scale)) / CELLS_MAX))
    step = cell_m / scale
    columns, rows = (int(count) for count in np.ceil((high - low) / step) + 1)
    east = np.clip(low[0] + step[0] * (np.arange(columns) + 0.5), -180.0, 180.0)
    north = np.clip(low[1] + step[1] * (np.arange(rows) + 0.5), -90.0, 90.0)
    middles = np.stack(np.meshgrid(east, north), axis=-1).reshape(-1, 2)
    ask = times.times_to if inbound else times.times_from
    travel_s = ask(lon, lat, middles, limit_s=most_s).travel_s.reshape(rows, columns)
    return tuple(
        Reached(limit_s, _area(travel_s <= limit_s, low, step), cell_m) for limit_s in limits_s
    )


def _box(
    times: RoadTimes, lon: float, lat: float, limit_s: float, *, inbound: bool
) -> tuple[F64, F64]:
    """South-west and north-east of everything that can be reached, degrees."""
    graph = times.graph
    entered = times.entered(lon, lat, limit_s, inbound=inbound)
    touched = np.unique(graph.arc_segment[entered < FAR])
    points = np.repeat(np.isin(np.arange(graph.segments), touched), np.diff(graph.segment_first))
    at = np.concatenate([graph.shape[points] / DEGREE_UNITS, [[lon, lat]]])
    walk_m = min(REACH_M, limit_s * WALK_M_S) + CELL_M
    around = walk_m / (METRES_PER_DEGREE * np.array([max(math.cos(math.radians(lat)), 0.01), 1.0]))
    return at.min(axis=0) - around, at.max(axis=0) + around


def _area(inside: Bool, low: F64, step: F64) -> shapely.MultiPolygon:
    """Join cells into polygons: rows of runs first, which is what they mostly are."""
    framed = np.pad(inside, ((0, 0), (1, 1))).astype(np.int8)
    change = np.diff(framed, axis=1)
    row, begin = np.nonzero(change == 1)
    _, end = np.nonzero(change == -1)
    boxes = shapely.box(
        low[0] + step[0] * begin,
        low[1] + step[1] * row,
        low[0] + step[0] * end,
        low[1] + step[1] * (row + 1),
    )
    joined = shapely.union_all(boxes)
    parts = [part for part in shapely.get_parts(joined) if part.geom_type == "Polygon"]
    return shapely.MultiPolygon(parts)
