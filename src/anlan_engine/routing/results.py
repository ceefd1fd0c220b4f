"""The answers of routing."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

F64 = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Arrivals:
    """How long and how far from each of n positions to one place, or the other way.

    Attributes
    ----------
    travel_s : float64[n]
        Seconds, whole milliseconds; inf where there is no way (no street within reach of the
        position, closed off, or beyond the limit asked for).
    distance_m : float64[n]
        Metres along the fastest route (of equally fast ones the shortest), including the way on
        foot at both ends; inf where there is no way.
    """

    travel_s: F64
    distance_m: F64


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """How long and how far from each of n positions to each of p others.

    Attributes
    ----------
    travel_s, distance_m : float64[n, p]
        As in `Arrivals`.
    """

    travel_s: F64
    distance_m: F64


@dataclass(frozen=True, slots=True, eq=False)
class Path:
    """One route as a line in space and time.

    Attributes
    ----------
    coords : float64[k, 2]
        Longitude, latitude in degrees, from the very start to the very end; k >= 2.
    cumulative_s : float64[k]
        Seconds from departure to each point; never falls, begins with 0.
    distance_m : float
        Metres, including the way on foot at both ends.
    """

    coords: F64
    cumulative_s: F64
    distance_m: float

    @property
    def travel_s(self) -> float:
        """Seconds from start to end."""
        return float(self.cumulative_s[-1])
