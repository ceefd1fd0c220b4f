"""Cordons on small towns and the sample city: nothing gets through, and none is cheaper."""

import itertools
from collections.abc import Iterable

import numpy as np
import pytest
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.sparse.csgraph import maximum_flow as scipy_maximum_flow
from shapely import LineString, Point, Polygon

from anlan_engine.city import City
from anlan_engine.cordon import (
    CANNOT_HOLD,
    Cordon,
    CordonError,
    HoldCosts,
    Kind,
    StreetNet,
    Zone,
    cutting,
    draw_cordon,
    flow,
    standing,
    street_net,
    street_net_of_arcs,
    window,
)
from anlan_engine.cordon.warming import warm_cordon
from anlan_engine.roads import DEGREE_UNITS
from anlan_engine.sphere import METRES_PER_DEGREE

STEP = 0.001  # degrees: 111 m at the equator
ZONE, OUTSIDE = 0, 1


def town(side: int, seed: int | None = None) -> StreetNet:
    """A grid town with its corner at 0, 0; with a seed, some streets are missing or one-way."""
    at = [(column * STEP, row * STEP) for row in range(side) for column in range(side)]
    pairs = [(n, n + 1) for n in range(side * side) if n % side < side - 1]
    pairs += [(n, n + side) for n in range(side * (side - 1))]
    arcs = pairs + [(b, a) for a, b in pairs]
    if seed is not None:
        rng = np.random.default_rng(seed)
        arcs = [arc for arc in arcs if rng.random() < 0.75]
    tail, head = np.array(arcs, np.int32).T
    return street_net_of_arcs(np.array(at), tail, head, np.full(len(arcs), 10.0))


class Plan:
    """The question of a cordon built anew with shapely: which stretches join which places."""

    def __init__(self, net: StreetNet, zone: Zone, within_m: float) -> None:
        lon, lat = zone.origin
        scale = np.array([METRES_PER_DEGREE * np.cos(np.radians(lat)), METRES_PER_DEGREE])
        corners = (zone.corners - (lon, lat)) * scale
        core = Point(corners[0]) if len(corners) == 1 else Polygon(corners)
        shape = (net.shape / DEGREE_UNITS - (lon, lat)) * scale
        at = (net.node_at / DEGREE_UNITS - (lon, lat)) * scale
        away = np.array([core.distance(Point(*one)) for one in at]) - zone.radius_m
        self.place = np.where(away <= 0, ZONE, np.where(away > within_m, OUTSIDE, 2))
        inner = np.flatnonzero(self.place == 2)
        self.place[inner] = 2 + np.arange(len(inner))
        self.node_of = inner
        self.links: list[tuple[int, int, int]] = []
        for street, (a, b) in enumerate(self.place[net.end].tolist()):
            line = LineString(shape[net.first[street] : net.first[street + 1]])
            if core.distance(line) <= zone.radius_m:
                self.links += [(ZONE, end, street) for end in (a, b) if end != ZONE]
            elif a != b:
                self.links.append((a, b, street))

    def flow(self, costs: HoldCosts) -> int:
        """The maximum flow, by SciPy, every junction as two nodes."""
        count = 2 + 2 * len(self.node_of)
        out = np.arange(2 + len(self.node_of))
        out[2:] += len(self.node_of)
        rooms = [(n, out[n], costs.junction[self.node_of[n - 2]]) for n in range(2, len(out))]
        for a, b, street in self.links:
            rooms += [(out[a], b, costs.street[street]), (out[b], a, costs.street[street])]
        tail, head, room = np.array(rooms).T
        room = np.minimum(room, 1_000_000)
        net = coo_array((room, (tail, head)), shape=(count, count)).tocsr().astype(np.int32)
        return int(scipy_maximum_flow(net, ZONE, OUTSIDE).flow_value)

    def is_closed(self, streets: Iterable[int], junctions: Iterable[int]) -> bool:
        """Whether nothing leads from the zone outside once these are held."""
        held = {int(street) for street in streets}
        links = [number for number, link in enumerate(self.links) if link[2] in held]
        return self.is_closed_by(links, junctions)

    def is_closed_by(self, links: Iterable[int], junctions: Iterable[int]) -> bool:
        """As `is_closed`, with single stretches of street held."""
        held, gone = set(links), {int(self.place[node]) for node in junctions}
        left = [
            (a, b)
            for number, (a, b, _) in enumerate(self.links)
            if number not in held and a not in gone and b not in gone
        ]
        count = 2 + len(self.node_of)
        rows = np.array(left or [(0, 0)]).T
        matrix = coo_array((np.ones(rows.shape[1]), (rows[0], rows[1])), shape=(count, count))
        label = connected_components(matrix, directed=False)[1]
        return bool(label[ZONE] != label[OUTSIDE])


