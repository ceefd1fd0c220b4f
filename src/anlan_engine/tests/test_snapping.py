"""Snapping finds the same nearest street as looking at every one."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from anlan_engine.city import City
from anlan_engine.roads.build import StreetWay, build_graph
from anlan_engine.roads.snapping import NO_SEGMENT, snap
from anlan_engine.tests.oracle import Oracle

SMALL = st.integers(-300, 300)


@given(
    st.lists(st.tuples(SMALL, SMALL), min_size=2, max_size=8, unique=True),
    st.tuples(SMALL, SMALL),
)
def test_the_nearest_point_is_found(nodes: list[tuple[int, int]], query: tuple[int, int]) -> None:
    """Positions in ten-thousandths of a degree, near 60 degrees north: several grid cells."""
    at = {n: (x * 1000, 600_000_000 + y * 1000) for n, (x, y) in enumerate(nodes)}
    ways = [StreetWay(n, (n, n + 1), n, 30.0, 30.0) for n in range(len(nodes) - 1)]
    graph = build_graph(ways, at, []).graph
    lon, lat = query[0] / 1e4, 60.0 + query[1] / 1e4
    spots = snap(graph, np.array([[lon, lat]]), 1e6)
    _, _, away_m = Oracle(graph).spot(lon, lat)
    assert spots.away_m[0] == away_m


def test_every_spot_in_the_city_equals_the_brute_force(helsinki: City) -> None:
    oracle = Oracle(helsinki.graph)
    west, south, east, north = helsinki.meta["bounds"]
    rng = np.random.default_rng(3)
    positions = rng.uniform((west, south), (east, north), (150, 2))
    spots = snap(helsinki.graph, positions, 5000.0)
    found = list(zip(spots.segment, spots.along_mm, spots.away_m, strict=True))
    assert found == [oracle.spot(lon, lat) for lon, lat in positions]


def test_beyond_the_reach_there_is_no_street() -> None:
    graph = build_graph(
        [StreetWay(1, (1, 2), 0, 30.0, 30.0)], {1: (0, 0), 2: (10_000, 0)}, []
    ).graph
    hundred_m_north = 100.0 / 111_195.08
    spots = snap(graph, np.array([[0.0005, hundred_m_north]]), 100.1)
    assert spots.segment.tolist() == [0]
    assert abs(spots.away_m[0] - 100.0) < 0.01
    spots = snap(graph, np.array([[0.0005, hundred_m_north]]), 99.9)
    assert spots.segment.tolist() == [NO_SEGMENT]
    assert spots.away_m.tolist() == [np.inf]


def test_of_equally_near_streets_the_first_is_taken() -> None:
    at = {1: (0, 10_000), 2: (10_000, 10_000), 3: (0, -10_000), 4: (10_000, -10_000)}
    ways = [
        StreetWay(1, (1, 2), 0, 30.0, 30.0),
        StreetWay(2, (3, 4), 1, 30.0, 30.0),
        StreetWay(3, (1, 3), 2, 30.0, 30.0),
    ]
    graph = build_graph(ways, at, []).graph
    spots = snap(graph, np.array([[0.0009, 0.0]]), 1000.0)
    assert spots.segment.tolist() == [Oracle(graph).spot(0.0009, 0.0)[0]]
