"""Exact travel times by road."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from anlan_engine.roads.graph import MM_BITS, RoadGraph
from anlan_engine.roads.snapping import NO_SEGMENT, snap
from anlan_engine.routing.errors import RoutingError
from anlan_engine.routing.lines import Stretch, drawn
from anlan_engine.routing.places import MM_MASK, Places, places_on
from anlan_engine.routing.results import Arrivals, Path
from anlan_engine.routing.spread import FAR, NO_ARC, spread

F64 = npt.NDArray[np.float64]
I32 = npt.NDArray[np.int32]
I64 = npt.NDArray[np.int64]
Bool = npt.NDArray[np.bool_]

REACH_M = 500.0
"""A position further than this from every street is off the network."""


class _Search(NamedTuple):
    """One finished search between one place and n others; columns are sides of their segments.

    Attributes
    ----------
    total : int64[n, 2]
        Cost without the ways on foot; `FAR` where there is no way.
    along : bool[n, 2]
        Whether that way stays on the segment both share.
    parent : int32[arcs]
        The arc before each on its best route.
    """

    total: I64
    along: Bool
    parent: I32


class RoadTimes:
    """Travel times on one road graph: exact, with one-way streets and turn restrictions.

    A position is taken to the nearest street (at most `REACH_M` away, on foot at a walk), where it
    may be left or reached in every open direction. Times are whole milliseconds inside and equal
    those of Dijkstra's algorithm on the arcs and turns of the graph.

    Instances hold nothing but the graph: use one from many threads.

    Parameters
    ----------
    graph : RoadGraph

    Raises
    ------
    RoutingError
        NO_STREETS where the graph is empty.
    """

    def __init__(self, graph: RoadGraph) -> None:
        if not graph.arcs:
            raise RoutingError(code="NO_STREETS")
        self.graph = graph

    def times_to(
        self, lon: float, lat: float, origins: F64, *, limit_s: float | None = None
    ) -> Arrivals:
        """Travel times from many origins to one place, by one search backwards.

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
            OFF_NETWORK where the place is further than `REACH_M` from every street.
        """
        here, others = self._one(lon, lat), self._many(origins)
        search = self._search(here, others, _limit(limit_s), backward=True)
        return _arrivals(search, here, others, limit_s)

    def times_from(
        self, lon: float, lat: float, targets: F64, *, limit_s: float | None = None
    ) -> Arrivals:
        """Travel times from one place to many targets: as `times_to`, the other way."""
        here, others = self._one(lon, lat), self._many(targets)
        search = self._search(here, others, _limit(limit_s), backward=False)
        return _arrivals(search, here, others, limit_s)

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
            As `times_to`; OFF_NETWORK for the start too.
        """
        start, end = self._one(lon1, lat1), self._one(lon2, lat2)
        search = self._search(start, end, int(FAR), backward=False)
        stretches = self._stretches(search, start, end)
        ends = np.array([[lon1, lat1], [lon2, lat2]], np.float64)
        return drawn(self.graph, stretches, ends, np.concatenate([start.foot, end.foot]))

    def _stretches(self, search: _Search, start: Places, end: Places) -> list[Stretch]:
        """Trace the best way of a search forwards, from its end to its start."""
        side = int(np.argmin(search.total[0]))
        arc, end_mm = int(end.arc[0, side]), int(end.along_mm[0, side])
        if search.along[0, side]:
            return [Stretch(arc, int(start.along_mm[0, side]), end_mm)]
        stretches = [Stretch(arc, 0, end_mm)]
        while (before := int(search.parent[arc])) != NO_ARC:
            stretches.append(Stretch(before, 0, None))
            arc = before
        stretches.append(self._departure(start, arc))
        return stretches[::-1]

    def _departure(self, start: Places, seed: int) -> Stretch:
        """Find the cheaper side of the starting segment from which `seed` may follow."""
        graph = self.graph
        options = [
            (int(after), int(arc), int(along_mm))
            for arc, after, along_mm in zip(
                start.arc[0], start.after[0], start.along_mm[0], strict=True
            )
            if arc != NO_ARC
            and seed in graph.turn_to[graph.turn_first[arc] : graph.turn_first[arc + 1]]
        ]
        _, arc, along_mm = min(options)
        return Stretch(arc, along_mm, None)

    def _one(self, lon: float, lat: float) -> Places:
        """Place one position that must be on the network."""
        positions = np.array([[lon, lat]], np.float64)
        _check(positions, first_index=-1)
        spots = snap(self.graph, positions, REACH_M)
        if spots.segment[0] == NO_SEGMENT:
            raise RoutingError(code="OFF_NETWORK", reach_m=REACH_M, lon=float(lon), lat=float(lat))
        return places_on(self.graph, spots)

    def _many(self, positions: F64) -> Places:
        """Place many positions, on the network or not."""
        table = np.asarray(positions, np.float64).reshape(-1, 2)
        _check(table, first_index=0)
        return places_on(self.graph, snap(self.graph, table, REACH_M))

    def _search(self, here: Places, others: Places, limit: int, *, backward: bool) -> _Search:
        """Search once from `here` to all `others`, or from all of them back to `here`."""
        graph = self.graph
        if backward:
            first, to, rest, others_rest = (
                graph.back_first,
                graph.back_from,
                here.before,
                others.after,
            )
            start, end = others, here
        else:
            first, to, rest, others_rest = (
                graph.turn_first,
                graph.turn_to,
                here.after,
                others.before,
            )
            start, end = here, others
        seeds, seed_costs = _next_arcs(here.arc[0], rest[0], first, to)
        on_network = others.arc != NO_ARC
        entered, parent = spread(
            first, to, graph.arc_cost, seeds, seed_costs, others.arc[on_network], limit
        )
        by_turns = np.where(on_network, entered[others.arc] + others_rest, FAR)
        shared = on_network & (others.arc == here.arc) & (start.along_mm <= end.along_mm)
        along = np.where(shared, end.before - start.before, FAR)
        return _Search(np.minimum(by_turns, along), along <= by_turns, parent)