def some_costs(net: StreetNet, seed: int) -> HoldCosts:
    rng = np.random.default_rng(seed)
    return HoldCosts(rng.integers(0, 6, len(net.end)), rng.integers(0, 9, len(net.node_at)))


def check(net: StreetNet, zone: Zone, within_m: float, costs: HoldCosts) -> Cordon:
    """Draw, and prove it closed and cheapest."""
    cordon = draw_cordon(net, zone, within_m=within_m, costs=costs)
    plan = Plan(net, zone, within_m)
    assert cordon.units == plan.flow(costs) == int(cordon.needed.sum())
    assert plan.is_closed(cordon.street, cordon.junction)
    return cordon


@pytest.mark.parametrize("seed", range(40))
def test_nothing_gets_through_and_no_cordon_takes_fewer(seed: int) -> None:
    net = town(12, seed)
    rng = np.random.default_rng(seed)
    lon, lat = rng.uniform(0.004, 0.007, 2)
    disc = Zone.disc(lon, lat, rng.uniform(60, 250))
    corners = np.array([lon, lat]) + rng.uniform(-0.0025, 0.0025, (4, 2))
    middle = corners.mean(axis=0)
    turn = np.argsort(np.arctan2(*(corners - middle).T))
    polygon = Zone.polygon(corners[turn], margin_m=float(rng.choice([0.0, 40.0])))
    for zone in (disc, polygon):
        for costs in (HoldCosts.standard(net), some_costs(net, seed)):
            check(net, zone, 300.0, costs)


@pytest.mark.parametrize("seed", range(12))
def test_no_set_of_points_is_cheaper_by_trying_all(seed: int) -> None:
    net, zone = town(4, seed), Zone.disc(1.5 * STEP, 1.5 * STEP, 60.0)
    costs = some_costs(net, seed)
    plan = Plan(net, zone, 90.0)
    prices = costs.street[[street for _, _, street in plan.links]]
    best = check(net, zone, 90.0, costs).units
    cheaper = [
        chosen
        for size in range(4)
        for chosen in itertools.combinations(range(len(prices)), size)
        if prices[list(chosen)].sum() < best and plan.is_closed_by(chosen, ())
    ]
    assert cheaper == []


def test_a_quarter_with_one_way_in_takes_one_unit() -> None:
    at = np.array([(0, 0), (1, 0), (2, 0), (3, 0), (4, 0)]) * STEP
    tail, head = np.array([(0, 1), (1, 2), (2, 3), (3, 4)], np.int32).T
    net = street_net_of_arcs(at, tail, head, np.full(4, 10.0))
    cordon = draw_cordon(net, Zone.disc(0.0, 0.0, 50.0), within_m=200.0)
    (point,) = cordon.points(net)
    assert (point.kind, point.row, point.units, point.arcs) == (Kind.STREET, 0, 1, (0,))
    # Twenty metres outside the zone, on the street.
    assert point.lon * METRES_PER_DEGREE == pytest.approx(70.0, abs=0.1)
    assert point.lat == 0.0
    assert cordon.enclosed.tolist() == [0]


