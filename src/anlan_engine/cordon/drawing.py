"""Draw a cordon: the one entry point."""

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from anlan_engine.cordon.costs import CANNOT_HOLD, HoldCosts
from anlan_engine.cordon.cutting import minimum_cut
from anlan_engine.cordon.errors import CordonError
from anlan_engine.cordon.net import NO_ARC, StreetNet
from anlan_engine.cordon.standing import stands
from anlan_engine.cordon.window import Plane, Window, lies_outside, window
from anlan_engine.cordon.zone import Zone
from anlan_engine.roads.graph import DEGREE_UNITS, NO_NAME
from anlan_engine.sphere import METRES_PER_DEGREE

F64 = npt.NDArray[np.float64]
I32 = npt.NDArray[np.int32]
I64 = npt.NDArray[np.int64]


class Kind(StrEnum):
    """What is held."""

    STREET = "STREET"
    JUNCTION = "JUNCTION"


@dataclass(frozen=True, slots=True)
class HoldPoint:
    """One point of a cordon.

    Attributes
    ----------
    kind : Kind
    row : int
        Row of the street (in `StreetNet.end`) or of the junction (in `StreetNet.node_at`).
    lon, lat : float
        Where to stand, degrees: outside the zone.
    name : int
        Row in the city's table of street names, of a junction's first named street; -1 for none.
    units : int
        How many units it takes; 0 where it is held already.
    arcs : tuple of int
        Arcs of the graph that are blocked.
    """

    kind: Kind
    row: int
    lon: float
    lat: float
    name: int
    units: int
    arcs: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Cordon:
    """A minimum set of points that keeps every vehicle in or out.

    Attributes
    ----------
    units : int
        What all points take together: no set of points between the zone and the limit takes less
        (equal to the maximum flow).
    street : int32[points held on a street]
        Rows of the streets. A street that runs through the zone may be held on both sides.
    junction : int32[points held at a junction]
        Rows of the junctions.
    at : float64[points, 2]
        Longitude, latitude in degrees: streets first, junctions after.
    needed : int64[points]
        Units each takes, in the same order; 0 where it is held already.
    enclosed : int32[...]
        Junctions inside the cordon.
    considered : int
        Junctions that were looked at, between the zone and the limit.
    at_map_edge : bool
        The limit reaches to the edge of the map or beyond it: roads that leave the map there are
        not known, and not held.
    """

    units: int
    street: I32
    junction: I32
    at: F64
    needed: I64
    enclosed: I32
    considered: int
    at_map_edge: bool

    def __len__(self) -> int:
        """Count the points."""
        return len(self.at)

    def arcs(self, net: StreetNet) -> I32:
        """List the arcs that are blocked, each once: closures for routing round the cordon."""
        streets = [self.street, *(_streets_at(net, int(row)) for row in self.junction)]
        blocked = np.unique(net.arc[np.concatenate(streets)])
        open_before: I32 = blocked[blocked != NO_ARC]
        return open_before

    def points(self, net: StreetNet) -> tuple[HoldPoint, ...]:
        """Give each point as a person needs it."""
        rows = [(Kind.STREET, int(row), np.array([row])) for row in self.street]
        rows += [(Kind.JUNCTION, int(row), _streets_at(net, int(row))) for row in self.junction]
        return tuple(
            HoldPoint(kind, row, float(at[0]), float(at[1]), _name(net, streets), int(units),
                      tuple(int(arc) for arc in np.unique(net.arc[streets]) if arc != NO_ARC))
            for (kind, row, streets), at, units in zip(rows, self.at, self.needed, strict=True)
        )  # fmt: skip


