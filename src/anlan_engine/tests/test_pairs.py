"""100,000 pairs on each of three cities equal SciPy's Dijkstra, with and without closures."""

from functools import cache

import numpy as np
import pytest
from tests.shared_data import shared

from anlan_engine.city import City
from anlan_engine.city.making.streets import road_network
from anlan_engine.roads import RoadGraph
from anlan_engine.routing import FREE, Conditions, RoadTimes
from anlan_engine.tests.pairs import Pairs

ORIGINS, TARGETS = 100, 1_000
CLOSED_SEGMENTS = 40
CITIES = (
    "helsinki",
    "c1_osm_andorra/andorra.osm.pbf",
    "c1_osm_porto_portugal/porto_portugal.osm.pbf",
)


@cache
def built(source: str) -> RoadTimes:
    return RoadTimes(road_network(shared(source)).graph)


@pytest.fixture(scope="module", params=CITIES)
def times(request: pytest.FixtureRequest, helsinki: City) -> RoadTimes:
    return helsinki.road_times if request.param == "helsinki" else built(request.param)


def positions(graph: RoadGraph, seed: int, count: int) -> np.ndarray:
    """Positions on streets and up to some 50 m beside them."""
    rng = np.random.default_rng(seed)
    on_street = graph.shape[rng.integers(0, len(graph.shape), count)] / 1e7
    return on_street + rng.uniform(-0.0004, 0.0004, (count, 2))


def some_closed(graph: RoadGraph) -> np.ndarray:
    """Whole segments, and single directions of others."""
    rng = np.random.default_rng(7)
    segments = rng.choice(graph.segments, CLOSED_SEGMENTS, replace=False)
    whole, half = segments[::2], segments[1::2]
    arcs = np.concatenate([graph.segment_arc[whole].reshape(-1), graph.segment_arc[half, 0]])
    return np.flatnonzero(np.isin(graph.arc_plain, arcs[arcs >= 0])).astype(np.int32)


def check(times: RoadTimes, oracle: Pairs, seed: int) -> np.ndarray:
    graph = times.graph
    origins, targets = positions(graph, seed, ORIGINS), positions(graph, seed + 1, TARGETS)
    expected = oracle.milliseconds(origins, targets) / 1000
    found = times.times_between(origins, targets).travel_s
    assert (found == expected).all()
    tracked = times.tracked(origins)
    for column in range(0, TARGETS, TARGETS // 10):
        lon, lat = targets[column]
        to, kept = times.times_to(lon, lat, origins), tracked.times_to(lon, lat)
        assert (to.travel_s == expected[:, column]).all()
        assert (kept.travel_s == to.travel_s).all()
        assert (kept.distance_m == to.distance_m).all()
    for row in range(0, ORIGINS, ORIGINS // 10):
        out = times.times_from(*origins[row], targets)
        assert (out.travel_s == expected[row]).all()
    return expected


def test_a_hundred_thousand_pairs_equal_dijkstra(times: RoadTimes) -> None:
    expected = check(times, Pairs(times.graph), 11)
    assert np.isfinite(expected).all()


def test_a_hundred_thousand_pairs_equal_dijkstra_under_closures(times: RoadTimes) -> None:
    closed = some_closed(times.graph)
    under = times.under(Conditions(closed, FREE.speeds))
    expected = check(under, Pairs(times.graph, closed), 11)
    assert np.isfinite(expected).mean() > 0.5
