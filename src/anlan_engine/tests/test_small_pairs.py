"""On any small network every answer equals SciPy's Dijkstra, whatever is closed."""

from datetime import UTC, datetime

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from anlan_engine.roads.build import Rule, StreetWay, TurnRule, WayRule, build_graph
from anlan_engine.routing import FREE, Conditions, RoadTimes, conditions_at
from anlan_engine.tests.pairs import Pairs

COLUMNS, ROWS, STEP = 4, 3, 10_000
AT = {
    row * COLUMNS + column: (column * STEP, row * STEP)
    for row in range(ROWS)
    for column in range(COLUMNS)
}
EDGES = [(n, n + 1) for n in AT if (n + 1) % COLUMNS]
EDGES += [(n, n + COLUMNS) for n in AT if n + COLUMNS in AT]
SPEEDS = st.sampled_from([0.0, 5.0, 36.0, 50.0])


@st.composite
def towns(draw: st.DrawFn) -> tuple[list[StreetWay], list[Rule]]:
    """Streets between neighbours on a grid, each a way, and some rules over nodes and ways."""
    ways = [
        StreetWay(100 + number, edge, number, draw(SPEEDS), draw(SPEEDS))
        for number, edge in enumerate(EDGES)
        if draw(st.booleans())
    ]
    ways = [way for way in ways if way.forward_kmh or way.backward_kmh]
    if not ways:
        return [], []
    one = st.sampled_from(ways)
    rules: list[Rule] = []
    for _ in range(draw(st.integers(0, 4))):
        first, via, last = draw(one), draw(one), draw(one)
        only = draw(st.booleans())
        rules += [
            TurnRule(first.way_id, first.nodes[-1], last.way_id, only),
            WayRule(first.way_id, (via.way_id,), last.way_id, only),
        ]
    return ways, rules


@settings(max_examples=150)
@given(towns(), st.integers(0, 2**32 - 1), st.floats(0.0, 0.6))
def test_all_pairs_equal_dijkstra(
    town: tuple[list[StreetWay], list[Rule]], seed: int, closed_share: float
) -> None:
    graph = build_graph(town[0], AT, town[1]).graph
    if not graph.arcs:
        return
    rng = np.random.default_rng(seed)
    closed = np.flatnonzero((rng.random(graph.arcs) < closed_share)[graph.arc_plain])
    positions = rng.uniform((-0.0002, -0.0002), (0.0032, 0.0022), (12, 2))
    positions[-1] = positions[0]
    times = RoadTimes(graph).under(Conditions(closed.astype(np.int32), FREE.speeds))
    expected = Pairs(graph, closed.astype(np.int32)).milliseconds(positions, positions) / 1000
    table = times.times_between(positions, positions)
    assert table.travel_s.tolist() == expected.tolist()
    tracked = times.tracked(positions[::-1]).moved(range(12), positions)
    for number, place in enumerate(positions):
        if np.isfinite(expected[:, number]).any():
            for found in (times.times_to(*place, positions), tracked.times_to(*place)):
                assert found.travel_s.tolist() == expected[:, number].tolist()
                assert found.distance_m.tolist() == table.distance_m[:, number].tolist()
        if np.isfinite(expected[number]).any():
            out = times.times_from(*place, positions)
            assert out.travel_s.tolist() == expected[number].tolist()
            assert out.distance_m.tolist() == table.distance_m[number].tolist()
    finite = np.argwhere(np.isfinite(expected))
    for start, end in rng.permutation(finite)[:5].tolist():
        path = times.path(*positions[start], *positions[end])
        assert path.travel_s == expected[start, end]
        assert path.distance_m == table.distance_m[start, end]


def test_an_hour_with_nothing_closed_is_free() -> None:
    graph = build_graph([StreetWay(1, (0, 1), 0, 36.0, 36.0)], AT, []).graph
    free = conditions_at(graph, datetime(2026, 1, 1, tzinfo=UTC))
    assert (free.closed.tolist(), free.speeds) == ([], FREE.speeds)