def test_a_junction_is_held_where_it_takes_fewer_than_its_streets() -> None:
    """Three streets lead from the zone to one junction, and three on from there."""
    at = np.array([(0, 0), (0.3, 0.4), (0.3, 0), (0.3, -0.4), (2, 0), (4, 1), (4, 0), (4, -1)])
    pairs = [(0, n) for n in (1, 2, 3)] + [(n, 4) for n in (1, 2, 3)] + [(4, n) for n in (5, 6, 7)]
    tail, head = np.array(pairs, np.int32).T
    net = street_net_of_arcs(at * STEP, tail, head, np.full(len(pairs), 10.0))
    zone = Zone.disc(0.0, 0.0, 70.0)
    cordon = check(net, zone, 250.0, HoldCosts.standard(net))
    (point,) = cordon.points(net)
    assert (point.kind, point.row, point.units) == (Kind.JUNCTION, 4, 2)
    assert sorted(point.arcs) == [3, 4, 5, 6, 7, 8]
    assert sorted(cordon.enclosed.tolist()) == [0, 1, 2, 3]
    blocked = HoldCosts.standard(net).cannot_hold(junctions=[4])
    assert check(net, zone, 250.0, blocked).units == 3


def test_points_held_already_are_free() -> None:
    net, zone = town(9), Zone.disc(4 * STEP, 4 * STEP, 50.0)
    plain = check(net, zone, 300.0, HoldCosts.standard(net))
    assert (plain.units, len(plain)) == (4, 4)
    costs = HoldCosts.standard(net).held(streets=plain.street[:3])
    again = check(net, zone, 300.0, costs)
    assert (again.units, sorted(again.needed.tolist())) == (1, [0, 0, 0, 1])


def test_a_street_through_the_zone_is_held_on_both_sides() -> None:
    at = np.array([(-3, 0), (-1, 0), (1, 0), (3, 0)]) * STEP
    tail, head = np.array([(0, 1), (1, 2), (2, 3)], np.int32).T
    net = street_net_of_arcs(at, tail, head, np.full(3, 10.0))
    cordon = check(net, Zone.disc(0.0, 0.0, 30.0), 100.0, HoldCosts.standard(net))
    assert cordon.street.tolist() == [1, 1]
    east = cordon.at[:, 0] * METRES_PER_DEGREE
    assert sorted(east.tolist()) == pytest.approx([-50.0, 50.0], abs=0.1)


def test_the_sample_city_is_closed_off_on_every_side(helsinki: City) -> None:
    net = street_net(helsinki.graph)
    lon, lat = helsinki.meta["centre"]
    cordon = check(net, Zone.disc(lon, lat, 200.0), 300.0, HoldCosts.standard(net))
    assert len(cordon) == len(cordon.points(net))
    arcs = cordon.arcs(net)
    assert set(helsinki.graph.arc_segment[arcs].tolist()) == set(cordon.street.tolist())


def test_every_network_is_served_by_what_warming_compiled(helsinki: City) -> None:
    warm_cordon()
    lon, lat = helsinki.meta["centre"]
    draw_cordon(street_net(helsinki.graph), Zone.disc(lon, lat, 150.0), within_m=250.0)
    functions = (window.window, cutting._pairs, flow.maximum_flow, standing.stands)
    assert [len(function.signatures) for function in functions] == [1] * 4  # type: ignore[attr-defined]


def test_the_same_question_has_the_same_answer_in_any_order() -> None:
    net = town(12, 5)
    zone = Zone.disc(5.5 * STEP, 5.5 * STEP, 150.0)
    first, second = (draw_cordon(net, zone, within_m=300.0) for _ in range(2))
    assert first.points(net) == second.points(net)


def test_a_limit_beyond_the_map_is_pointed_out() -> None:
    net = town(12)
    middle, corner = Zone.disc(5 * STEP, 5 * STEP, 60.0), Zone.disc(2 * STEP, 2 * STEP, 50.0)
    for zone, within_m, expected in (
        (middle, 300.0, False),
        (middle, 560.0, True),
        (corner, 200.0, True),
        (corner, 100.0, False),
    ):
        assert draw_cordon(net, zone, within_m=within_m).at_map_edge is expected


NET = town(5)
MIDDLE = Zone.disc(2 * STEP, 2 * STEP, 50.0)


