"""Isochrones: inside if reached in time."""

import math

import numpy as np
import pytest
import shapely

from anlan_engine.city import City
from anlan_engine.roads.build import StreetWay, build_graph
from anlan_engine.routing import FREE, Conditions, RoadTimes, RoutingError
from anlan_engine.routing.reach import CELLS_MAX, reach

METRES = 111_195.08


def road(length_m: float) -> RoadTimes:
    """One straight street along the equator at 36 km/h."""
    at = {1: (0, 0), 2: (round(length_m / METRES * 1e7), 0)}
    return RoadTimes(build_graph([StreetWay(1, (1, 2), 0, 36.0, 36.0)], at, []).graph)


def test_along_a_straight_street_one_gets_as_far_as_the_time_allows() -> None:
    one, two = reach(road(5_000.0), 2_500 / METRES, 0.0, [60.0, 120.0])
    for area, metres in ((one.area, 600.0), (two.area, 1_200.0)):
        west, _, east, _ = (side * METRES for side in area.bounds)
        assert west == pytest.approx(2_500 - metres, abs=one.cell_m)
        assert east == pytest.approx(2_500 + metres, abs=one.cell_m)
    assert shapely.covers(two.area, one.area)
    assert (one.limit_s, two.limit_s) == (60.0, 120.0)


def test_beside_the_street_one_walks() -> None:
    (reached,) = reach(road(2_000.0), 0.0, 0.0, [50.0])
    _, south, _, north = (side * METRES for side in reached.area.bounds)
    assert north == pytest.approx(70.0, abs=reached.cell_m)
    assert south == pytest.approx(-70.0, abs=reached.cell_m)


@pytest.mark.parametrize("inbound", [False, True])
def test_positions_inside_are_those_that_are_reached(helsinki: City, *, inbound: bool) -> None:
    """Where all around a position agree: in 25 points as far away as the middle of its cell."""
    times = helsinki.road_times
    lon, lat = helsinki.meta["centre"]
    areas = reach(times, lon, lat, [180.0, 60.0, 300.0], inbound=inbound)
    west, south, east, north = areas[2].area.bounds
    positions = np.random.default_rng(2).uniform((west, south), (east, north), (800, 2))
    step = areas[0].cell_m / METRES / np.sqrt(2) / 2 * np.arange(-2, 3)
    around = np.stack(np.meshgrid(step / math.cos(math.radians(lat)), step), -1).reshape(-1, 2)
    every = (positions[:, np.newaxis] + around).reshape(-1, 2)
    ask = times.times_to if inbound else times.times_from
    travel_s = ask(lon, lat, every).travel_s.reshape(len(positions), -1)
    for reached in areas:
        inside = shapely.contains_xy(reached.area, positions)
        within = travel_s <= reached.limit_s
        clear = within.all(axis=1) | ~within.any(axis=1)
        assert clear.sum() > 400
        assert (inside == within.all(axis=1))[clear].all()


def test_closures_narrow_the_area(helsinki: City) -> None:
    times = helsinki.road_times
    lon, lat = helsinki.meta["centre"]
    (free,) = reach(times, lon, lat, [120.0])
    rng = np.random.default_rng(3)
    arcs = np.flatnonzero(rng.random(times.graph.arcs) < 0.3).astype(np.int32)
    (closed,) = reach(times.under(Conditions(arcs, FREE.speeds)), lon, lat, [120.0])
    assert 0 < closed.area.area < 0.9 * free.area.area


def test_the_number_of_cells_is_bounded() -> None:
    (reached,) = reach(road(90_000.0), 0.0, 0.0, [9_000.0])
    west, south, east, north = reached.area.bounds
    cells = (east - west) * (north - south) * (METRES / reached.cell_m) ** 2
    assert cells <= 1.1 * CELLS_MAX


def test_bad_questions_are_refused() -> None:
    times = road(1_000.0)
    assert reach(times, 0.0, 0.0, []) == ()
    for limit in (0.0, -1.0, math.nan, math.inf):
        with pytest.raises(RoutingError) as refusal:
            reach(times, 0.0, 0.0, [60.0, limit])
        assert refusal.value.code == "INVALID_LIMIT"
    with pytest.raises(RoutingError) as refusal:
        reach(times, 1.0, 1.0, [60.0])
    assert refusal.value.code == "OFF_NETWORK"
