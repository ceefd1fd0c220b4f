"""Exact travel times by road."""

from copy import copy

import numpy as np
import numpy.typing as npt

from anlan_engine.hierarchy import Metric
from anlan_engine.roads.graph import MM_BITS, RoadGraph
from anlan_engine.routing.conditions import FREE, Conditions
from anlan_engine.routing.errors import RoutingError
from anlan_engine.routing.lines import drawn
from anlan_engine.routing.network import FAR, MM_MASK, Network, Networks
from anlan_engine.routing.places import placed, placed_one
from anlan_engine.routing.results import Arrivals, Path, Table
from anlan_engine.routing.routes import fastest_route
from anlan_engine.routing.searches import between, came_to, from_one, left_to, to_one
from anlan_engine.routing.tracked import Tracked

F64 = npt.NDArray[np.float64]
I64 = npt.NDArray[np.int64]


LABEL_ARCS = 1_000
"""Preparing one position costs about as much as sweeping over this many arcs of the hierarchy."""


class RoadTimes:
    """Travel times on one road graph: exact, with one-way streets, turn restrictions, closures.

    A position is taken to the nearest street (at most `REACH_M` away, on foot at a walk), where it
    may be left or reached in every open direction. Times are whole milliseconds inside and equal
    those of Dijkstra's algorithm on the arcs and turns of the graph.

    Where streets are closed (`under`), nobody drives through them. Whoever stands on one may drive
    off it, and a place on one may be driven to from its ends, in the directions the map allows. A
    position that closures cut off cannot be reached, or cannot leave: inf.

    Nothing in it changes: use one from many threads.

    Parameters
    ----------
    graph : RoadGraph
    metric : Metric, optional
        That of a city pack, where it is stored. Without it the hierarchy is built: milliseconds for
        a few streets, a second or two for a city.

    Attributes
    ----------
    graph : RoadGraph
    conditions : Conditions
    networks : Networks
        What travel times under all conditions share.
    network : Network
        What the searches read.

    Raises
    ------
    RoutingError
        NO_STREETS where the graph is empty.
    """

    def __init__(self, graph: RoadGraph, metric: Metric | None = None) -> None:
        if not graph.arcs:
            raise RoutingError(code="NO_STREETS")
        self.graph = graph
        self.conditions = FREE
        self.networks = Networks(graph, metric)
        self.network: Network = self.networks.free

    def under(self, conditions: Conditions) -> "RoadTimes":
        """Give the travel times under other conditions, made for this graph.

        They take the place of the present ones. What both have in common is shared. Closures cost
        a partial customization of the hierarchy, speeds a whole one; the last few sets of speeds
        are kept.

        Raises
        ------
        RoutingError
            OTHER_GRAPH where the conditions close arcs that this graph does not have.
        """
        if len(conditions.closed) and conditions.closed[-1] >= self.graph.arcs:
            raise RoutingError(code="OTHER_GRAPH")
        other = copy(self)
        other.conditions = conditions
        other.network = self.networks.under(conditions)
        return other

    def times_to(
        self, lon: float, lat: float, origins: F64, *, limit_s: float | None = None
    ) -> Arrivals:
        """Travel times from many origins to one place.

        By labels of the origins where they are few for the network, else by one sweep over it.

        Parameters
        ----------
        lon, lat : float
            The place, degrees.
        origins : float64[n, 2]
            Longitude, latitude in degrees. One further than `REACH_M` from every street is
            unreachable (inf).
        limit_s : float, optional
            Longer times are given as inf; a smaller limit is answered faster.

        Returns
        -------
        Arrivals
            In the order of `origins`.

        Raises
        ------
        RoutingError
            INVALID_POSITION for numbers that are no position (index -1 is the place itself),
            OFF_NETWORK where the place is further than `REACH_M` from every street,
            INVALID_LIMIT.
        """
        limit = _limit(limit_s)
        here, others = placed_one(self.network, lon, lat), placed(self.network, origins)
        if (
            limit_s is None
            and len(others.segment) * LABEL_ARCS < self.network.metric.hierarchy.up_arc_count
        ):
            return Tracked(self.network, others).times_to(lon, lat)
        costs = to_one(self.network, others, here, limit)
        return _arrivals(costs, here.foot + others.foot, limit_s)

    def times_from(
        self, lon: float, lat: float, targets: F64, *, limit_s: float | None = None
    ) -> Arrivals:
        """Travel times from one place to many targets: as `times_to`, the other way."""
        limit = _limit(limit_s)
        here, others = placed_one(self.network, lon, lat), placed(self.network, targets)
        costs = from_one(self.network, here, others, limit)
        return _arrivals(costs, here.foot + others.foot, limit_s)

    def entered(self, lon: float, lat: float, limit_s: float, *, inbound: bool = False) -> I64:
        """Packed costs from a place to the start of every arc, or back: int64[arcs].

        `FAR` for arcs that are not reached within the limit. For whoever draws on the network;
        the arcs of the place's own segment always have a cost.

        Raises
        ------
        RoutingError
            INVALID_POSITION, OFF_NETWORK, INVALID_LIMIT.
        """
        limit, graph = _limit(limit_s), self.graph
        here = placed_one(self.network, lon, lat)
        search = left_to if inbound else came_to
        costs = search(self.network, here, limit)
        own = np.arange(*graph.segment_arcs[here.segment[0] : here.segment[0] + 2])
        costs[own] = np.minimum(costs[own], limit)
        return costs

    def times_between(self, origins: F64, targets: F64) -> Table:
        """Travel times from each of n origins to each of p targets.

        Parameters
        ----------
        origins : float64[n, 2], targets : float64[p, 2]
            Longitude, latitude in degrees; those off the network are unreachable (inf).

        Raises
        ------
        RoutingError
            INVALID_POSITION.
        """
        begin, finish = placed(self.network, origins), placed(self.network, targets)
        costs = between(self.network, begin, finish)
        travel_s, distance_m = _unpacked(costs, begin.foot[:, np.newaxis] + finish.foot)
        return Table(travel_s, distance_m)

    def tracked(self, positions: F64) -> Tracked:
        """Prepare n positions to be asked about again and again: see `Tracked`.

        Raises
        ------
        RoutingError
            INVALID_POSITION.
        """
        return Tracked(self.network, placed(self.network, positions))

    def path(self, lon1: float, lat1: float, lon2: float, lat2: float) -> Path:
        """Draw the fastest route, with the time at each of its points.

        Parameters
        ----------
        lon1, lat1, lon2, lat2 : float
            From and to, degrees.

        Returns
        -------
        Path
            Begins and ends at the very positions; takes as long as `times_to` says.

        Raises
        ------
        RoutingError
            As `times_to`; OFF_NETWORK for the start too; NO_WAY where closures leave none.
        """
        begin = placed_one(self.network, lon1, lat1)
        finish = placed_one(self.network, lon2, lat2)
        stretches = fastest_route(self.network, begin, finish)
        if stretches is None:
            raise RoutingError(code="NO_WAY", lon1=lon1, lat1=lat1, lon2=lon2, lat2=lat2)
        at = np.array([[lon1, lat1], [lon2, lat2]], np.float64)
        return drawn(self.network, stretches, at, np.concatenate([begin.foot, finish.foot]))


def _limit(limit_s: float | None) -> int:
    """The packed cost that a limit in seconds allows."""
    if limit_s is None:
        return int(FAR)
    if not limit_s > 0:  # NaN too
        raise RoutingError(code="INVALID_LIMIT", limit_s=limit_s)
    return int(min(limit_s * 1000.0, float(FAR >> MM_BITS))) << MM_BITS | MM_MASK


def _arrivals(costs: I64, foot: I64, limit_s: float | None) -> Arrivals:
    travel_s, distance_m = _unpacked(costs, foot)
    if limit_s is not None:
        beyond = travel_s > limit_s
        travel_s[beyond] = distance_m[beyond] = np.inf
    return Arrivals(travel_s, distance_m)


def _unpacked(costs: I64, foot: I64) -> tuple[F64, F64]:
    """Add the ways on foot; seconds and metres, inf where there is no way."""
    reached = costs < FAR
    total = costs + foot
    return (
        np.where(reached, (total >> MM_BITS) / 1000.0, np.inf),
        np.where(reached, (total & MM_MASK) / 1000.0, np.inf),
    )
