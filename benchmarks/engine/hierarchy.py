"""Shortest ways on New York, on four of it side by side, and on superblocks, beside SciPy."""

import multiprocessing
import os
import resource
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from anlan_engine.hierarchy import Labels, Metric, PlainMetric, build_hierarchy, metric_of
from anlan_engine.hierarchy.tests.networks import Network, by_rows, read_dimacs, tiled
from benchmarks.interleaved import Beside, DisagreementError, beside, drop_caches, timed
from benchmarks.rows import Row, Target, row

Costs = npt.NDArray[Any]

SEED = 11
UNITS, SITES = 500, 1_000
INCIDENTS, INCIDENTS_FULL = 20, 60
MATRIX_ROWS, MATRIX_ROWS_FULL = 8, 50
"""Rows of SciPy's matrix that are measured; the others are taken to cost as much."""

CLOSED = 30
ISOCHRONE = 9_000
"""15 minutes in the tenths of seconds of New York."""

TILES, LINKS = 2, 24
GRID_SIDE, GRID_SIDE_FULL = 200, 1_000
BLOCK, MAIN_FASTER = 8, 4
"""Every eighth street of the grid is a main road, on which one is four times as fast."""

PEER = "SciPy's Dijkstra"

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("ANLAN_SHARED_DATA", ROOT.parent / "shared" / "data"))
FOLDER = DATA / "c4_dimacs_ny"


def run(*, full: bool) -> list[Row]:
    """Measure; every answer is compared with SciPy's."""
    rows = _grid(GRID_SIDE_FULL if full else GRID_SIDE)
    if not FOLDER.exists():
        print(f"hierarchy: New York is left out: {FOLDER.name} is not there")
        return rows
    network = _new_york()
    metric, built_s = _built(network)
    rows += _one_incident(network, metric, INCIDENTS_FULL if full else INCIDENTS)
    rows += _matrix(network, metric, MATRIX_ROWS_FULL if full else MATRIX_ROWS)
    rows += _closures(network, metric, INCIDENTS_FULL if full else INCIDENTS)
    rows += _one_to_all(network, metric, INCIDENTS_FULL if full else INCIDENTS)
    return rows + _large(built_s, len(network.x))


def _new_york() -> Network:
    return read_dimacs(FOLDER / "USA-road-t.NY.gr.gz", FOLDER / "USA-road-d.NY.co.gz")


def _built(network: Network) -> tuple[Metric, float]:
    """A metric, and the processor seconds that order, completion and customization took."""
    warm = build_hierarchy([0, 0], [], [0.0], [0.0])
    metric_of(warm, network.weights[:0])
    _hierarchy_of(_part_of(network, 2_000))
    return timed(_hierarchy_of, network)


def _hierarchy_of(network: Network) -> Metric:
    hierarchy = build_hierarchy(network.first, network.head, network.x, network.y)
    return metric_of(hierarchy, network.weights)


def _matrix_of(network: Network, *, reverse: bool, far: int | None = None) -> Any:
    """The graph as SciPy takes it, least of parallel arcs, closed arcs left out."""
    open_ = network.weights < (network.weights.max() + 1 if far is None else far)
    tail, head = network.tail[open_], network.head[open_].astype(np.int64)
    weights = network.weights[open_].astype(np.float64)
    if reverse:
        tail, head = head, tail
    order = np.lexsort((weights, head, tail))
    tail, head, weights = tail[order], head[order], weights[order]
    least = np.ones(len(tail), bool)
    least[1:] = (tail[1:] != tail[:-1]) | (head[1:] != head[:-1])
    size = len(network.x)
    first = np.searchsorted(tail[least], np.arange(size + 1))
    return csr_array((weights[least], head[least], first), shape=(size, size))


def _agree(mine: Costs, theirs: Costs) -> bool:
    far = np.iinfo(mine.dtype).max // 2
    return bool((np.where(mine >= far, np.inf, mine) == theirs).all())


def _compared(name: str, found: Beside, **target: Target) -> Row:
    """One row of milliseconds beside SciPy's."""
    low, high = found.interval
    return row(
        name, 1000 * found.ours_s, "ms", peer=(PEER, 1000 * found.peer_s),
        interval=(1 / high, 1 / low), **target,
    )  # fmt: skip


