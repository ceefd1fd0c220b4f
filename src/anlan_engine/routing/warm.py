"""Compile every function of roads and routing by one small question each."""

from datetime import UTC, datetime

import numpy as np

from anlan_engine.roads import NO_NAME
from anlan_engine.roads.build import StreetWay, build_graph
from anlan_engine.routing.closures import Area, Closure, Disc
from anlan_engine.routing.conditions import conditions_at
from anlan_engine.routing.driven import driven_within
from anlan_engine.routing.road_times import RoadTimes

SIDE = 10_000


def warm_routing() -> None:
    """Ask for everything once on a square of streets."""
    at = {1: (0, 0), 2: (SIDE, 0), 3: (SIDE, SIDE), 4: (0, SIDE)}
    around = StreetWay(1, (1, 2, 3, 4, 1), NO_NAME, 30.0, 30.0)
    across = StreetWay(2, (1, 3), NO_NAME, 30.0, 30.0)
    times = RoadTimes(build_graph([around, across], at, []).graph)
    noon = datetime(2026, 1, 1, 12, tzinfo=UTC)
    east = Area(((0.0009, 0.0004), (0.002, 0.0005), (0.0009, 0.0006)))
    shapes = (east, Disc(0.0005, 0.001, 1.0))
    closures = [Closure(shape, noon) for shape in shapes]
    here = np.array([[0.0, 0.0005]])
    for some in (times, times.under(conditions_at(times.graph, noon, closures=closures[:1]))):
        some.times_to(0.0, 0.0, here)
        some.times_from(0.0, 0.0, here)
        some.tracked(here).moved([0], here).times_to(0.0, 0.0)
    conditions_at(times.graph, noon, closures=closures)
    times.times_between(here, here)
    times.path(0.0, 0.0, 0.001, 0.0)
    driven_within(times, here, [60.0, 120.0])