def draw_cordon(
    net: StreetNet, zone: Zone, *, within_m: float, costs: HoldCosts | None = None
) -> Cordon:
    """Find the fewest points to hold so that no vehicle gets into a zone or out of it.

    One-way streets count in both directions: who flees or panics drives them the wrong way too.
    Turn restrictions are not relied on, for the same reason.

    Parameters
    ----------
    net : StreetNet
    zone : Zone
        Points lie outside it.
    within_m : float
        Junctions further than this from the zone's edge count as outside; points lie on this side
        of the limit. A wider limit never takes more units.
    costs : HoldCosts, optional
        By default `HoldCosts.standard(net)`: pass it in where many cordons are drawn.

    Returns
    -------
    Cordon
        Of all cheapest ones the one nearest to the zone. Without points where no road leads out.

    Raises
    ------
    CordonError
        BAD_LIMIT; BAD_NETWORK for costs of another network; NOTHING_INSIDE where no street runs
        through the zone; NOTHING_OUTSIDE where the limit takes in the whole network; CANNOT_HOLD
        where every cordon would need a point that nobody can hold.

    Notes
    -----
    Minimum cut by maximum flow (Ford and Fulkerson 1962; Dinic 1970) between the zone and the
    outside, with costs on streets and junctions.
    """
    costs = costs or HoldCosts.standard(net)
    if len(costs.street) != len(net.end) or len(costs.junction) != len(net.node_at):
        raise CordonError(code="BAD_NETWORK", what="costs", reason="made for another network")
    plane, corners, found = surroundings(net, zone, within_m)
    cut = minimum_cut(found, costs.street, costs.junction)
    street, junction = found.street[cut.stretch], found.node[cut.junction]
    cordon = Cordon(
        units=cut.value,
        street=street,
        junction=junction,
        at=stands(net, plane, corners, found, cut),
        needed=np.concatenate([costs.street[street], costs.junction[junction]]),
        enclosed=np.concatenate([found.zone_node, found.node[cut.enclosed]]),
        considered=len(found.node),
        at_map_edge=_at_map_edge(net, plane, corners),
    )
    if cut.value >= CANNOT_HOLD:
        raise _cannot_hold(cordon)
    return cordon


class Surroundings(NamedTuple):
    """The network between a zone and a limit, and the plane it was measured on."""

    plane: Plane
    corners: F64
    found: Window


def surroundings(net: StreetNet, zone: Zone, within_m: float) -> Surroundings:
    """Cut out the network between a zone and a limit.

    Raises
    ------
    CordonError
        BAD_LIMIT, NOTHING_INSIDE, NOTHING_OUTSIDE.
    """
    plane, corners = _plane(zone, within_m), zone.plane
    found = window(net, plane, corners)
    if not found.inside:
        raise CordonError(code="NOTHING_INSIDE")
    if not found.outside and not lies_outside(net, plane, corners):
        raise CordonError(code="NOTHING_OUTSIDE", within_m=float(within_m))
    return Surroundings(plane, corners, found)


def _plane(zone: Zone, within_m: float) -> Plane:
    """Lay the plane of a zone."""
    if not (np.isfinite(within_m) and within_m > 0):
        raise CordonError(code="BAD_LIMIT", metres=float(within_m))
    lon, lat = zone.origin
    east_m = METRES_PER_DEGREE * math.cos(math.radians(lat))
    return Plane(lon, lat, east_m, METRES_PER_DEGREE, float(zone.radius_m), float(within_m))


def _at_map_edge(net: StreetNet, plane: Plane, corners: F64) -> bool:
    """Whether the box of the limit reaches beyond the grid of the network."""
    more_m = plane.radius_m + plane.within_m
    scale, origin = (plane.east_m, plane.north_m), (plane.lon, plane.lat)
    low = ((corners.min(axis=0) - more_m) / scale + origin) * DEGREE_UNITS
    high = ((corners.max(axis=0) + more_m) / scale + origin) * DEGREE_UNITS
    south_west, cell = net.grid_box[:2], net.grid_box[2:]
    # The last cell may be all but empty.
    north_east = south_west + cell * (net.grid_size - 1)
    return bool((low < south_west).any() or (high > north_east).any())


def _cannot_hold(cordon: Cordon) -> CordonError:
    """Name one of the points that would have to be held but cannot."""
    row = int(np.argmax(cordon.needed))
    if row < len(cordon.street):
        return CordonError(code="CANNOT_HOLD", kind="street", row=int(cordon.street[row]))
    row -= len(cordon.street)
    return CordonError(code="CANNOT_HOLD", kind="junction", row=int(cordon.junction[row]))


def _streets_at(net: StreetNet, node: int) -> I32:
    """Streets that meet at a junction."""
    return net.node_end[net.node_first[node] : net.node_first[node + 1]] >> 1


def _name(net: StreetNet, streets: I32) -> int:
    """Row of the first name among streets."""
    names = net.name[streets]
    named = names[names != NO_NAME]
    return int(named[0]) if len(named) else NO_NAME