def _one_incident(network: Network, metric: Metric, count: int) -> list[Row]:
    """500 units to one incident: labels at hand, caches hot and cold, and all moved."""
    rng = np.random.default_rng(SEED)
    reverse = _matrix_of(network, reverse=True)
    units = rng.integers(len(network.x), size=UNITS)
    labels = metric.origins(units)
    incidents = rng.integers(len(network.x), size=count).tolist()

    def ours(incident: int) -> Costs:
        return metric.many_to_one(labels, [incident])

    def peer(incident: int) -> Costs:
        return np.asarray(dijkstra(reverse, indices=incident))[units]

    def hot(incident: int) -> Costs:
        for _ in range(99):
            ours(incident)
        return ours(incident)

    def moved(incident: int) -> Costs:
        anew = labels.moved(np.arange(UNITS), units)
        return metric.many_to_one(anew, [incident])

    ours(0)
    cold = beside(incidents, ours, peer, _agree, before_ours=drop_caches)
    warm = beside(incidents, ours, peer, _agree)
    hottest = np.median([timed(hot, incident)[1] / 100 for incident in incidents])
    anew = beside(incidents, moved, peer, _agree)
    name = f"{UNITS} units to one incident, New York"
    return [
        row(f"{name}, labels at hand: times as fast as SciPy", warm.speedup, "x",
            target=Target("value", 200.0, at_least=True), interval=warm.interval),
        row(f"{name}, cold caches: times as fast as SciPy", cold.speedup, "x",
            target=Target("value", 200.0, at_least=True), interval=cold.interval),
        _compared(f"{name}, cold caches", cold),
        row(f"{name}, hot", 1e6 * float(hottest), "us", target=Target("value", 40.0)),
        _compared(f"{name}, all moved", anew, target=Target("value", 5.0)),
        row(f"{name}, all moved (aim)", 1000 * anew.ours_s, "ms", target=Target("value", 1.5)),
        row(f"labels of {UNITS} units", labels.columns.table.nbytes / 2**20, "MiB"),
    ]  # fmt: skip


def _matrix(network: Network, metric: Metric, count: int) -> list[Row]:
    """1000 x 1000, labels included, beside some rows by SciPy."""
    rng = np.random.default_rng(SEED)
    forward = _matrix_of(network, reverse=False)
    origins, targets = rng.integers(len(network.x), size=(2, SITES))

    def ours(_: int) -> Costs:
        return metric.matrix(metric.origins(origins), metric.targets(targets))

    ours(0)
    ours_s, ratios = [], []
    for number in range(count):
        mine, took = timed(ours, number)
        theirs, peer_took = timed(
            lambda source: np.asarray(dijkstra(forward, indices=source))[targets],
            int(origins[number]),
        )
        if not _agree(mine[number], theirs):
            raise DisagreementError(number)
        ours_s.append(took)
        ratios.append(peer_took * SITES / took)
    name = f"{SITES} x {SITES} matrix, New York"
    return [
        row(f"{name}: times as fast as SciPy", float(np.median(ratios)), "x",
            target=Target("value", 300.0, at_least=True)),
        row(f"{name} (aim)", 1000 * float(np.median(ours_s)), "ms",
            target=Target("value", 60.0)),
    ]  # fmt: skip


def _closures(network: Network, metric: Metric, count: int) -> list[Row]:
    """30 streets are closed; then times of 500 units again."""
    rng = np.random.default_rng(SEED)
    units = rng.integers(len(network.x), size=UNITS)
    labels = metric.origins(units)
    questions = [
        (rng.choice(len(network.head), CLOSED, replace=False), int(rng.integers(len(network.x))))
        for _ in range(count)
    ]
    barred = np.full(CLOSED, metric.far)

    def ours(asked: tuple[Costs, int]) -> Costs:
        closed = metric.changed(asked[0], barred)
        return closed.many_to_one(labels.on(closed), [asked[1]])

    def peer(asked: tuple[Costs, int]) -> Costs:
        weights = network.weights.copy()
        weights[asked[0]] = metric.far
        reverse = _matrix_of(network._replace(weights=weights), reverse=True, far=int(metric.far))
        return np.asarray(dijkstra(reverse, indices=asked[1]))[units]

    ours(questions[0])
    found = beside(questions, ours, peer, _agree)
    name = f"{CLOSED} closures, then {UNITS} units, New York"
    return [
        _compared(name, found, target=Target("value", 80.0)),
        row(f"{name} (aim)", 1000 * found.ours_s, "ms", target=Target("value", 10.0)),
        row("new speeds everywhere, New York",
            1000 * timed(partial(metric_of, metric.hierarchy), network.weights)[1], "ms"),
    ]  # fmt: skip


def _one_to_all(network: Network, metric: Metric, count: int) -> list[Row]:
    """Everywhere from one place, and all within 15 minutes."""
    rng = np.random.default_rng(SEED)
    forward = _matrix_of(network, reverse=False)
    places = rng.integers(len(network.x), size=count).tolist()
    everywhere = beside(
        places, lambda place: metric.one_to_all([place]),
        lambda place: np.asarray(dijkstra(forward, indices=place)), _agree,
    )  # fmt: skip
    near = beside(
        places, lambda place: metric.one_to_all([place], limit=ISOCHRONE),
        lambda place: np.asarray(dijkstra(forward, indices=place, limit=ISOCHRONE)), _agree,
    )  # fmt: skip
    return [
        _compared("one place to all, New York", everywhere),
        _compared("all within 15 minutes, New York", near),
    ]


