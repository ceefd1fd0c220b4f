"""Distances on the ground between WGS84 positions."""

import numpy as np
import numpy.typing as npt

EARTH_RADIUS_M = 6_371_008.8
"""Mean radius (IUGG 1980, R1)."""

METRES_PER_DEGREE = EARTH_RADIUS_M * np.pi / 180.0

F64 = npt.NDArray[np.float64]
Degrees = F64 | float


def distance_m(lon1: Degrees, lat1: Degrees, lon2: Degrees, lat2: Degrees) -> F64:
    """Great-circle distance in metres, elementwise (haversine; Sinnott 1984).

    Parameters
    ----------
    lon1, lat1, lon2, lat2 : float64 arrays or scalars that broadcast together
        Degrees, WGS84.

    Returns
    -------
    float64 array of the broadcast shape
        Metres.
    """
    phi1, phi2 = np.radians(lat1), np.radians(lat2)
    half = np.sin((phi2 - phi1) / 2) ** 2
    half = half + np.cos(phi1) * np.cos(phi2) * np.sin(np.radians(lon2 - lon1) / 2) ** 2
    metres: F64 = 2 * EARTH_RADIUS_M * np.arcsin(np.sqrt(np.minimum(half, 1.0)))
    return metres
