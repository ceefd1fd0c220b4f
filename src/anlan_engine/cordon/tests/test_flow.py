"""The maximum flow against SciPy's, by depth-first passes and by Dinic's phases alone."""

import numpy as np
import pytest
from scipy.sparse import coo_array
from scipy.sparse.csgraph import maximum_flow as scipy_maximum_flow

from anlan_engine.cordon import flow


@pytest.mark.parametrize("seed", range(60))
def test_the_flow_equals_scipys(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(seed)
    nodes = int(rng.integers(2, 60))
    count = int(rng.integers(1, 4 * nodes))
    tail, head = rng.integers(0, nodes, (2, count)).astype(np.int32)
    room, back = rng.integers(0, 9, (2, count)).astype(np.int64)
    rows, columns = np.concatenate([tail, head]), np.concatenate([head, tail])
    rooms = np.concatenate([room, back])
    both = coo_array((rooms, (rows, columns)), shape=(nodes, nodes))
    matrix = both.tocsr().astype(np.int32)
    matrix.setdiag(0)
    expected = scipy_maximum_flow(matrix, 0, nodes - 1).flow_value
    net = flow.residual(nodes, tail, head, room, back)
    assert flow.maximum_flow(net, 0, nodes - 1) == expected
    marks = flow.reached(net, 0)
    assert marks[0]
    assert not marks[nodes - 1]
    across = (room[marks[tail] & ~marks[head]]).sum() + (back[marks[head] & ~marks[tail]]).sum()
    assert across == expected
    levels_only = flow.residual(nodes, tail, head, room, back)
    level, queue = np.empty(nodes, np.int32), np.empty(nodes, np.int32)
    path, total = np.empty(nodes + 1, np.int32), 0
    while flow._levels(levels_only, 0, nodes - 1, level, queue):
        total += flow._level_pass(levels_only, 0, nodes - 1, level, path)
    assert total == expected
