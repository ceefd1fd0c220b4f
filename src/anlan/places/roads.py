"""The roads of the installed city.

Roads are driven under the closures that people have entered. A process keeps travel times by what
is closed, never by when it asked: so no closure is missed and none outlives its end.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from uuid import UUID

import numpy as np
import structlog

from anlan.kernel.access import system_actor
from anlan.kernel.scope import scoped
from anlan.places import selectors
from anlan.places.city_pack import city
from anlan.places.errors import CityMissingError
from anlan.places.models import RoadClosure
from anlan.places.selectors import ClosedShape
from anlan_engine.routing import Area, Conditions, Disc, RoadTimes, RoutingError, closed_arcs
from anlan_engine.routing.closures import Shape

log = structlog.get_logger("anlan.places")

TIMES_KEPT = 8  # sets of closures whose travel times are at hand
DRIVER = system_actor("road-times")


@dataclass(frozen=True, slots=True)
class Roads:
    """Travel times, and the closures under which they were worked out."""

    times: RoadTimes
    closures: tuple[UUID, ...]


def roads_at(at: datetime) -> Roads:
    """Return travel times under all closures in force at an instant, whoever entered them.

    One short query for each question; what it finds decides, so that a closure counts in every
    process from its commit on. A closure closes roads for everybody: it is read in every area.
    """
    return roads_closed_by(selectors.closures_in_force(at))


def roads_under(closures: Sequence[UUID]) -> Roads:
    """Return travel times under these closures, in force or not: to get an old answer again."""
    with scoped(DRIVER):
        return roads_closed_by(selectors.closures_of(closures))


def roads_closed_by(closures: Sequence[RoadClosure | ClosedShape]) -> Roads:
    """Return travel times under closures that were read already, in the order of their ids."""
    shapes = tuple(shape_of(closure) for closure in closures)
    return Roads(_times_under(shapes), tuple(closure.id for closure in closures))


def shape_of(closure: RoadClosure | ClosedShape) -> Shape:
    """Return the shape of a closure as the engine takes it."""
    if closure.polygon is None:
        return Disc(closure.lon, closure.lat, float(closure.radius_m or 0.0))
    return Area(tuple((float(lon), float(lat)) for lon, lat in closure.polygon["coordinates"][0]))


def closes_a_street(shape: Shape) -> bool:
    """Return whether a shape touches any street."""
    return len(closed_arcs(city().graph, shape)) > 0


@lru_cache(maxsize=TIMES_KEPT)
def _times_under(shapes: tuple[Shape, ...]) -> RoadTimes:
    times = city().road_times
    return times.under(_conditions(times, shapes)) if shapes else times


def _conditions(times: RoadTimes, shapes: Iterable[Shape]) -> Conditions:
    arcs = np.concatenate([closed_arcs(times.graph, shape) for shape in shapes])
    return Conditions(np.unique(arcs), times.conditions.speeds)


def warm_up() -> None:
    """Open the city and ask one travel time, so that no first call pays for it.

    Without a city pack there is nothing to warm: the log says why, and each call by itself.
    """
    try:
        lon, lat = city().meta["centre"]
        city().road_times.times_to(lon, lat, np.array([[lon, lat]]))
    except CityMissingError as missing:
        log.warning("city.missing", **missing.facts)
    except RoutingError:
        return
