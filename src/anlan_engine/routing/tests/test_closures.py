"""Closed streets: which arcs a shape closes, when, and what it does to travel."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from anlan_engine.roads import RoadGraph
from anlan_engine.roads.build import StreetWay, build_graph
from anlan_engine.routing import (
    Area,
    Closure,
    Conditions,
    Disc,
    OnStreet,
    RoadTimes,
    RoutingError,
    closed_arcs,
    conditions_at,
)
from anlan_engine.routing.closures import Shape

STEP = 10_000
SIDE_S = 11.12
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)

AT = {n: ((n - 1) % 3 * STEP, (n - 1) // 3 * STEP) for n in range(1, 10)}
"""Three rows of three corners: 7 8 9 above 4 5 6 above 1 2 3, a step of 0.001 degree apart."""

EDGES = [(1, 2), (2, 3), (4, 5), (5, 6), (7, 8), (8, 9), (1, 4), (4, 7), (2, 5), (5, 8), (3, 6)]
EDGES += [(6, 9)]


def grid() -> RoadTimes:
    """Two-way streets at 36 km/h, each with a name of its own."""
    ways = [StreetWay(10 * a + b, (a, b), 10 * a + b, 36.0, 36.0) for a, b in EDGES]
    return RoadTimes(build_graph(ways, AT, []).graph)


def names(graph: RoadGraph, shape: Shape) -> list[int]:
    """The names of the closed streets, once for each direction."""
    segments = graph.arc_segment[closed_arcs(graph, shape)]
    return sorted(graph.segment_name[segments].tolist())


def under(times: RoadTimes, *shapes: Shape) -> RoadTimes:
    closures = [Closure(shape, NOON) for shape in shapes]
    return times.under(conditions_at(times.graph, NOON, closures=closures))


def seconds(times: RoadTimes, start: tuple[float, float], end: tuple[float, float]) -> float:
    """Ask in every way; all must agree."""
    here = np.array([start])
    said = {
        float(times.times_to(*end, here).travel_s[0]),
        float(times.times_from(*start, np.array([end])).travel_s[0]),
        float(times.times_between(here, np.array([end])).travel_s[0, 0]),
        float(times.tracked(here).times_to(*end).travel_s[0]),
    }
    (travel_s,) = said
    if np.isfinite(travel_s):
        assert times.path(*start, *end).travel_s == travel_s
    else:
        with pytest.raises(RoutingError) as refusal:
            times.path(*start, *end)
        assert refusal.value.code == "NO_WAY"
    return travel_s


def test_a_point_closes_the_street_it_lies_on() -> None:
    graph = grid().graph
    assert names(graph, OnStreet(0.0005, 0.0001)) == [12, 12]


def test_a_heading_closes_one_direction() -> None:
    times = grid()
    east = under(times, OnStreet(0.0005, 0.0, heading=80.0))
    assert seconds(east, (0.0007, 0.0), (0.0002, 0.0)) == pytest.approx(SIDE_S / 2, abs=0.002)
    assert seconds(east, (0.0002, 0.0), (0.0007, 0.0)) > 3 * SIDE_S
    west = under(times, OnStreet(0.0005, 0.0, heading=300.0))
    assert seconds(west, (0.0002, 0.0), (0.0007, 0.0)) == pytest.approx(SIDE_S / 2, abs=0.002)


def test_a_disc_closes_every_street_that_comes_near() -> None:
    graph = grid().graph
    assert names(graph, Disc(0.001, 0.001, 5.0)) == [25, 25, 45, 45, 56, 56, 58, 58]
    assert names(graph, Disc(0.0005, 0.0005, 55.0)) == []
    assert names(graph, Disc(0.0005, 0.0005, 56.0)) == [12, 12, 14, 14, 25, 25, 45, 45]


def test_an_area_closes_every_street_it_touches() -> None:
    graph = grid().graph
    crossing = Area(((0.0004, -0.0001), (0.0006, -0.0001), (0.0006, 0.0001), (0.0004, 0.0001)))
    assert names(graph, crossing) == [12, 12]
    around = Area(((-0.001, -0.001), (0.003, -0.001), (0.003, 0.003), (-0.001, 0.003)))
    assert len(names(graph, around)) == graph.arcs
    between = Area(((0.0002, 0.0002), (0.0008, 0.0002), (0.0008, 0.0008)))
    assert names(graph, between) == []
    corner = Area(((0.0, 0.0), (-0.001, 0.0), (0.0, -0.001)))
    assert names(graph, corner) == [12, 12, 14, 14]


def test_one_drives_round_a_closed_street() -> None:
    times = grid()
    start, end = (0.0, 0.0002), (0.002, 0.0)
    assert seconds(times, start, end) == pytest.approx(2.2 * SIDE_S, abs=0.01)
    closed = under(times, OnStreet(0.0005, 0.0))
    assert seconds(closed, start, end) == pytest.approx(3.8 * SIDE_S, abs=0.01)
    assert seconds(times, start, end) == pytest.approx(2.2 * SIDE_S, abs=0.01)


def test_whoever_stands_on_a_closed_street_may_drive_off_it() -> None:
    closed = under(grid(), OnStreet(0.0005, 0.0))
    assert seconds(closed, (0.0007, 0.0), (0.0015, 0.0)) == pytest.approx(0.8 * SIDE_S, abs=0.01)
    assert seconds(closed, (0.0007, 0.0), (0.0, 0.0005)) == pytest.approx(1.2 * SIDE_S, abs=0.01)
    assert seconds(closed, (0.0007, 0.0), (0.0002, 0.0)) == pytest.approx(0.5 * SIDE_S, abs=0.01)


def test_a_place_on_a_closed_street_is_driven_to_from_its_ends() -> None:
    closed = under(grid(), OnStreet(0.0005, 0.0))
    assert seconds(closed, (0.0015, 0.0), (0.0007, 0.0)) == pytest.approx(0.8 * SIDE_S, abs=0.01)
    assert seconds(closed, (0.0, 0.0002), (0.0007, 0.0)) == pytest.approx(0.9 * SIDE_S, abs=0.01)


def test_what_closures_cut_off_cannot_be_reached_nor_leave() -> None:
    """Streets round the lower right corner: 3-6 is open, but every way to it is closed."""
    ring = [OnStreet(0.0015, 0.0), OnStreet(0.002, 0.0015), OnStreet(0.0015, 0.001)]
    closed = under(grid(), *ring)
    assert seconds(closed, (0.002, 0.0005), (0.0, 0.0)) == np.inf
    assert seconds(closed, (0.0, 0.0), (0.002, 0.0005)) == np.inf
    assert seconds(closed, (0.002, 0.0002), (0.002, 0.0007)) == pytest.approx(SIDE_S / 2, abs=0.01)


def test_where_everything_is_closed_only_the_next_street_is_reached() -> None:
    closed = under(grid(), Disc(0.001, 0.001, 1_000.0))
    assert seconds(closed, (0.0, 0.0005), (0.0, 0.0015)) == pytest.approx(SIDE_S, abs=0.01)
    assert seconds(closed, (0.0, 0.0005), (0.0015, 0.002)) == np.inf


def test_a_closure_counts_from_its_first_instant_up_to_its_last() -> None:
    graph = grid().graph
    until = NOON + timedelta(hours=1)
    closure = Closure(OnStreet(0.0005, 0.0), NOON, until)
    second = timedelta(seconds=1)
    for at, closed in ((NOON - second, 0), (NOON, 2), (until - second, 2), (until, 0)):
        assert len(conditions_at(graph, at, closures=[closure]).closed) == closed
    forever = Closure(OnStreet(0.0005, 0.0), NOON)
    later = conditions_at(graph, NOON + timedelta(days=9_999), closures=[forever])
    assert len(later.closed) == 2


@pytest.mark.parametrize(
    "shape",
    [
        OnStreet(np.nan, 0.0),
        OnStreet(0.0005, 0.01),
        OnStreet(0.0005, 0.0, heading=np.nan),
        OnStreet(0.0005, 0.0, heading=361.0),
        Disc(0.0, 91.0, 5.0),
        Disc(0.0, 0.0, -1.0),
        Disc(0.0, 0.0, np.nan),
        Disc(0.0, 0.0, 1e9),
        Area(()),
        Area(((0.0, 0.0), (1.0, 1.0))),
        Area(((0.0, 0.0), (0.0, 0.0), (0.0, 0.0))),
        Area(((0.0, 0.0), (1.0, np.inf), (1.0, 0.0))),
        Area(((0.0, 0.0), (11.0, 0.0), (1.0, 1.0))),
        Area(tuple((n / 1e4, n * n / 1e9) for n in range(2_001))),
    ],
)
def test_what_is_no_shape_is_refused(shape: Shape) -> None:
    with pytest.raises(RoutingError) as refusal:
        closed_arcs(grid().graph, shape)
    assert refusal.value.code == "INVALID_SHAPE"


def test_the_closed_direction_of_a_one_way_street_must_exist() -> None:
    ways = [StreetWay(n, (n, n % 4 + 1), n, 36.0, 0.0) for n in (1, 2, 3, 4)]
    at = {1: (0, 0), 2: (STEP, 0), 3: (STEP, STEP), 4: (0, STEP)}
    graph = build_graph(ways, at, []).graph
    assert len(closed_arcs(graph, OnStreet(0.0005, 0.0, heading=90.0))) == 1
    with pytest.raises(RoutingError):
        closed_arcs(graph, OnStreet(0.0005, 0.0, heading=270.0))


def test_an_instant_without_a_time_zone_is_refused() -> None:
    with pytest.raises(RoutingError) as refusal:
        conditions_at(grid().graph, NOON.replace(tzinfo=None))
    assert refusal.value.code == "NAIVE_TIME"


def test_conditions_of_another_graph_are_refused() -> None:
    times = grid()
    with pytest.raises(RoutingError) as refusal:
        times.under(Conditions(np.array([times.graph.arcs], np.int32), times.conditions.speeds))
    assert refusal.value.code == "OTHER_GRAPH"


def test_conditions_take_the_place_of_those_before() -> None:
    times = grid()
    first = under(times, OnStreet(0.0005, 0.0))
    second = under(first, OnStreet(0.0015, 0.0))
    assert seconds(second, (0.0002, 0.0), (0.0007, 0.0)) == pytest.approx(SIDE_S / 2, abs=0.002)
    again = second.under(times.conditions)
    assert seconds(again, (0.0, 0.0), (0.002, 0.0)) == seconds(times, (0.0, 0.0), (0.002, 0.0))