def _check(positions: F64, *, first_index: int) -> None:
    """Refuse rows that are no longitude and latitude."""
    valid = (np.abs(positions) <= (180.0, 90.0)).all(axis=1)  # False for NaN
    if not valid.all():
        row = int(np.argmin(valid))
        lon, lat = positions[row].tolist()
        raise RoutingError(code="INVALID_POSITION", index=row + first_index, lon=lon, lat=lat)


def _limit(limit_s: float | None) -> int:
    """The packed cost that a limit in seconds allows."""
    if limit_s is None:
        return int(FAR)
    return (int(limit_s * 1000.0) << MM_BITS) | MM_MASK


def _next_arcs(arcs: I32, costs: I64, first: I32, to: I32) -> tuple[I32, I64]:
    """Arcs one turn away from a spot's two sides, and the cost to get there."""
    runs = [
        (to[first[arc] : first[arc + 1]], cost)
        for arc, cost in zip(arcs.tolist(), costs.tolist(), strict=True)
        if arc != NO_ARC
    ]
    seed_costs = [np.full(len(run), cost, np.int64) for run, cost in runs]
    return np.concatenate([run for run, _ in runs]), np.concatenate(seed_costs)


def _arrivals(search: _Search, here: Places, others: Places, limit_s: float | None) -> Arrivals:
    """Add the ways on foot and unpack seconds and metres."""
    best = search.total.min(axis=1)
    total = best + here.foot[0] + others.foot
    travel_s = (total >> MM_BITS) / 1000.0
    reached = best < FAR
    if limit_s is not None:
        reached &= travel_s <= limit_s
    distance_m = (total & MM_MASK) / 1000.0
    return Arrivals(np.where(reached, travel_s, np.inf), np.where(reached, distance_m, np.inf))
