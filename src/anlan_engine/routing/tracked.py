"""Positions that are asked about again and again: each one's way to the network is kept."""

import numpy as np
import numpy.typing as npt

from anlan_engine.hierarchy import Labels
from anlan_engine.roads.graph import MM_BITS
from anlan_engine.routing.network import FAR, MM_MASK, Network
from anlan_engine.routing.places import Places, placed, placed_one
from anlan_engine.routing.results import Arrivals
from anlan_engine.routing.searches import labelled, leaving, to_one

F64 = npt.NDArray[np.float64]
I32 = npt.NDArray[np.int32]


class Tracked:
    """n positions, made ready once: travel times to one place take microseconds for each.

    Immutable: `moved` gives another. Made by `RoadTimes.tracked`, under its conditions.
    """

    def __init__(self, network: Network, places: Places, labels: Labels | None = None) -> None:
        self._network = network
        self._places = places
        if labels is None:
            plain = leaving(network, places._replace(stuck=np.zeros_like(places.stuck)))
            labels = network.metric.origins(plain.arcs, plain.costs)
        self._labels = labels
        self._offset = places.before.max(axis=1, initial=0)
        self._stuck = np.flatnonzero(places.stuck)

    def __len__(self) -> int:
        """Number of positions."""
        return len(self._places.segment)

    def moved(self, which: npt.ArrayLike, positions: F64) -> "Tracked":
        """Put some positions elsewhere; only these are made ready anew.

        Parameters
        ----------
        which : int[c]
            Rows of the positions that moved, each once.
        positions : float64[c, 2]
            Longitude, latitude of where they are now, degrees.

        Raises
        ------
        RoutingError
            INVALID_POSITION, with the row of `positions`.
        """
        rows = np.asarray(which, np.int64).reshape(-1)
        there = placed(self._network, positions)
        plain = leaving(self._network, there._replace(stuck=np.zeros_like(there.stuck)))
        labels = self._labels.moved(rows, plain.arcs, plain.costs)
        return Tracked(self._network, self._places.replaced(rows, there), labels)

    def times_to(self, lon: float, lat: float) -> Arrivals:
        """Travel times from all positions to one place; equal to `RoadTimes.times_to`.

        Raises
        ------
        RoutingError
            INVALID_POSITION, OFF_NETWORK.
        """
        end = placed_one(self._network, lon, lat)
        costs = labelled(self._network, self._labels, self._places, self._offset, end)
        if len(self._stuck):
            costs[self._stuck] = to_one(
                self._network, self._places.rows(self._stuck), end, int(FAR)
            )
        total = costs + end.foot + self._places.foot
        reached = costs < FAR
        return Arrivals(
            np.where(reached, (total >> MM_BITS) / 1000.0, np.inf),
            np.where(reached, (total & MM_MASK) / 1000.0, np.inf),
        )
