"""Travel times on networks small enough to work out by hand or by trying every street."""

from collections import defaultdict
from collections.abc import Iterator
from heapq import heappop, heappush
from typing import NamedTuple

import numpy as np
import pytest
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from anlan_engine.roads.build import StreetWay, TurnRule, build_graph
from anlan_engine.routing import RoadTimes, RoutingError

STEP = 10_000
SIDE_S = 11.12  # 0.001 degree at the equator at 36 km/h, to the millisecond


def street(way_id: int, *nodes: int, back: float = 36.0) -> StreetWay:
    return StreetWay(way_id, nodes, way_id, 36.0, back)


def road_times(
    ways: list[StreetWay], at: dict[int, tuple[int, int]], *rules: TurnRule
) -> RoadTimes:
    return RoadTimes(build_graph(ways, at, list(rules)).graph)


def seconds(times: RoadTimes, start: tuple[float, float], end: tuple[float, float]) -> float:
    """Ask forwards and backwards and for the path; all must agree."""
    to = times.times_to(*end, np.array([start])).travel_s[0]
    out = times.times_from(*start, np.array([end])).travel_s[0]
    path = times.path(*start, *end)
    assert to == out == path.travel_s
    return float(to)


SQUARE = {1: (0, 0), 2: (STEP, 0), 3: (STEP, STEP), 4: (0, STEP), 5: (-STEP, 0)}
BLOCK = [street(n, n, n % 4 + 1) for n in (1, 2, 3, 4)] + [street(5, 1, 5)]
"""Two-way streets around a block, and a dead end to turn round in."""


def test_on_one_street_one_drives_either_way() -> None:
    times = road_times([street(1, 1, 2)], SQUARE)
    assert seconds(times, (0.0002, 0.0), (0.0007, 0.0)) == pytest.approx(SIDE_S / 2, abs=0.001)
    assert seconds(times, (0.0007, 0.0), (0.0002, 0.0)) == pytest.approx(SIDE_S / 2, abs=0.001)
    assert seconds(times, (0.0007, 0.0), (0.0007, 0.0)) == 0.0


def test_against_a_one_way_street_one_drives_round() -> None:
    ring = [street(n, n, n % 4 + 1, back=0) for n in (1, 2, 3, 4)]
    times = road_times(ring, SQUARE)
    assert seconds(times, (0.0002, 0.0), (0.0007, 0.0)) == pytest.approx(0.5 * SIDE_S, abs=0.001)
    assert seconds(times, (0.0007, 0.0), (0.0002, 0.0)) == pytest.approx(3.5 * SIDE_S, abs=0.003)


def test_one_leaves_a_two_way_street_in_the_better_direction() -> None:
    times = road_times(BLOCK, SQUARE)
    assert seconds(times, (0.0002, 0.0), (0.0, 0.0005)) == pytest.approx(0.7 * SIDE_S, abs=0.002)
    assert seconds(times, (0.0008, 0.0), (0.001, 0.0005)) == pytest.approx(0.7 * SIDE_S, abs=0.002)


def test_a_forbidden_turn_costs_the_way_round() -> None:
    free = road_times(BLOCK, SQUARE)
    ruled = road_times(BLOCK, SQUARE, TurnRule(1, 2, 2, only=False))
    start, end = (0.0009, 0.0), (0.001, 0.0001)
    assert seconds(free, start, end) == pytest.approx(0.2 * SIDE_S, abs=0.002)
    # Backwards, round the other three sides.
    assert seconds(ruled, start, end) == pytest.approx(3.8 * SIDE_S, abs=0.004)
    assert seconds(ruled, end, start) == pytest.approx(0.2 * SIDE_S, abs=0.002)


def test_the_way_on_foot_counts_at_both_ends() -> None:
    times = road_times([street(1, 1, 2)], SQUARE)
    start, end = (0.0002, 0.00009), (0.0007, -0.00018)
    foot_m = 0.00027 * 111_195.08
    assert seconds(times, start, end) == pytest.approx(SIDE_S / 2 + foot_m / 1.4, abs=0.003)
    path = times.path(*start, *end)
    assert path.distance_m == pytest.approx(0.0005 * 111_195.08 + foot_m, abs=0.002)
    assert len(path.coords) == 4


def test_of_equally_fast_ways_the_shorter_is_told() -> None:
    as_slow_as_three_sides = 111_195 * 3.6 / (3 * 11_120)
    slow = StreetWay(4, (4, 1), 4, as_slow_as_three_sides, as_slow_as_three_sides)
    times = road_times([*BLOCK[:3], slow, BLOCK[4]], SQUARE)
    found = times.times_to(0.0, 0.001, np.array([[0.0, 0.0]]))
    assert found.travel_s.tolist() == [33.36]
    assert found.distance_m.tolist() == [111.195]


def test_an_empty_graph_is_refused() -> None:
    with pytest.raises(RoutingError) as refusal:
        road_times([], {})
    assert refusal.value.code == "NO_STREETS"


