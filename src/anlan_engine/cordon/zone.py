"""The zone to close off: everything within some metres of a point, a line or a polygon."""

import math
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from anlan_engine.compiled import compiled
from anlan_engine.cordon.errors import CordonError
from anlan_engine.sphere import METRES_PER_DEGREE

F64 = npt.NDArray[np.float64]

CORNERS_MAX = 10_000


@dataclass(frozen=True, slots=True, eq=False)
class Zone:
    """A place that nobody may enter or leave.

    Attributes
    ----------
    corners : float64[k, 2]
        Longitude, latitude in degrees: one point, the two ends of a line, or a polygon's corners
        in order (closed by itself; where its sides cross, the even-odd rule holds).
    radius_m : float
        Everything so near to it belongs to the zone too, in metres; 0 only for a polygon.

    Raises
    ------
    CordonError
        BAD_ZONE.

    Notes
    -----
    Metres are taken on a plane that touches the earth in the middle of the corners' box: within
    10 km true to about a thousandth.
    """

    corners: F64
    radius_m: float

    def __post_init__(self) -> None:
        """Refuse what encloses nothing."""
        shape = self.corners.shape
        if len(shape) != 2 or shape[1] != 2 or not 1 <= shape[0] <= CORNERS_MAX:
            raise CordonError(code="BAD_ZONE", reason=f"corners of shape {shape}")
        lon, lat = self.corners[:, 0], self.corners[:, 1]
        if not (np.isfinite(self.corners).all() and (np.abs(lon) <= 180).all()):
            raise CordonError(code="BAD_ZONE", reason="a corner is not a position")
        if not (np.abs(lat) < 90).all():
            raise CordonError(code="BAD_ZONE", reason="a corner is not a position")
        if not (np.isfinite(self.radius_m) and self.radius_m >= 0):
            raise CordonError(code="BAD_ZONE", reason=f"a radius of {self.radius_m} m")
        if self.radius_m == 0 and self.area_square_m == 0:
            raise CordonError(code="BAD_ZONE", reason="it has no area")

    @classmethod
    def disc(cls, lon: float, lat: float, radius_m: float) -> Self:
        """Everything within `radius_m` metres of a point."""
        return cls(np.array([[lon, lat]], np.float64), float(radius_m))

    @classmethod
    def polygon(cls, corners: npt.ArrayLike, margin_m: float = 0.0) -> Self:
        """A polygon, and everything within `margin_m` metres of it.

        Parameters
        ----------
        corners : float[k, 2]
            Longitude, latitude in degrees; k >= 3. The first may be repeated as the last.
        margin_m : float
        """
        ring = np.array(corners, np.float64).reshape(-1, 2)
        if len(ring) > 3 and (ring[0] == ring[-1]).all():
            ring = ring[:-1]
        if len(ring) < 3:
            raise CordonError(code="BAD_ZONE", reason="a polygon has at least three corners")
        return cls(ring, float(margin_m))

    @property
    def origin(self) -> tuple[float, float]:
        """Longitude and latitude where the plane touches the earth."""
        lon, lat = self.corners[:, 0], self.corners[:, 1]
        return float(lon.min() + lon.max()) / 2, float(lat.min() + lat.max()) / 2

    @property
    def plane(self) -> F64:
        """The corners in metres east and north of `origin`; float64[k, 2]."""
        lon, lat = self.origin
        east = METRES_PER_DEGREE * math.cos(math.radians(lat))
        metres: F64 = (self.corners - (lon, lat)) * (east, METRES_PER_DEGREE)
        return metres

    @property
    def area_square_m(self) -> float:
        """Area between the corners, without the margin (shoelace formula)."""
        x, y = self.plane.T
        return float(abs((x * np.roll(y, -1) - y * np.roll(x, -1)).sum()) / 2)


@compiled
def _inside(corners: F64, x: float, y: float) -> bool:
    """Whether a point lies inside a polygon (even-odd rule)."""
    inside = False
    before = len(corners) - 1
    for this in range(len(corners)):
        x1, y1 = corners[before]
        x2, y2 = corners[this]
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
        before = this
    return inside


@compiled
def _from_side(x: float, y: float, x1: float, y1: float, x2: float, y2: float) -> float:
    """Squared metres from a point to a straight line between two others."""
    dx, dy = x2 - x1, y2 - y1
    square = dx * dx + dy * dy
    share = 0.0
    if square > 0.0:
        share = min(max(((x - x1) * dx + (y - y1) * dy) / square, 0.0), 1.0)
    ex, ey = x1 + share * dx - x, y1 + share * dy - y
    return ex * ex + ey * ey


@compiled
def away_m(corners: F64, radius_m: float, x: float, y: float) -> float:
    """Metres from a point to the zone; 0 or less inside it.

    Parameters
    ----------
    corners : float64[k, 2]
        In metres on the plane of the zone.
    radius_m : float
    x, y : float
        Metres on the same plane.
    """
    count = len(corners)
    if count > 2 and _inside(corners, x, y):
        return -radius_m
    least = np.inf
    before = count - 1
    for this in range(count):
        x1, y1 = corners[before]
        x2, y2 = corners[this]
        least = min(least, _from_side(x, y, x1, y1, x2, y2))
        before = this
    return math.sqrt(least) - radius_m


@compiled
def _cross(x1: float, y1: float, x2: float, y2: float, side: F64) -> bool:
    """Whether two straight lines properly cross; `side` is x, y of one end and of the other."""
    x3, y3, x4, y4 = float(side[0]), float(side[1]), float(side[2]), float(side[3])
    one = (x2 - x1) * (y3 - y1) - (y2 - y1) * (x3 - x1)
    two = (x2 - x1) * (y4 - y1) - (y2 - y1) * (x4 - x1)
    three = (x4 - x3) * (y1 - y3) - (y4 - y3) * (x1 - x3)
    four = (x4 - x3) * (y2 - y3) - (y4 - y3) * (x2 - x3)
    return (one > 0) != (two > 0) and (three > 0) != (four > 0)


@compiled
def touches(corners: F64, radius_m: float, x1: float, y1: float, x2: float, y2: float) -> bool:
    """Whether a straight line between two points of the plane comes into the zone."""
    if away_m(corners, radius_m, x1, y1) <= 0 or away_m(corners, radius_m, x2, y2) <= 0:
        return True
    side = np.empty(4)
    before = len(corners) - 1
    for this in range(len(corners)):
        # The nearest points of two lines that do not cross include an end of one of them.
        if _from_side(corners[this, 0], corners[this, 1], x1, y1, x2, y2) <= radius_m * radius_m:
            return True
        side[:2] = corners[before]
        side[2:] = corners[this]
        if len(corners) > 1 and _cross(x1, y1, x2, y2, side):
            return True
        before = this
    return False
