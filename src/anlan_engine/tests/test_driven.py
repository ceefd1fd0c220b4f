"""Streets by how soon the first of many drives there."""

import numpy as np
import pytest

from anlan_engine.city import City
from anlan_engine.roads.build import StreetWay, build_graph
from anlan_engine.roads.graph import DEGREE_UNITS, RoadGraph
from anlan_engine.routing import Conditions, Disc, RoadTimes, RoutingError, closed_arcs
from anlan_engine.routing.driven import (
    Stretches,
    drawn_stretches,
    driven_within,
    lengths_m,
    street_m,
)

METRES = 111_195.08
LIMITS_S = (60.0, 180.0, 300.0)


def street(length_m: float) -> RoadTimes:
    """One straight street eastward along the equator at 36 km/h."""
    at = {1: (0, 0), 2: (round(length_m / METRES * 1e7), 0)}
    return RoadTimes(build_graph([StreetWay(1, (1, 2), 0, 36.0, 36.0)], at, []).graph)


def told(stretches: Stretches) -> list[tuple[int, int, int]]:
    """Give the band and the ends of each stretch, in whole metres."""
    mm = zip(stretches.band, stretches.from_mm, stretches.to_mm, strict=True)
    return [(int(band), round(low / 1000), round(high / 1000)) for band, low, high in mm]


def test_bands_lie_on_both_sides_of_who_stands_there() -> None:
    found = driven_within(street(10_000.0), np.array([[5_000 / METRES, 0.0]]), LIMITS_S)
    whole = [(2, 2000, 3200), (1, 3200, 4400), (0, 4400, 5600), (1, 5600, 6800), (2, 6800, 8000)]
    assert told(found) == whole
    assert lengths_m(found, 3) == pytest.approx([1_200.0, 3_600.0, 6_000.0], abs=0.01)


def test_one_way_street_is_driven_one_way() -> None:
    side = round(2_500 / METRES * 1e7)
    at = {1: (0, 0), 2: (side, 0), 3: (side, side), 4: (0, side)}
    ring = StreetWay(1, (1, 2, 3, 4, 1), 0, 36.0, None)
    across = StreetWay(2, (3, 1), 0, 36.0, None)
    times = RoadTimes(build_graph([ring, across], at, []).graph)
    found = driven_within(times, np.array([[1_000 / METRES, 0.0]]), [60.0])
    assert lengths_m(found, 1) == pytest.approx([600.0], abs=0.01)
    line = np.array(drawn_stretches(times.graph, found)[0]) * METRES
    assert line[[0, -1], 0] == pytest.approx([1_000, 1_600], abs=0.2)


def test_nearer_of_two_decides() -> None:
    both = np.array([[4_000 / METRES, 0.0], [5_000 / METRES, 0.0]])
    found = driven_within(street(10_000.0), both, [60.0, 120.0])
    assert told(found) == [(1, 2800, 3400), (0, 3400, 5600), (1, 5600, 6200)]


def test_nobody_reaches_nothing() -> None:
    for nobody in (np.empty((0, 2)), np.array([[1.0, 1.0]])):
        assert told(driven_within(street(1_000.0), nobody, LIMITS_S)) == []


@pytest.mark.parametrize("limits_s", [[0.0], [60.0, 60.0], [-1.0], [float("nan")], [float("inf")]])
def test_limits_rise(limits_s: list[float]) -> None:
    with pytest.raises(RoutingError, match="are no limit"):
        driven_within(street(1_000.0), np.array([[0.0, 0.0]]), limits_s)


def middles(graph: RoadGraph, stretches: Stretches) -> np.ndarray:
    """Positions in the middle of each stretch, degrees."""
    lines = drawn_stretches(graph, stretches)
    half = (stretches.from_mm + stretches.to_mm) // 2
    ends = Stretches(stretches.segment, stretches.band, half, half)
    assert all(len(line) >= 2 for line in lines)
    return np.array([line[0] for line in drawn_stretches(graph, ends)])


@pytest.mark.parametrize("closed", [False, True])
def test_bands_are_those_of_the_fastest_way(helsinki: City, *, closed: bool) -> None:
    """The middle of every stretch is asked about by itself, from everybody."""
    times = helsinki.road_times
    lon, lat = helsinki.meta["centre"]
    if closed:
        arcs = closed_arcs(times.graph, Disc(lon, lat, 150.0))
        times = times.under(Conditions(np.unique(arcs), times.conditions.speeds))
    west, south, east, north = helsinki.meta["bounds"]
    units = np.random.default_rng(7).uniform((west, south), (east, north), (3, 2))
    limits_s = (20.0, 40.0, 80.0)
    found = driven_within(times, units, limits_s)
    at = middles(times.graph, found)
    least_s = np.min([times.times_from(*unit, at).travel_s for unit in units], axis=0)
    bands = np.searchsorted(limits_s, least_s)
    # A middle may be snapped to another street where two lie upon each other, or be a rounding off.
    long = (found.to_mm - found.from_mm) > 2_000
    assert (bands == found.band)[long].mean() > 0.97
    assert set(found.band.tolist()) == {0, 1, 2}


def test_stretches_of_a_segment_do_not_overlap(helsinki: City) -> None:
    graph = helsinki.graph
    found = driven_within(helsinki.road_times, np.array([helsinki.meta["centre"]]), LIMITS_S)
    follows = found.segment[1:] == found.segment[:-1]
    assert (found.to_mm[:-1] <= found.from_mm[1:])[follows].all()
    assert (np.diff(found.segment) >= 0).all()
    assert lengths_m(found, 3)[-1] <= street_m(graph)
    (line,) = drawn_stretches(graph, found.rows(np.array([0])))
    points = slice(*graph.segment_first[found.segment[0] : found.segment[0] + 2])
    near = graph.shape[points] / DEGREE_UNITS
    assert (near.min(axis=0) - 1e-6 <= line[0]).all()
    assert (line[0] <= near.max(axis=0) + 1e-6).all()
