"""Where a unit is while it drives along a path."""

from typing import NamedTuple

import numpy as np

from anlan_engine.routing import Path


class Position(NamedTuple):
    """A moment on the way.

    Attributes
    ----------
    lon, lat : float
        Degrees.
    heading_deg : float
        Direction of travel, clockwise from north, 0 <= heading < 360.
    """

    lon: float
    lat: float
    heading_deg: float


def position_at(path: Path, seconds: float) -> Position:
    """Give the position so many seconds after departure: at the start before, at the end after.

    Parameters
    ----------
    path : Path
    seconds : float
        Finite.

    Returns
    -------
    Position
        Between two points of the path in proportion to the time.
    """
    lon, lat = (float(np.interp(seconds, path.cumulative_s, path.coords[:, i])) for i in (0, 1))
    step = int(np.searchsorted(path.cumulative_s, seconds, side="right")) - 1
    step = min(max(step, 0), len(path.coords) - 2)
    east, north = path.coords[step + 1] - path.coords[step]
    heading = np.degrees(np.arctan2(east * np.cos(np.radians(lat)), north)) % 360.0
    return Position(lon, lat, round(float(heading), 1) % 360.0)