def refusal(
    zone: Zone = MIDDLE, within_m: float = 100.0, costs: HoldCosts | None = None
) -> CordonError:
    with pytest.raises(CordonError) as refused:
        draw_cordon(NET, zone, within_m=within_m, costs=costs)
    return refused.value


def test_what_has_no_cordon_is_refused_by_name() -> None:
    assert refusal(Zone.disc(1.0, 1.0, 50.0)).code == "NOTHING_INSIDE"
    assert refusal(Zone.disc(2.5 * STEP, 2.5 * STEP, 10.0)).code == "NOTHING_INSIDE"
    assert refusal(within_m=1e6).code == "NOTHING_OUTSIDE"
    assert refusal(Zone.disc(2 * STEP, 2 * STEP, 1e5)).code == "NOTHING_OUTSIDE"
    for metres in (0.0, -1.0, np.nan, np.inf):
        assert refusal(within_m=metres).code == "BAD_LIMIT"
    other = HoldCosts.standard(town(6))
    assert refusal(costs=other).code == "BAD_NETWORK"


def test_a_way_that_nobody_can_hold_is_named() -> None:
    standard = HoldCosts.standard(NET)
    nobody = standard.cannot_hold(
        streets=np.arange(len(NET.end)), junctions=np.arange(len(NET.node_at))
    )
    error = refusal(costs=nobody)
    assert (error.code, error.facts["kind"]) == ("CANNOT_HOLD", "street")


def test_an_island_needs_no_cordon() -> None:
    at = np.array([(0, 0), (1, 0), (9, 0), (10, 0)]) * STEP
    tail, head = np.array([(0, 1), (2, 3)], np.int32).T
    net = street_net_of_arcs(at, tail, head, np.full(2, 10.0))
    cordon = draw_cordon(net, Zone.disc(0.0, 0.0, 20.0), within_m=300.0)
    assert (len(cordon), cordon.units) == (0, 0)


@pytest.mark.parametrize(
    ("corners", "margin_m"),
    [
        ([(0, 0)], 0.0),
        ([(0, 0), (1, 1)], 5.0),
        ([(0, 0), (1, 1), (2, 2)], 0.0),
        ([(0, 0), (0, 1), (np.nan, 1)], 5.0),
        ([(0, 0), (0, 1), (1, 1)], -1.0),
        ([(0, 0), (0, 1), (1, 91)], 0.0),
    ],
)
def test_a_zone_must_enclose_something(corners: list[tuple[float, float]], margin_m: float) -> None:
    with pytest.raises(CordonError) as refused:
        Zone.polygon(corners, margin_m)
    assert refused.value.code == "BAD_ZONE"


def test_a_disc_needs_a_radius() -> None:
    for radius_m in (0.0, -5.0, np.nan):
        with pytest.raises(CordonError) as refused:
            Zone.disc(0.0, 0.0, radius_m)
        assert refused.value.code == "BAD_ZONE"


def test_costs_are_checked() -> None:
    standard = HoldCosts.standard(NET)
    for cost in (-1, 1_000_001, CANNOT_HOLD + 1):
        with pytest.raises(CordonError) as refused:
            HoldCosts(np.full_like(standard.street, cost), standard.junction)
        assert refused.value.code == "BAD_COST"


def test_plain_arrays_are_checked() -> None:
    at, ends, none = np.zeros((2, 2)), np.array([0], np.int32), np.zeros(0, np.int32)
    for position, tail, head, time_s, code in (
        (at, none, none, np.zeros(0), "NO_STREETS"),
        (at, ends, ends, np.ones(1), "NO_STREETS"),
        (at, ends, ends + 2, np.ones(1), "BAD_NETWORK"),
        (at, ends, ends + 1, np.array([np.nan]), "BAD_NETWORK"),
        (at, ends, ends + 1, np.array([-1.0]), "BAD_NETWORK"),
        (at, ends, none, np.ones(1), "BAD_NETWORK"),
        (at * np.nan, ends, ends + 1, np.ones(1), "BAD_NETWORK"),
    ):
        with pytest.raises(CordonError) as refused:
            street_net_of_arcs(position, tail, head, time_s)
        assert refused.value.code == code
