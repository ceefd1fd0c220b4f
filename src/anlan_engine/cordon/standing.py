"""Where on a held street to stand, compiled."""

import numpy as np
import numpy.typing as npt

from anlan_engine.compiled import compiled
from anlan_engine.cordon.cutting import Cut
from anlan_engine.cordon.net import StreetNet
from anlan_engine.cordon.window import ZONE, Plane, Window, on_plane
from anlan_engine.cordon.zone import touches
from anlan_engine.roads.graph import DEGREE_UNITS

F64 = npt.NDArray[np.float64]
I32 = npt.NDArray[np.int32]

STAND_OFF_M = 20.0
"""From the enclosed end of the street; half way where the street is shorter than twice that."""

_HALVINGS = 40


@compiled
def _outer_line(plane: Plane, shape: I32, corners: F64) -> F64:
    """Points of a street on the plane, from its outer end inwards as far as the zone's edge."""
    line = np.empty((len(shape), 2))
    for place in range(len(shape)):
        line[place] = on_plane(plane, shape[place, 0], shape[place, 1])
        if place > 0 and len(corners):
            x0, y0 = line[place - 1]
            x, y = line[place]
            if touches(corners, plane.radius_m, x0, y0, x, y):
                line[place] = _edge(corners, plane.radius_m, line[place - 1], line[place])
                return line[: place + 1]
    return line


@compiled
def _edge(corners: F64, radius_m: float, out: F64, into: F64) -> F64:
    """Find the point where a straight line first comes into the zone, by halving."""
    low, high = 0.0, 1.0
    step = into - out
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        x, y = out + middle * step
        if touches(corners, radius_m, out[0], out[1], x, y):
            high = middle
        else:
            low = middle
    edge: F64 = out + low * step
    return edge


@compiled
def _stand(line: F64) -> F64:
    """Find the place to stand on a line that begins at its enclosed end."""
    lengths = np.sqrt(((line[1:] - line[:-1]) ** 2).sum(axis=1))
    left = min(STAND_OFF_M, lengths.sum() / 2)
    for piece in range(len(lengths)):
        if left <= lengths[piece]:
            share = left / lengths[piece] if lengths[piece] > 0.0 else 0.0
            there: F64 = line[piece] + share * (line[piece + 1] - line[piece])
            return there
        left -= lengths[piece]
    end: F64 = line[-1]
    return end


@compiled
def stands(net: StreetNet, plane: Plane, corners: F64, found: Window, cut: Cut) -> F64:
    """Longitude, latitude of each point of a cut: streets first, junctions after; degrees.

    Returns
    -------
    float64[points, 2]
        Always outside the zone.
    """
    at = np.empty((len(cut.stretch) + len(cut.junction), 2))
    for row in range(len(cut.stretch)):
        stretch = cut.stretch[row]
        street, low_end = found.street[stretch], found.low_end[stretch]
        inner_end = low_end if cut.inner[row] == 0 else 1 - low_end
        shape = net.shape[net.first[street] : net.first[street + 1]]
        if inner_end == 0:
            shape = shape[::-1]
        # Only a stretch that begins in the zone meets its edge.
        edge = corners if found.low[stretch] == ZONE else corners[:0]
        x, y = _stand(_outer_line(plane, shape, edge)[::-1])
        at[row] = plane.lon + x / plane.east_m, plane.lat + y / plane.north_m
    for row in range(len(cut.junction)):
        node = found.node[cut.junction[row]]
        at[len(cut.stretch) + row] = net.node_at[node] / DEGREE_UNITS
    return at
