"""The guarded choice against its definition, on random small cities."""

import numpy as np
import pytest

from anlan_engine.assign.guard import (
    NO_UNIT,
    Cover,
    cost_of_leaving,
    guarded_unit,
    shift_cover,
    worth_by_depth,
)

CELLS, PLACES, UNITS, BUSY = 30, 12, 9, 0.4


class Board:
    """A random city and its free units, with coverage as its definition has it."""

    def __init__(self, seed: int) -> None:
        rng = np.random.default_rng(seed)
        self.reached = rng.random((PLACES, CELLS)) < 0.3
        weight = rng.integers(1, 50, CELLS).astype(np.float64)
        first = np.concatenate([[0], np.cumsum(self.reached.sum(axis=1))]).astype(np.int32)
        cells = np.nonzero(self.reached)[1].astype(np.int32)
        self.cover = Cover(first, cells, weight, worth_by_depth(BUSY, UNITS))
        self.place = rng.integers(-1, PLACES, UNITS).astype(np.int32)
        self.travel = rng.integers(1, 12, UNITS).astype(np.float64)
        self.travel[rng.random(UNITS) < 0.2] = np.inf
        self.depth = np.zeros(CELLS, np.int32)
        for place in self.place.tolist():
            shift_cover(self.cover, self.depth, place, 1)

    def expected(self, units: list[int]) -> float:
        rows = [self.reached[self.place[unit]] for unit in units if self.place[unit] >= 0]
        depth = np.sum(rows, axis=0) if rows else np.zeros(CELLS)
        return float((self.cover.weight * (1 - BUSY**depth)).sum())

    def lost(self, unit: int) -> float:
        everyone = list(range(UNITS))
        return self.expected(everyone) - self.expected([one for one in everyone if one != unit])

    def chosen(self, *, urgent: bool, limit: float, extra: float) -> int:
        return guarded_unit(
            self.travel, self.place, urgent, limit, extra, self.cover, self.depth
        )  # fmt: skip


@pytest.mark.parametrize("seed", range(200))
def test_among_those_in_time_the_one_that_costs_least_coverage_goes(seed: int) -> None:
    board = Board(seed)
    for limit, extra in ((6.0, np.inf), (9.0, 3.0), (0.5, np.inf)):
        chosen = board.chosen(urgent=False, limit=limit, extra=extra)
        sendable = np.flatnonzero(np.isfinite(board.travel)).tolist()
        if not sendable:
            assert chosen == NO_UNIT
            continue
        least = board.travel.min()
        in_time = [u for u in sendable if board.travel[u] <= min(limit, least + extra)]
        if least > limit:
            assert board.travel[chosen] == least
        else:
            assert chosen in in_time
            cheapest = min(board.lost(unit) for unit in in_time)
            assert board.lost(chosen) == pytest.approx(cheapest, abs=1e-9)


@pytest.mark.parametrize("seed", range(50))
def test_the_most_urgent_call_gets_the_fastest_unit(seed: int) -> None:
    board = Board(seed)
    chosen = board.chosen(urgent=True, limit=9.0, extra=np.inf)
    assert chosen == NO_UNIT or board.travel[chosen] == board.travel.min()


def test_the_cost_of_leaving_is_the_difference_it_makes() -> None:
    board = Board(7)
    for unit in range(UNITS):
        cost = cost_of_leaving(board.cover, board.depth, int(board.place[unit]))
        assert cost == pytest.approx(board.lost(unit), abs=1e-9)


def test_a_unit_that_is_counted_in_and_out_leaves_no_trace() -> None:
    board = Board(3)
    before = board.depth.copy()
    shift_cover(board.cover, board.depth, 5, 1)
    shift_cover(board.cover, board.depth, 5, -1)
    assert (board.depth == before).all()


def test_without_units_nobody_goes() -> None:
    board = Board(1)
    nobody, nowhere = np.zeros(0), np.zeros(0, np.int32)
    empty = np.zeros(CELLS, np.int32)
    assert guarded_unit(nobody, nowhere, False, 9.0, np.inf, board.cover, empty) == NO_UNIT
