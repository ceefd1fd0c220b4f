"""Travel times on the sample city equal an independent Dijkstra to the millisecond."""

import numpy as np
import pytest

from anlan_engine.city import City
from anlan_engine.routing import RoadTimes, RoutingError
from anlan_engine.tests.oracle import Oracle

PAIRS = 60


def positions(city: City, seed: int, count: int) -> np.ndarray:
    """Positions strewn over the city: on its streets and up to some 50 m beside them."""
    rng = np.random.default_rng(seed)
    shape = city.graph.shape
    on_street = shape[rng.integers(0, len(shape), count)] / 1e7
    return on_street + rng.uniform(-0.0004, 0.0004, (count, 2))


def test_times_to_a_place_equal_scipys_dijkstra(helsinki: City) -> None:
    oracle = Oracle(helsinki.graph)
    times = RoadTimes(helsinki.graph)
    targets, origins = positions(helsinki, 1, 4), positions(helsinki, 2, PAIRS // 4)
    for lon, lat in targets:
        found = times.times_to(lon, lat, origins)
        expected = [oracle.travel_ms(tuple(origin), (lon, lat)) / 1000 for origin in origins]
        assert found.travel_s.tolist() == expected


def test_times_from_a_place_equal_scipys_dijkstra(helsinki: City) -> None:
    oracle = Oracle(helsinki.graph)
    times = RoadTimes(helsinki.graph)
    origin, targets = positions(helsinki, 3, 1)[0], positions(helsinki, 4, 20)
    found = times.times_from(*origin, targets)
    assert found.travel_s.tolist() == [
        oracle.travel_ms(tuple(origin), tuple(target)) / 1000 for target in targets
    ]


def test_there_and_back_agree_in_time_and_distance(helsinki: City) -> None:
    times = RoadTimes(helsinki.graph)
    places = positions(helsinki, 5, 40)
    to = np.array([times.times_to(*place, places).travel_s for place in places]).T
    out = np.array([times.times_from(*place, places).travel_s for place in places])
    assert (to == out).all()
    to_m = np.array([times.times_to(*place, places).distance_m for place in places]).T
    out_m = np.array([times.times_from(*place, places).distance_m for place in places])
    assert (to_m == out_m).all()


def test_a_path_takes_as_long_as_was_said(helsinki: City) -> None:
    times = RoadTimes(helsinki.graph)
    places = positions(helsinki, 6, 30)
    for start, end in zip(places, places[::-1], strict=True):
        said = times.times_to(*end, start[np.newaxis])
        path = times.path(*start, *end)
        assert path.travel_s == said.travel_s[0]
        assert path.distance_m == said.distance_m[0]
        assert (path.coords[0] == start).all()
        assert (path.coords[-1] == end).all()
        assert path.cumulative_s[0] == 0
        assert (np.diff(path.cumulative_s) >= 0).all()


def test_a_limit_hides_what_is_further_and_nothing_else(helsinki: City) -> None:
    times = RoadTimes(helsinki.graph)
    places = positions(helsinki, 7, 50)
    lon, lat = helsinki.meta["centre"]
    free = times.times_to(lon, lat, places).travel_s
    limit_s = float(np.median(free))
    bounded = times.times_to(lon, lat, places, limit_s=limit_s).travel_s
    assert bounded.tolist() == [s if s <= limit_s else np.inf for s in free.tolist()]


def test_no_origins_give_no_arrivals(helsinki: City) -> None:
    lon, lat = helsinki.meta["centre"]
    assert RoadTimes(helsinki.graph).times_to(lon, lat, np.empty((0, 2))).travel_s.tolist() == []


def test_an_origin_off_the_network_is_unreachable(helsinki: City) -> None:
    lon, lat = helsinki.meta["centre"]
    found = RoadTimes(helsinki.graph).times_to(lon, lat, np.array([[0.0, 0.0], [lon, lat]]))
    assert found.travel_s[0] == np.inf
    assert found.distance_m[0] == np.inf
    assert np.isfinite(found.travel_s[1])


def test_a_place_off_the_network_is_refused(helsinki: City) -> None:
    with pytest.raises(RoutingError) as refusal:
        RoadTimes(helsinki.graph).times_to(0.0, 0.0, np.array([[24.94, 60.17]]))
    assert refusal.value.code == "OFF_NETWORK"
    assert refusal.value.facts == {"reach_m": 500.0, "lon": 0.0, "lat": 0.0}


@pytest.mark.parametrize(
    "position", [(np.nan, 60.17), (24.94, np.inf), (181.0, 60.17), (24.94, -90.5)]
)
def test_what_is_no_position_is_refused_by_its_row(
    helsinki: City, position: tuple[float, float]
) -> None:
    times = RoadTimes(helsinki.graph)
    with pytest.raises(RoutingError) as refusal:
        times.times_to(24.94, 60.17, np.array([[24.94, 60.17], position]))
    assert refusal.value.code == "INVALID_POSITION"
    assert refusal.value.facts["index"] == 1
    with pytest.raises(RoutingError) as refusal:
        times.times_to(*position, np.array([[24.94, 60.17]]))
    assert refusal.value.facts["index"] == -1


@pytest.mark.parametrize("limit_s", [0.0, -1.0, np.nan])
def test_a_limit_that_is_none_is_refused(helsinki: City, limit_s: float) -> None:
    lon, lat = helsinki.meta["centre"]
    for ask in (helsinki.road_times.times_to, helsinki.road_times.times_from):
        with pytest.raises(RoutingError) as refusal:
            ask(lon, lat, np.array([[lon, lat]]), limit_s=limit_s)
        assert refusal.value.code == "INVALID_LIMIT"


def test_an_endless_limit_is_none(helsinki: City) -> None:
    times, places = helsinki.road_times, positions(helsinki, 8, 20)
    lon, lat = helsinki.meta["centre"]
    free = times.times_to(lon, lat, places).travel_s
    assert (times.times_to(lon, lat, places, limit_s=np.inf).travel_s == free).all()


def test_a_path_off_the_network_is_refused(helsinki: City) -> None:
    lon, lat = helsinki.meta["centre"]
    for ends in ((0.0, 0.0, lon, lat), (lon, lat, 0.0, 0.0)):
        with pytest.raises(RoutingError) as refusal:
            helsinki.road_times.path(*ends)
        assert refusal.value.code == "OFF_NETWORK"


def test_some_that_moved_are_prepared_and_the_others_kept(helsinki: City) -> None:
    times = helsinki.road_times
    before, after = positions(helsinki, 9, 30), positions(helsinki, 10, 30)
    which = np.arange(0, 30, 7)
    where = before.copy()
    where[which] = after[which]
    units = times.tracked(before).moved(which, after[which])
    assert len(units) == 30
    for lon, lat in positions(helsinki, 11, 10):
        assert (units.times_to(lon, lat).travel_s == times.times_to(lon, lat, where).travel_s).all()


def test_nobody_is_tracked(helsinki: City) -> None:
    lon, lat = helsinki.meta["centre"]
    assert helsinki.road_times.tracked(np.empty((0, 2))).times_to(lon, lat).travel_s.tolist() == []
    table = helsinki.road_times.times_between(np.empty((0, 2)), np.array([[lon, lat]]))
    assert table.travel_s.shape == (0, 1)
