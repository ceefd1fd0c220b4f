"""The part of the network between a zone and the outside, compiled."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from anlan_engine.compiled import compiled
from anlan_engine.cordon.net import StreetNet
from anlan_engine.cordon.zone import away_m, touches
from anlan_engine.roads.graph import DEGREE_UNITS

F64 = npt.NDArray[np.float64]
I32 = npt.NDArray[np.int32]
Bool = npt.NDArray[np.bool_]

ZONE = 0
"""In a window, all that lies in the zone is one node."""

OUTSIDE = 1
"""And all that lies beyond the limit is another."""

FIRST_JUNCTION = 2

_UNSEEN = -1


class Plane(NamedTuple):
    """The plane of a zone: numbers only, so that passing it on costs nothing.

    Attributes
    ----------
    lon, lat : float
        Where the plane touches the earth, degrees.
    east_m, north_m : float
        Metres per degree of longitude and latitude there.
    radius_m : float
        Of the zone, round its corners.
    within_m : float
        Junctions further than this from the zone are outside.
    """

    lon: float
    lat: float
    east_m: float
    north_m: float
    radius_m: float
    within_m: float


class Window(NamedTuple):
    """Junctions that may end up on either side, and the stretches of street between them.

    Attributes
    ----------
    node : int32[junctions]
        Rows of `StreetNet.node_at`; in the window they are `FIRST_JUNCTION`, ...
    low, high : int32[stretches]
        The window's nodes at both ends; `low` is the nearer to the zone by steps.
    street : int32[stretches]
        A street that runs into the zone and out again makes two stretches.
    low_end : int32[stretches]
        The end of the street (0 or 1) that lies towards `low`.
    outside : bool
        Whether any stretch leads outside.
    inside : int
        Streets that run through the zone.
    zone_node : int32[...]
        Junctions in the zone.
    """

    node: I32
    low: I32
    high: I32
    street: I32
    low_end: I32
    outside: bool
    inside: int
    zone_node: I32


@compiled
def on_plane(plane: Plane, lon: int, lat: int) -> tuple[float, float]:
    """Metres east and north of a position in ten-millionths of a degree."""
    return (
        (lon / DEGREE_UNITS - plane.lon) * plane.east_m,
        (lat / DEGREE_UNITS - plane.lat) * plane.north_m,
    )


@compiled
def _cells(plane: Plane, corners: F64, box: I32, size: I32) -> tuple[int, int, int, int]:
    """First and last column and row of the grid that the zone's box touches."""
    # A metre more, against rounding.
    more = plane.radius_m + 1.0
    low_x = (corners[:, 0].min() - more) / plane.east_m + plane.lon
    high_x = (corners[:, 0].max() + more) / plane.east_m + plane.lon
    low_y = (corners[:, 1].min() - more) / plane.north_m + plane.lat
    high_y = (corners[:, 1].max() + more) / plane.north_m + plane.lat
    return (
        max(int(np.floor((low_x * DEGREE_UNITS - box[0]) / box[2])), 0),
        min(int(np.floor((high_x * DEGREE_UNITS - box[0]) / box[2])), size[0] - 1),
        max(int(np.floor((low_y * DEGREE_UNITS - box[1]) / box[3])), 0),
        min(int(np.floor((high_y * DEGREE_UNITS - box[1]) / box[3])), size[1] - 1),
    )


@compiled
def _streets_inside(net: StreetNet, plane: Plane, corners: F64) -> tuple[I32, Bool]:
    """List the streets that run through the zone, and mark them."""
    marks = np.zeros(len(net.end), np.bool_)
    found = np.empty(len(net.end), np.int32)
    size = 0
    columns = net.grid_size[0]
    left, right, down, up = _cells(plane, corners, net.grid_box, net.grid_size)
    for row in range(down, up + 1):
        for cell in range(row * columns + left, row * columns + right + 1):
            for place in range(net.grid_first[cell], net.grid_first[cell + 1]):
                point = net.grid_point[place]
                street = net.street_of[point]
                if not marks[street]:
                    x1, y1 = on_plane(plane, net.shape[point, 0], net.shape[point, 1])
                    x2, y2 = on_plane(plane, net.shape[point + 1, 0], net.shape[point + 1, 1])
                    if touches(corners, plane.radius_m, x1, y1, x2, y2):
                        marks[street] = True
                        found[size] = street
                        size += 1
    return found[:size].copy(), marks


@compiled
def _side(plane: Plane, corners: F64, lon: int, lat: int) -> int:
    """Tell `ZONE`, `OUTSIDE` or neither (`FIRST_JUNCTION`) of a position."""
    x, y = on_plane(plane, lon, lat)
    metres = away_m(corners, plane.radius_m, x, y)
    if metres <= 0:
        return ZONE
    return OUTSIDE if metres > plane.within_m else FIRST_JUNCTION


@compiled
def lies_outside(net: StreetNet, plane: Plane, corners: F64) -> bool:
    """Whether any junction of the network lies beyond the limit."""
    outside = False
    for node in range(len(net.node_at)):
        side = _side(plane, corners, net.node_at[node, 0], net.node_at[node, 1])
        outside |= side == OUTSIDE
    return outside


@compiled
def window(net: StreetNet, plane: Plane, corners: F64) -> Window:
    """Walk from the zone outwards, over every street in either direction, as far as the limit.

    Parameters
    ----------
    net : StreetNet
    plane : Plane
    corners : float64[k, 2]
        The zone's, in metres on the plane.
    """
    inside, marks = _streets_inside(net, plane, corners)
    label = np.full(len(net.node_at), _UNSEEN, np.int32)
    node = np.empty(len(net.node_at) + 1, np.int32)
    most = len(net.end) + len(inside)
    low, high = np.empty(most, np.int32), np.empty(most, np.int32)
    street, low_end = np.empty(most, np.int32), np.empty(most, np.int32)
    zone_node = np.empty(2 * len(inside) + 1, np.int32)
    junctions, stretches, in_zone = 0, 0, 0
    # The zone comes first: a node whose streets are all those that run through it, twice.
    zone_end = np.concatenate((2 * inside, 2 * inside + 1))
    row, last, mine = 0, len(zone_end), ZONE
    place = 0
    while True:
        for at in range(row, last):
            one_end = zone_end[at] if mine == ZONE else net.node_end[at]
            one, end = one_end >> 1, one_end & 1
            if mine != ZONE and marks[one]:
                continue
            there = net.end[one, 1 - end]
            if label[there] == _UNSEEN:
                side = _side(plane, corners, net.node_at[there, 0], net.node_at[there, 1])
                node[junctions] = zone_node[in_zone] = there
                label[there] = FIRST_JUNCTION + junctions if side == FIRST_JUNCTION else side
                junctions += side == FIRST_JUNCTION
                in_zone += side == ZONE
            # Stretches to junctions met before were added from there.
            if label[there] == OUTSIDE or label[there] > mine:
                low[stretches], high[stretches] = mine, label[there]
                street[stretches], low_end[stretches] = one, end
                stretches += 1
        if place == junctions:
            break
        mine = FIRST_JUNCTION + place
        row, last = net.node_first[node[place]], net.node_first[node[place] + 1]
        place += 1
    outside = bool((high[:stretches] == OUTSIDE).any())
    return Window(
        node[:junctions].copy(), low[:stretches].copy(), high[:stretches].copy(),
        street[:stretches].copy(), low_end[:stretches].copy(), outside, len(inside),
        zone_node[:in_zone].copy(),
    )  # fmt: skip
