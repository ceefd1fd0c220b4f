"""Every question on random graphs, beside Dijkstra's algorithm."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anlan_engine.hierarchy import (
    Hierarchy,
    HierarchyError,
    PlainMetric,
    build_hierarchy,
    fitting_metric,
    metric_of,
)
from anlan_engine.hierarchy.tests.networks import (
    Network,
    all_costs,
    as_floats,
    random_network,
    street_network,
)

DTYPES = (np.int32, np.int64)
EXAMPLES = settings(max_examples=60, deadline=None)


def built(network: Network, twins: Any = None) -> Hierarchy:
    return build_hierarchy(network.first, network.head, network.x, network.y, twins=twins)


def plain(network: Network, twins: Any = None) -> PlainMetric:
    twin = np.full(len(network.x), -1, np.int32) if twins is None else twins
    return PlainMetric(network.first, network.head, twin, network.weights)


def assert_answers(network: Network, metric: Any) -> None:
    """Every kind of question about all pairs of vertices."""
    every = np.arange(len(network.x))
    expected = all_costs(network, metric.far)
    origins, targets = metric.origins(every), metric.targets(every)
    assert (as_floats(metric.matrix(origins, targets), metric.far) == expected).all()
    for vertex in every:
        column, row = expected[:, vertex], expected[vertex]
        to_one = metric.many_to_one(origins, [vertex])
        assert (as_floats(to_one, metric.far) == column).all()
        assert (as_floats(metric.one_to_many(targets, [vertex]), metric.far) == row).all()
        assert (as_floats(metric.one_to_all([vertex]), metric.far) == row).all()
        assert (as_floats(metric.all_to_one([vertex]), metric.far) == column).all()
        limited = np.where(row <= 15, row, np.inf)
        assert (as_floats(metric.one_to_all([vertex], limit=15), metric.far) == limited).all()


def assert_way(network: Network, metric: Any, start: int, end: int, cost: float) -> None:
    """The way between two vertices has the right cost and hangs together."""
    way = metric.way([start], [end])
    if way is None:
        assert cost == np.inf
        return
    assert way.cost == cost == network.weights[way.arcs].sum()
    vertices = [start, *network.head[way.arcs].tolist()]
    assert network.tail[way.arcs].tolist() == vertices[:-1]
    assert vertices[-1] == end


@EXAMPLES
@given(st.integers(0, 2**32 - 1), st.integers(1, 14), st.floats(0, 4), st.sampled_from(DTYPES))
def test_answers_equal_dijkstra_on_any_graph(
    seed: int, count: int, density: float, dtype: Any
) -> None:
    rng = np.random.default_rng(seed)
    network = random_network(rng, count, int(density * count), dtype=dtype)
    for metric in (metric_of(built(network), network.weights), plain(network)):
        assert_answers(network, metric)
        expected = all_costs(network, metric.far)
        for start in range(count):
            for end in range(count):
                assert_way(network, metric, start, end, expected[start, end])


@pytest.mark.parametrize("dtype", DTYPES)
def test_answers_equal_dijkstra_on_streets(dtype: Any) -> None:
    network = street_network(np.random.default_rng(3), 23, dtype=dtype)
    for metric in (metric_of(built(network), network.weights), plain(network)):
        assert_answers(network, metric)


def test_a_graph_without_small_separators_gets_a_plain_hierarchy() -> None:
    rng = np.random.default_rng(0)
    tangle, streets = random_network(rng, 1_500, 6_000, most=99), street_network(rng, 40)
    for network, kind in ((tangle, "PLAIN"), (streets, "CUSTOMIZABLE")):
        metric = fitting_metric(network.first, network.head, network.x, network.y, network.weights)
        assert metric.kind == kind
        expected = all_costs(network, metric.far, 7)
        assert (as_floats(metric.one_to_all([7]), metric.far) == expected).all()


@EXAMPLES
@given(st.integers(0, 2**32 - 1), st.sampled_from(DTYPES))
def test_a_plain_hierarchy_follows_changes_and_moves(seed: int, dtype: Any) -> None:
    rng = np.random.default_rng(seed)
    network = street_network(rng, 7, dtype=dtype)
    metric = plain(network)
    vertices = rng.integers(-1, 49, 9)
    labels = metric.origins(vertices)
    arcs = rng.choice(len(network.head), 9, replace=False)
    weights = network.weights.copy()
    weights[arcs] = rng.choice([metric.far, 0, 7], 9)
    later = metric.changed(arcs, weights[arcs])
    vertices[:3] = [5, -1, 6]
    labels = labels.moved([0, 1, 2], vertices[:3]).on(later)
    expected = np.full((9, 49), np.inf)
    costs = all_costs(network._replace(weights=weights), later.far)
    expected[vertices >= 0] = costs[vertices[vertices >= 0]]
    found = later.matrix(labels, later.targets(np.arange(49)))
    assert (as_floats(found, later.far) == expected).all()


@EXAMPLES
@given(st.integers(0, 2**32 - 1), st.sampled_from(DTYPES))
def test_partial_customization_equals_full_to_the_bit(seed: int, dtype: Any) -> None:
    rng = np.random.default_rng(seed)
    network = street_network(rng, 12, dtype=dtype)
    hierarchy = built(network)
    metric = metric_of(hierarchy, network.weights)
    weights = network.weights.copy()
    for _ in range(5):
        arcs = rng.choice(len(weights), rng.integers(1, 12), replace=False)
        new = rng.integers(0, 2000, len(arcs)).astype(dtype)
        new[rng.random(len(arcs)) < 0.5] = metric.far
        before = metric.up.copy(), metric.down.copy()
        later = metric.changed(arcs, new)
        weights[arcs] = new
        full = metric_of(hierarchy, weights)
        assert (later.up == full.up).all()
        assert (later.down == full.down).all()
        assert (metric.up == before[0]).all()
        assert (metric.down == before[1]).all()
        metric = later
    assert_answers(network._replace(weights=weights), metric)


def doubled(network: Network) -> tuple[Network, npt.NDArray[np.int32]]:
    """The graph of arcs and turns: vertices are arcs, twins are opposite arcs."""
    tail, head = network.tail, network.head
    turns = [np.arange(network.first[end], network.first[end + 1]) for end in head]
    first = np.concatenate([[0], np.cumsum([len(run) for run in turns])]).astype(np.int32)
    after = np.concatenate(turns).astype(np.int32)
    weights = np.repeat(network.weights, np.diff(first))
    place = {(int(a), int(b)): arc for arc, (a, b) in enumerate(zip(tail, head, strict=True))}
    twins = np.array([place.get((int(b), int(a)), -1) for a, b in zip(tail, head, strict=True)])
    x, y = network.x[tail] + network.x[head], network.y[tail] + network.y[head]
    return Network(first, after, weights, x, y), twins.astype(np.int32)


@EXAMPLES
@given(st.integers(0, 2**32 - 1), st.sampled_from(DTYPES))
def test_a_place_of_twins_takes_the_better_side(seed: int, dtype: Any) -> None:
    rng = np.random.default_rng(seed)
    turns, twins = doubled(street_network(rng, 7, dtype=dtype))
    size = len(twins)
    places = np.stack([np.arange(size), np.where(rng.random(size) < 0.8, twins, -1)], axis=1)
    swapped = rng.random(size) < 0.5
    places[swapped] = places[swapped, ::-1]
    leave, reach = rng.integers(0, 500, (2, size, 2))
    expected = np.full((size, size), np.inf)
    metrics = metric_of(built(turns, twins), turns.weights), plain(turns, twins)
    cost = all_costs(turns, metrics[0].far)
    for one in range(2):
        for two in range(2):
            sums = leave[:, one, None] + cost[np.ix_(places[:, one], places[:, two])]
            sums = sums + reach[:, two]
            missing = (places[:, one, None] < 0) | (places[:, two] < 0)
            expected = np.minimum(expected, np.where(missing, np.inf, sums))
    place = int(rng.integers(size))
    for metric in metrics:
        assert_places(metric, places, leave, reach, expected, place)


def assert_places(
    metric: Any, places: Any, leave: Any, reach: Any, expected: Any, place: int
) -> None:
    """Costs between all places, to one of them, and the way there."""
    origins, targets = metric.origins(places, leave), metric.targets(places, reach)
    assert (as_floats(metric.matrix(origins, targets), metric.far) == expected).all()
    to_one = metric.many_to_one(origins, places[place], reach[place])
    assert (as_floats(to_one, metric.far) == expected[:, place]).all()
    way = metric.way(places[0], places[place], start_costs=leave[0], end_costs=reach[place])
    assert expected[0, place] == (np.inf if way is None else way.cost)


@EXAMPLES
@given(st.integers(0, 2**32 - 1), st.integers(1, 30))
def test_moved_labels_equal_labels_made_anew(seed: int, count: int) -> None:
    rng = np.random.default_rng(seed)
    network = street_network(rng, 12)
    metric = metric_of(built(network), network.weights)
    size = len(network.x)
    vertices = rng.integers(-1, size, count)
    labels = metric.origins(vertices)
    for _ in range(4):
        which = rng.choice(count, rng.integers(0, count + 1), replace=False)
        vertices = vertices.copy()
        vertices[which] = rng.integers(-1, size, len(which))
        labels = labels.moved(which, vertices[which])
        anew = metric.origins(vertices)
        assert (labels.columns.ranks == anew.columns.ranks).all()
        assert (labels.columns.table == anew.columns.table).all()
        for target in range(0, size, 17):
            one = metric.many_to_one(labels, [target])
            assert (one == metric.many_to_one(anew, [target])).all()


def test_the_empty_graph_answers_nothing() -> None:
    network = random_network(np.random.default_rng(0), 0, 0)
    metric = metric_of(built(network), network.weights)
    assert metric.matrix(metric.origins([]), metric.targets([])).shape == (0, 0)
    assert metric.many_to_one(metric.origins([-1, -1]), [-1]).tolist() == [metric.far] * 2
    assert metric.one_to_all([-1]).shape == (0,)
    assert metric.way([-1], [-1]) is None


def refusal(raised: "pytest.ExceptionInfo[HierarchyError]") -> str:
    return raised.value.code


def test_bad_graphs_are_refused_by_name() -> None:
    cases: list[tuple[str, list[Any]]] = [
        ("INVALID_FIRST", [[0, 2, 1], [1, 0], [0, 1], [0, 1]]),
        ("INVALID_HEAD", [[0, 1, 2], [1, 2], [0, 1], [0, 1]]),
        ("INVALID_COORDINATES", [[0, 1, 2], [1, 0], [0, np.nan], [0, 1]]),
        ("ARRAYS_DISAGREE", [[0, 1, 2], [1, 0], [0, 1], [0]]),
    ]
    for code, arrays in cases:
        with pytest.raises(HierarchyError) as raised:
            build_hierarchy(*arrays)
        assert refusal(raised) == code
    with pytest.raises(HierarchyError) as raised:
        build_hierarchy([0, 1, 2], [1, 0], [0, 1], [0, 1], twins=[1, -1])
    assert refusal(raised) == "INVALID_TWINS"


def test_bad_questions_are_refused_by_name() -> None:
    network = street_network(np.random.default_rng(1), 4)
    hierarchy = built(network)
    metric = metric_of(hierarchy, network.weights)
    negative = network.weights.copy()
    negative[3] = -1
    questions: list[tuple[str, Any]] = [
        ("INVALID_WEIGHT", lambda: metric_of(hierarchy, negative)),
        ("ARRAYS_DISAGREE", lambda: metric_of(hierarchy, network.weights[1:])),
        ("UNKNOWN_DTYPE", lambda: metric_of(hierarchy, network.weights.astype(float))),
        ("INVALID_ARC", lambda: metric.changed([10_000], [1])),
        ("INVALID_WEIGHT", lambda: metric.changed([0], [-1])),
        ("INVALID_SEED", lambda: metric.origins([16])),
        ("INVALID_SEED", lambda: metric.way([-2], [0])),
        ("SEEDS_APART", lambda: metric.one_to_all([0, 1])),
        ("WRONG_DIRECTION", lambda: metric.many_to_one(metric.targets([0]), [0])),
        ("OTHER_METRIC", lambda: metric.changed([], []).many_to_one(metric.origins([0]), [0])),
    ]
    for code, question in questions:
        with pytest.raises(HierarchyError) as raised:
            question()
        assert refusal(raised) == code
