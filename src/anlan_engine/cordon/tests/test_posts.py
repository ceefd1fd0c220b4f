"""Who reaches which point when, and the ways round."""

import numpy as np
import pytest

from anlan_engine.city import City
from anlan_engine.cordon import (
    CordonError,
    HoldCosts,
    StreetNet,
    Zone,
    draw_cordon,
    find_detours,
    post_units,
    post_units_by_road,
    street_net,
    street_net_of_arcs,
)
from anlan_engine.roads import DEGREE_UNITS
from anlan_engine.routing import RoadTimes

STEP = 0.001


def test_the_last_point_is_held_as_soon_as_possible() -> None:
    # Unit 0 is nearest to both points; only by going to point 1 are both held after 6 s.
    found = post_units(np.array([[1.0, 3.0], [6.0, 9.0]]), np.array([1, 1]))
    assert found.unit.tolist() == [1, 0]
    assert found.arrival_s.tolist() == [6.0, 3.0]
    assert found.closed_s == 6.0


def test_a_point_may_take_two_units_and_one_held_already_none() -> None:
    travel_s = np.array([[5.0, 1.0], [7.0, 1.0], [9.0, 1.0]])
    found = post_units(travel_s, np.array([2, 0]))
    assert (found.point.tolist(), found.unit.tolist()) == ([0, 0], [0, 1])
    assert found.closed_s == 7.0
    assert post_units(travel_s, np.array([0, 0])).closed_s == 0.0


def test_with_too_few_units_the_cordon_stays_open() -> None:
    found = post_units(np.array([[4.0, 2.0]]), np.array([1, 1]))
    assert (found.unit.tolist(), found.closed_s) == ([0, -1], np.inf)
    assert post_units(np.zeros((0, 2)), np.array([1, 1])).unit.tolist() == [-1, -1]


def test_bad_times_and_needs_are_refused() -> None:
    for travel_s, needed, code in (
        (np.array([[np.nan]]), np.array([1]), "BAD_TIMES"),
        (np.array([[-1.0]]), np.array([1]), "BAD_TIMES"),
        (np.ones((2, 2)), np.array([1]), "BAD_TIMES"),
        (np.ones((1, 1)), np.array([-1]), "BAD_NEED"),
        (np.ones((1, 1)), np.array([10_001]), "BAD_NEED"),
    ):
        with pytest.raises(CordonError) as refused:
            post_units(travel_s, needed)
        assert refused.value.code == code


def test_units_of_the_sample_city_go_by_road(helsinki: City) -> None:
    net, times = street_net(helsinki.graph), RoadTimes(helsinki.graph)
    lon, lat = helsinki.meta["centre"]
    cordon = draw_cordon(net, Zone.disc(lon, lat, 150.0), within_m=250.0)
    rng = np.random.default_rng(2)
    at = helsinki.graph.node_at[rng.integers(0, helsinki.graph.nodes, 30)] / DEGREE_UNITS
    found = post_units_by_road(cordon, at, times)
    assert len(found.unit) == cordon.units
    assert len(set(found.unit.tolist())) == cordon.units
    for point, unit, arrival_s in zip(found.point, found.unit, found.arrival_s, strict=True):
        own = times.times_to(*cordon.at[point].tolist(), at[unit : unit + 1])
        assert own.travel_s[0] == arrival_s


@pytest.fixture(scope="module")
def cross() -> StreetNet:
    """A cross of streets 100 s long a piece within a ring 200 s a quarter; both ways."""
    at = np.array([(0, 0), (1, 0), (0, 1), (-1, 0), (0, -1), (3, 0), (0, 3), (-3, 0), (0, -3)])
    spokes = [(0, n) for n in (1, 2, 3, 4)] + [(n, n + 4) for n in (1, 2, 3, 4)]
    ring = [(5, 6), (6, 7), (7, 8), (8, 5)]
    pairs = spokes + ring
    seconds = np.array([100.0] * 8 + [300.0] * 4)
    tail, head = np.array(pairs + [(b, a) for a, b in pairs], np.int32).T
    return street_net_of_arcs(at * STEP, tail, head, np.tile(seconds, 2))


def test_ways_round_take_as_much_longer_as_they_are(cross: StreetNet) -> None:
    zone = Zone.disc(0.0, 0.0, 50.0)
    cordon = draw_cordon(cross, zone, within_m=200.0, costs=HoldCosts.standard(cross))
    assert cordon.units == 4
    found = find_detours(cross, zone, cordon, within_m=200.0, gates=4)
    assert sorted(found.gate.tolist()) == [5, 6, 7, 8]
    opposite = [found.gate.tolist().index(node) for node in (5, 7)]
    assert found.before_s[tuple(opposite)] == 400.0
    assert found.after_s[tuple(opposite)] == 600.0
    assert found.crossing.sum() == 4
    assert found.typical_extra_s == 200.0


def test_where_no_way_is_left_the_detour_is_endless() -> None:
    at = np.array([(-3, 0), (-1, 0), (1, 0), (3, 0)]) * STEP
    tail, head = np.array([(0, 1), (1, 2), (2, 3)], np.int32).T
    ends = np.concatenate([tail, head]), np.concatenate([head, tail])
    net = street_net_of_arcs(at, *ends, np.full(6, 10.0))
    zone = Zone.disc(0.0, 0.0, 30.0)
    cordon = draw_cordon(net, zone, within_m=100.0)
    found = find_detours(net, zone, cordon, within_m=100.0, gates=2)
    assert found.typical_extra_s == np.inf


def test_the_number_of_gates_is_bounded(cross: StreetNet) -> None:
    zone = Zone.disc(0.0, 0.0, 50.0)
    cordon = draw_cordon(cross, zone, within_m=200.0)
    for gates in (1, 101):
        with pytest.raises(CordonError) as refused:
            find_detours(cross, zone, cordon, within_m=200.0, gates=gates)
        assert refused.value.code == "FEW_GATES"
