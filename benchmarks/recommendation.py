"""Ranking 500 units for one incident, in process, beside SciPy's Dijkstra on the same streets."""

from collections.abc import Callable

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from anlan.kernel.text_files import data_folder
from anlan_engine.assign import Question, Unit, rank_units
from anlan_engine.city import City, open_city
from anlan_engine.roads import MM_BITS
from anlan_engine.routing import RoadTimes
from anlan_engine.statistics import percentile
from benchmarks.rows import Row, median, row, timed_ms

UNITS = 500
CALLS = 200
P99_LIMIT_MS = 50.0


def run() -> list[Row]:
    """Measure; the peer answers one target over the whole network, without snapping or reasons."""
    city = open_city(data_folder() / "cities" / "helsinki.city")
    times = RoadTimes(city.graph)
    rng = np.random.default_rng(7)
    questions = iter([_question(city, rng) for _ in range(CALLS + 1)])
    rank_units(next(questions), times)
    took = timed_ms(lambda: rank_units(next(questions), times), CALLS)
    peer = median(timed_ms(_peer(city, rng), CALLS))
    named = ("SciPy Dijkstra, one target, whole network", peer)
    return [
        row("recommendation of 500 units, p50", median(took), "ms", peer=named),
        row("recommendation of 500 units, p99", percentile(took, 99), "ms", at_most=P99_LIMIT_MS),
    ]


def _question(city: City, rng: np.random.Generator) -> Question:
    west, south, east, north = city.meta["bounds"]
    inset = 0.1
    spread = rng.uniform(inset, 1 - inset, (UNITS + 1, 2)) * (east - west, north - south)
    lon, lat = (spread + np.array([west, south])).T
    kinds = ("AMBULANCE", "FIRE_ENGINE", "POLICE_PATROL")
    units = tuple(
        Unit(f"U{i:03}", bool(i % 5), (kinds[i % 3],), float(lon[i]), float(lat[i]), 10.0)
        for i in range(UNITS)
    )
    return Question(
        lon=float(lon[UNITS]), lat=float(lat[UNITS]), needs=("AMBULANCE",), units=units,
        stale_after_s=120.0, pack=city.checksum,
    )  # fmt: skip


def _peer(city: City, rng: np.random.Generator) -> Callable[[], object]:
    graph = city.graph
    cost = (graph.arc_cost >> MM_BITS).astype(np.float64) + 1
    before = np.repeat(np.arange(graph.arcs), np.diff(graph.turn_first))
    backwards = csr_array(
        (cost[before], (np.asarray(graph.turn_to), before)), shape=(graph.arcs, graph.arcs)
    )
    return lambda: dijkstra(backwards, indices=int(rng.integers(graph.arcs)))
