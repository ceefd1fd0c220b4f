"""How the roads differ from free ones at an instant: what is closed, and how fast one drives."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import numpy.typing as npt

from anlan_engine.roads import ROAD_CLASSES, RoadGraph
from anlan_engine.routing.closures import Closure, closed_arcs
from anlan_engine.routing.errors import RoutingError
from anlan_engine.routing.speeds import SpeedProfile

I32 = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Conditions:
    """What travel times are worked out under, made by `conditions_at`.

    Attributes
    ----------
    closed : int32[k]
        Arcs nobody may drive, ascending.
    speeds : tuple of float
        Speed as a share of the free one, for each of `ROAD_CLASSES`.
    """

    closed: I32
    speeds: tuple[float, ...]


FREE = Conditions(np.zeros(0, np.int32), (1.0,) * len(ROAD_CLASSES))
"""Nothing closed, and speeds as the map tells them."""


def conditions_at(
    graph: RoadGraph,
    at: datetime,
    *,
    closures: Iterable[Closure] = (),
    speeds: SpeedProfile | None = None,
) -> Conditions:
    """Work out the conditions at an instant.

    Whoever leaves at `at` is taken to drive the whole way under the closures and speeds of that
    instant: one slice of the profile for each departure hour. A journey over a change of hour is
    not split, and a closure that begins or ends on the way is not foreseen.

    Parameters
    ----------
    graph : RoadGraph
    at : datetime
        With a time zone.
    closures : iterable of Closure
        Those in force at `at` count.
    speeds : SpeedProfile, optional
        By default one drives as fast as on free roads.

    Raises
    ------
    RoutingError
        NAIVE_TIME; INVALID_SHAPE for a closure that has no shape.
    """
    if at.tzinfo is None:
        raise RoutingError(code="NAIVE_TIME", at=at.isoformat())
    shut = [closed_arcs(graph, closure.shape) for closure in closures if closure.in_force(at)]
    return Conditions(
        closed=np.unique(np.concatenate([FREE.closed, *shut])).astype(np.int32),
        speeds=speeds.at(at) if speeds else FREE.speeds,
    )
