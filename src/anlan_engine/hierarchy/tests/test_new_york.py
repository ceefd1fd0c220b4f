"""100,000 random pairs of a large network beside Dijkstra's algorithm, open and with closures."""

import numpy as np
import pytest
from tests.shared_data import shared

from anlan_engine.hierarchy import Metric, build_hierarchy, metric_of
from anlan_engine.hierarchy.tests.networks import Network, all_costs, as_floats, read_dimacs

SOURCES, TARGETS = 20, 5_000
CLOSED = 30


@pytest.fixture(scope="module")
def new_york() -> Network:
    return read_dimacs(
        shared("c4_dimacs_ny", "USA-road-t.NY.gr.gz"), shared("c4_dimacs_ny", "USA-road-d.NY.co.gz")
    )


@pytest.fixture(scope="module")
def metric(new_york: Network) -> Metric:
    hierarchy = build_hierarchy(new_york.first, new_york.head, new_york.x, new_york.y)
    return metric_of(hierarchy, new_york.weights)


def assert_pairs(network: Network, metric: Metric, seed: int) -> None:
    """100,000 pairs by the matrix, by sweeps and by labels."""
    rng = np.random.default_rng(seed)
    sources = rng.integers(len(network.x), size=SOURCES)
    targets = rng.integers(len(network.x), size=TARGETS)
    expected = all_costs(network, metric.far, sources)
    origins = metric.origins(sources)
    found = metric.matrix(origins, metric.targets(targets))
    assert (as_floats(found, metric.far) == expected[:, targets]).all()
    for row, source in enumerate(sources[:3]):
        swept = metric.one_to_all([source])
        assert (as_floats(swept, metric.far) == expected[row]).all()
    for target in targets[:50]:
        to_one = metric.many_to_one(origins, [target])
        assert (as_floats(to_one, metric.far) == expected[:, target]).all()


def test_new_york_equals_dijkstra(new_york: Network, metric: Metric) -> None:
    assert_pairs(new_york, metric, 1)


def test_new_york_with_closures_equals_dijkstra(new_york: Network, metric: Metric) -> None:
    rng = np.random.default_rng(2)
    arcs = rng.choice(len(new_york.head), CLOSED, replace=False)
    closed = metric.changed(arcs, np.full(CLOSED, metric.far))
    weights = new_york.weights.copy()
    weights[arcs] = metric.far
    assert_pairs(new_york._replace(weights=weights), closed, 3)
    full = metric_of(metric.hierarchy, weights)
    assert (closed.up == full.up).all()
    assert (closed.down == full.down).all()


def test_ways_in_new_york_have_the_cost_they_tell(new_york: Network, metric: Metric) -> None:
    rng = np.random.default_rng(4)
    for start, end in rng.integers(len(new_york.x), size=(200, 2)).tolist():
        way = metric.way([start], [end])
        assert way is not None
        assert way.cost == new_york.weights[way.arcs].sum()
        assert way.cost == metric.many_to_one(metric.origins([start]), [end])[0]
        vertices = [start, *new_york.head[way.arcs].tolist()]
        assert vertices[-1] == end
        assert new_york.tail[way.arcs].tolist() == vertices[:-1]