class Step(NamedTuple):
    """One street of the random town, in one direction."""

    way: int
    tail: int
    head: int
    ms: float


class Town:
    """A random grid town, and travel times by trying every street: no code in common."""

    def __init__(self, seed: int) -> None:
        rng = np.random.default_rng(seed)
        self.at = {
            4 * row + column: (column * STEP, row * STEP) for row in range(4) for column in range(4)
        }
        pairs = [(n, n + 1) for n in self.at if n % 4 < 3] + [(n, n + 4) for n in range(12)]
        speeds = rng.choice([0.0, 20.0, 36.0, 50.0], (len(pairs), 2), p=[0.15, 0.25, 0.35, 0.25])
        self.ways = [
            StreetWay(100 + n, pair, n, *speeds[n].tolist())
            for n, pair in enumerate(pairs)
            if speeds[n].any()
        ]
        self.rules = list(self._rules(rng))
        self.steps = list(self._steps())
        self.onward = self._onward()
        self.kept = self._kept()

    def _rules(self, rng: np.random.Generator) -> Iterator[TurnRule]:
        for node in self.at:
            here = [way.way_id for way in self.ways if node in way.nodes]
            if len(here) > 2 and rng.random() < 0.5:
                source, target = rng.choice(here, 2, replace=False).tolist()
                yield TurnRule(source, node, target, only=bool(rng.random() < 0.3))

    def _steps(self) -> Iterator[Step]:
        length_m = 0.001 * 111_195.08
        for way in self.ways:
            (x1, y1), (x2, y2) = (self.at[node] for node in way.nodes)
            assert abs(x1 - x2) + abs(y1 - y2) == STEP
            tail, head = way.nodes
            if way.forward_kmh:
                yield Step(way.way_id, tail, head, length_m * 3600 / way.forward_kmh)
            if way.backward_kmh:
                yield Step(way.way_id, head, tail, length_m * 3600 / way.backward_kmh)

    def _allowed(self, before: Step, after: Step) -> bool:
        for rule in self.rules:
            if (rule.from_way, rule.via_node) == (before.way, before.head):
                named = any(s.way == rule.to_way and s.tail == before.head for s in self.steps)
                if named and rule.only != (after.way == rule.to_way):
                    return False
        return True

    def _onward(self) -> dict[Step, list[Step]]:
        onward = {}
        for step in self.steps:
            out = [s for s in self.steps if s.tail == step.head and self._allowed(step, s)]
            ahead = [s for s in out if s.way != step.way]
            onward[step] = ahead or out
        return onward

    def _kept(self) -> set[Step]:
        number = {step: n for n, step in enumerate(self.steps)}
        links = [(number[a], number[b]) for a in self.steps for b in self.onward[a]]
        rows, columns = zip(*links, strict=True)
        size = len(self.steps)
        matrix = coo_array((np.ones(len(links)), (rows, columns)), shape=(size, size))
        _, label = connected_components(matrix, directed=True, connection="strong")
        sizes = np.bincount(label)
        self.clear = int((sizes == sizes.max()).sum()) == 1 and sizes.max() > 8
        return {step for step in self.steps if label[number[step]] == int(np.argmax(sizes))}

    def middle(self, way: StreetWay) -> tuple[float, float]:
        (x1, y1), (x2, y2) = (self.at[node] for node in way.nodes)
        return (x1 + x2) / 2e7, (y1 + y2) / 2e7

    def fastest_ms(self, start: int, end: int) -> float:
        """From the middle of one way to the middle of another, in every direction kept."""
        best: dict[Step, float] = defaultdict(lambda: np.inf)
        heap: list[tuple[float, Step]] = []
        for step in self.kept:
            if step.way == start:
                heappush(heap, (step.ms / 2, step))  # cost at the end of the step
        while heap:
            ms, step = heappop(heap)
            if ms < best[step]:
                best[step] = ms
                for after in self.onward[step]:
                    if after in self.kept:
                        heappush(heap, (ms + after.ms, after))
        return min(
            best[before] + after.ms / 2
            for before in list(best)
            for after in self.onward[before]
            if after.way == end and after in self.kept
        )


@pytest.mark.parametrize("seed", range(25))
def test_a_random_town_agrees_with_trying_every_street(seed: int) -> None:
    town = Town(seed)
    if not town.clear:
        pytest.skip(f"town {seed} falls apart: no part of it is clearly the largest")
    times = RoadTimes(build_graph(town.ways, town.at, town.rules).graph)
    kept = sorted({step.way for step in town.kept})
    ways = [way for way in town.ways if way.way_id in kept]
    middles = np.array([town.middle(way) for way in ways])
    rounding_s = 0.001 * len(town.steps)
    for way in ways[::3]:
        found = times.times_to(*town.middle(way), middles).travel_s
        for other, travel_s in zip(ways, found.tolist(), strict=True):
            if other.way_id != way.way_id:
                expected = town.fastest_ms(other.way_id, way.way_id) / 1000
                assert travel_s == pytest.approx(expected, abs=rounding_s)
