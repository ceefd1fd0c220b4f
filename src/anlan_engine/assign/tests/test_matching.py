"""Matching jobs with units against every way to do it."""

import itertools

import numpy as np
import pytest
from scipy.optimize import linear_sum_assignment

from anlan_engine.assign.matching import NOBODY, match_earliest


def best_by_trying(travel: np.ndarray) -> tuple[list[int], float, float]:
    """Matched rows (the most; of equally many the earliest), the last arrival, the sum."""
    rows, columns = travel.shape
    best = ((0, ()), np.inf, np.inf)
    for chosen in itertools.permutations([*range(columns), *([NOBODY] * rows)], rows):
        times = [travel[row, column] for row, column in enumerate(chosen) if column != NOBODY]
        if not all(np.isfinite(times)):
            continue
        matched = tuple(row for row, column in enumerate(chosen) if column != NOBODY)
        key = ((-len(matched), matched), max(times, default=0.0), sum(times))
        best = min(best, key)
    return list(best[0][1]), best[1], best[2]


@pytest.mark.parametrize("seed", range(150))
def test_no_other_way_is_better(seed: int) -> None:
    rng = np.random.default_rng(seed)
    rows, columns = rng.integers(1, 4), rng.integers(1, 6)
    travel = rng.integers(0, 12, (rows, columns)).astype(np.float64)
    travel[rng.random(travel.shape) < rng.uniform(0, 0.7)] = np.inf
    found = match_earliest(travel)
    matched = np.flatnonzero(found != NOBODY)
    times = travel[matched, found[matched]]
    expected = best_by_trying(travel)
    assert matched.tolist() == expected[0]
    assert (max(times, default=0.0), times.sum()) == expected[1:] or not expected[0]
    assert len(set(found[matched].tolist())) == len(matched)


@pytest.mark.parametrize("seed", range(20))
def test_seven_by_seven_is_the_best_of_5040(seed: int) -> None:
    rng = np.random.default_rng(seed)
    travel = rng.integers(0, 100, (7, 7)).astype(np.float64)
    orders = np.array(list(itertools.permutations(range(7))))
    times = travel[np.arange(7), orders]
    best = min(zip(times.max(axis=1), times.sum(axis=1), strict=True))
    found = times_of(travel)
    assert (found.max(), found.sum()) == best


def times_of(travel: np.ndarray) -> np.ndarray:
    found = match_earliest(travel)
    return travel[np.arange(len(travel)), found]


def test_with_room_to_spare_the_sum_is_the_hungarian_one() -> None:
    rng = np.random.default_rng(4)
    travel = rng.random((40, 300))
    rows, columns = linear_sum_assignment(np.where(travel <= times_of(travel).max(), travel, 1e6))
    assert times_of(travel).sum() == pytest.approx(travel[rows, columns].sum())
    assert times_of(travel).max() == travel.min(axis=1).max()


@pytest.mark.parametrize("shape", [(0, 0), (0, 3), (3, 0)])
def test_nothing_is_matched_with_nothing(shape: tuple[int, int]) -> None:
    assert match_earliest(np.zeros(shape)).tolist() == [NOBODY] * shape[0]


def test_what_cannot_be_reached_stays_open() -> None:
    assert match_earliest(np.full((2, 2), np.inf)).tolist() == [NOBODY, NOBODY]
