"""A posture: where the units stand, and what the dispatcher does with them."""

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from anlan_engine.assign import guard
from anlan_engine.coverage import Reach, cover_gain, no_cover, reach_of
from anlan_engine.simulate.checks import check_places, check_shape
from anlan_engine.simulate.events.tables import Backing, Overlap, Roads
from anlan_engine.simulate.fleet import Fleet
from anlan_engine.simulate.ground import Ground
from anlan_engine.simulate.rules import Expected, Rules


@dataclass(frozen=True, slots=True, eq=False)
class Posture:
    """One way of serving a city, to be simulated or compared with another.

    Attributes
    ----------
    name : str
        For tables.
    ground : Ground
    fleet : Fleet
    rules : Rules

    Raises
    ------
    SimulationError
        OUT_OF_RANGE for a home that is no station; WRONG_SHAPE for demand of other places.
    """

    name: str
    ground: Ground
    fleet: Fleet
    rules: Rules

    def __post_init__(self) -> None:
        """Refuse parts that do not fit together."""
        check_places("home", self.fleet.home, len(self.ground.stations))
        if self.rules.expected is not None:
            check_shape("demand", self.rules.expected.demand, (self.ground.places,))

    def backing(self) -> Backing:
        """Arrange what the stations cover as the event loop wants it, for no idle units yet."""
        stations, units = len(self.ground.stations), len(self.fleet)
        expected, busy_share = self.rules.expected, 0.5
        if expected is not None and (self.rules.moves_up or self.rules.guarded):
            covering, busy_share = covering_on(self.ground, expected), expected.busy_share
        else:
            covering = nothing_covered(stations)
        reach, gain = covering.reach, cover_gain(busy_share, units)
        worth = guard.worth_by_depth(busy_share, units)
        return Backing(
            reach=reach,
            gain=gain,
            cover=no_cover(reach, gain),
            room=np.full(stations, units, np.int64),
            overlap=covering.overlap,
            steps=np.empty(len(reach.demand)),
            guard=guard.Cover(covering.first, reach.demand, reach.weight, worth),
            depth=np.zeros(len(reach.weight), np.int32),
            asked_unit=np.empty(units + stations, np.int32),
            asked_base=np.empty(units + stations, np.int32),
            asked_s=np.empty(units + stations),
        )


class Covering(NamedTuple):
    """What never changes in a `Backing`; `first` is `reach.by_site` as the guard wants it."""

    reach: Reach
    overlap: Overlap
    first: npt.NDArray[np.int32]


@lru_cache(maxsize=8)
def covering_on(ground: Ground, expected: Expected) -> Covering:
    """Return what the stations cover, kept for the next run with the same ground and demand."""
    return covering_of(*grouped(ground.reach(expected.within_s), expected.demand))


@lru_cache(maxsize=8)
def nothing_covered(stations: int) -> Covering:
    """Return what stations cover where nobody asks."""
    return covering_of(np.zeros((stations, 0), bool), np.zeros(0))


def covering_of(covers: npt.NDArray[np.bool_], demand: npt.NDArray[np.float64]) -> Covering:
    """Arrange what stations cover; `covers` is (stations, demand)."""
    reach = reach_of(covers, demand)
    return Covering(reach, overlap_of(covers), reach.by_site.astype(np.int32))


@lru_cache(maxsize=4)
def roads_of(ground: Ground, priorities: int) -> Roads:
    """Return `Ground.roads`, kept for the next run on the same ground."""
    return ground.roads(priorities)


def grouped(
    reach: npt.NDArray[np.bool_], demand: npt.NDArray[np.float64]
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.float64]]:
    """Join the places that exactly the same stations reach.

    Returns
    -------
    covers : array of bool, shape (S, G)
    demand : array of float, shape (G,)
        Shares of the whole demand; groups without any, or that nobody reaches, are left out.
    """
    columns, group = np.unique(reach, axis=1, return_inverse=True)
    share = np.bincount(group.ravel(), demand, columns.shape[1]) / demand.sum()
    useful = (share > 0) & columns.any(axis=0)
    return columns[:, useful], share[useful]


def overlap_of(covers: npt.NDArray[np.bool_]) -> Overlap:
    """List which stations share demand, and which; `covers` is (stations, demand)."""
    beside, rows = [], []
    for own in covers:
        shared = covers[:, own]
        beside.append(np.flatnonzero(shared.any(axis=1)))
        rows += [np.flatnonzero(shared[station]) for station in beside[-1]]
    return Overlap(_starts(beside), _joined(beside), _starts(rows), _joined(rows))


def _starts(lists: list[npt.NDArray[np.intp]]) -> npt.NDArray[np.int32]:
    return np.concatenate([[0], np.cumsum([len(one) for one in lists])]).astype(np.int32)


def _joined(lists: list[npt.NDArray[np.intp]]) -> npt.NDArray[np.int32]:
    return np.concatenate([*lists, np.empty(0, np.intp)]).astype(np.int32)