def _large(smaller_s: float, smaller: int) -> list[Row]:
    """A million nodes, in a process of its own so that its memory can be told."""
    spawned = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=spawned) as pool:
        figures = pool.submit(_large_figures).result()
    size, name = figures["nodes"], f"order and hierarchy, {figures['nodes'] / 1e6:.2f} M nodes"
    power = np.log(figures["processor_s"] / smaller_s) / np.log(size / smaller)
    return [
        row(f"{name}: processor time", figures["processor_s"], "s", target=Target("value", 60.0)),
        row(f"{name}: on the wall, 2 threads", figures["wall_s"], "s",
            target=Target("value", 60.0)),
        row(f"{name}: on the wall, 2 threads (aim)", figures["wall_s"], "s",
            target=Target("value", 20.0)),
        row(f"{name}: most memory of the process", figures["memory_mib"], "MiB",
            target=Target("value", 1024.0)),
        row(f"{name}: arrays of hierarchy and costs", figures["arrays_mib"], "MiB"),
        row(f"{UNITS} units to one incident, {size / 1e6:.2f} M nodes: times as fast as SciPy",
            figures["speedup"], "x"),
        row("order and hierarchy: processor time grows with nodes to the power of",
            float(power), "power"),
    ]  # fmt: skip


def _large_figures() -> dict[str, float]:
    """Build four times New York and ask it."""
    network = tiled(_new_york(), TILES, LINKS, np.random.default_rng(SEED))
    _hierarchy_of(_part_of(network, 2_000))
    began = time.perf_counter()
    metric, processor_s = timed(_hierarchy_of, network)
    wall_s = time.perf_counter() - began
    memory_mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    rng = np.random.default_rng(SEED)
    units = rng.integers(len(network.x), size=UNITS)
    labels: Labels = metric.origins(units)
    reverse = _matrix_of(network, reverse=True)
    found = beside(
        rng.integers(len(network.x), size=8).tolist(),
        lambda place: metric.many_to_one(labels, [place]),
        lambda place: np.asarray(dijkstra(reverse, indices=place))[units], _agree,
    )  # fmt: skip
    hierarchy = metric.hierarchy
    arrays = [getattr(hierarchy, name) for name in hierarchy.__slots__] + [metric.up, metric.down]
    return {
        "nodes": len(network.x),
        "processor_s": processor_s,
        "wall_s": wall_s,
        "memory_mib": memory_mib,
        "arrays_mib": sum(array.nbytes for array in arrays) / 2**20,
        "speedup": found.speedup,
    }


def _part_of(network: Network, count: int) -> Network:
    """Only the first vertices, and the arcs between them."""
    kept = (network.tail < count) & (network.head < count)
    tail, head = network.tail[kept], network.head[kept]
    return by_rows(tail, head, network.weights[kept], network.x[:count], network.y[:count])


def _grid(side: int) -> list[Row]:
    """Superblocks: a plain hierarchy beside the customizable one, both compared with SciPy."""
    rng = np.random.default_rng(SEED)
    east, north = np.meshgrid(np.arange(side), np.arange(side))
    cell = (east + side * north).ravel()
    across, along = cell[east.ravel() + 1 < side], cell[north.ravel() + 1 < side]
    one, two = np.concatenate([across, along]), np.concatenate([across + 1, along + side])
    tail, head = np.concatenate([one, two]), np.concatenate([two, one])
    weights = rng.integers(5_000, 20_000, len(tail)).astype(np.int32)
    same_row, same_column = tail // side == head // side, tail % side == head % side
    main = (same_row & (tail // side % BLOCK == 0)) | (same_column & (tail % side % BLOCK == 0))
    weights[main] //= MAIN_FASTER
    network = by_rows(tail, head, weights, east.ravel(), north.ravel())
    twin = np.full(len(cell), -1, np.int32)
    _hierarchy_of(_part_of(network, 2_000))
    small = _part_of(network, 2_000)
    PlainMetric(small.first, small.head, twin[:2_000], small.weights)
    custom, custom_s = timed(_hierarchy_of, network)
    plain, plain_s = timed(
        lambda _: PlainMetric(network.first, network.head, twin, network.weights), None
    )
    units = rng.integers(len(cell), size=UNITS)
    reverse = _matrix_of(network, reverse=True)
    name = f"superblocks, {len(cell):,} crossings"
    rows = [
        row(f"{name}: up arcs for each arc", custom.hierarchy.up_arc_count / len(head), "arcs"),
        row(f"{name}: customizable hierarchy", custom_s, "s"),
        row(f"{name}: plain hierarchy", plain_s, "s"),
    ]
    for kind, metric in (("customizable", custom), ("plain", plain)):
        labels: Any = metric.origins(units)
        metric.many_to_one(labels, [0])
        found = beside(
            rng.integers(len(cell), size=10).tolist(),
            partial(_to_one, metric, labels),
            lambda place: np.asarray(dijkstra(reverse, indices=place))[units], _agree,
        )  # fmt: skip
        rows.append(_compared(f"{name}: {UNITS} units to one incident, {kind}", found))
    return rows


def _to_one(metric: Any, labels: Any, place: int) -> Costs:
    found: Costs = metric.many_to_one(labels, [place])
    return found
