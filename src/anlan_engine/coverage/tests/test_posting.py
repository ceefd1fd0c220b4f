"""The move-up rule, by hand and against plain recomputation."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anlan_engine.coverage import (
    NOWHERE,
    CoverageError,
    best_move,
    best_post,
    cover_gain,
    covered_weight,
    may_relocate,
    no_cover,
    post_units,
    reach_within,
    worth_of_last,
)

# Three posts in a row, four villages; standard 600 s. Post 0 reaches 0 and 1, post 1 reaches 1
# and 2, post 2 reaches 3 alone.
TRAVEL_S = np.array(
    [[100.0, 500.0, 900.0, np.inf], [700.0, 300.0, 600.0, np.inf], [np.inf, 900.0, 601.0, 50.0]]
)
WEIGHT = np.array([5.0, 4.0, 3.0, 2.0])


def test_idle_unit_goes_where_it_adds_most_expected_cover() -> None:
    reach, gain = reach_within(TRAVEL_S, 600.0, WEIGHT), cover_gain(0.5, 4)
    cover = no_cover(reach, gain)
    # Nobody yet: 0.5 * (5 + 4), 0.5 * (4 + 3), 0.5 * 2.
    assert cover.worth.tolist() == [4.5, 3.5, 1.0]
    room, near = np.ones(3, np.int64), np.zeros(3)
    assert best_post(cover, room, near) == 0
    post_units(reach, gain, cover, 0, 1)
    # A second unit at 0 is worth half; at 1 it is worth 0.25 * 4 + 0.5 * 3.
    assert cover.worth.tolist() == [2.25, 2.5, 1.0]
    assert best_post(cover, room, near) == 1
    assert best_post(cover, np.array([1, 0, 1]), near) == 0
    assert worth_of_last(reach, gain, cover, 0) == 4.5
    assert covered_weight(reach, gain, cover) == 4.5


def test_equal_worth_is_settled_by_the_shorter_drive_and_no_way_is_no_post() -> None:
    reach = reach_within(np.zeros((3, 1)), 1.0, np.ones(1))
    cover = no_cover(reach, cover_gain(0.0, 1))
    room = np.ones(3, np.int64)
    assert best_post(cover, room, np.array([9.0, 7.0, 8.0])) == 1
    assert best_post(cover, room, np.array([7.0, 7.0, np.inf])) == 0
    assert best_post(cover, room, np.full(3, np.inf)) == NOWHERE
    assert best_post(cover, np.zeros(3, np.int64), np.zeros(3)) == NOWHERE


def test_no_more_relocations_than_the_hour_allows() -> None:
    moved_at_s = np.array([-np.inf, 100.0, 2000.0])
    assert not may_relocate(moved_at_s, 3699.0, 2)
    assert may_relocate(moved_at_s, 3700.0, 2)
    assert not may_relocate(moved_at_s, 99_999.0, 0)


@pytest.mark.parametrize("busy_share", [-0.1, 1.0, np.nan])
def test_impossible_busy_share_is_refused(busy_share: float) -> None:
    with pytest.raises(CoverageError) as caught:
        cover_gain(busy_share, 3)
    assert caught.value.code == "INVALID_SETTING"


def expected_cover(in_time: np.ndarray, weight: np.ndarray, gain: np.ndarray, at: np.ndarray):
    counts = at @ in_time.astype(np.int64)
    return float(sum(w * gain[:k].sum() for w, k in zip(weight, counts, strict=True)))


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32 - 1), st.floats(0.0, 0.9))
def test_best_move_is_the_best_of_all_pairs(seed: int, busy_share: float) -> None:
    generator = np.random.default_rng(seed)
    posts, places = 5, 9
    travel_s = generator.integers(0, 100, (posts, places)).astype(float)
    weight = generator.integers(0, 9, places).astype(float)
    idle_at = generator.integers(0, 3, posts)
    capacity = idle_at + generator.integers(0, 2, posts)
    drive_s = np.where(generator.random((posts, posts)) < 0.2, np.inf, 60.0)
    reach, gain = reach_within(travel_s, 40.0, weight), cover_gain(busy_share, 20)
    cover = no_cover(reach, gain)
    for post in range(posts):
        for _ in range(idle_at[post]):
            post_units(reach, gain, cover, post, 1)
    before = expected_cover(travel_s <= 40.0, weight, gain, idle_at)
    assert covered_weight(reach, gain, cover) == pytest.approx(before, abs=1e-9)
    best = 0.0
    for origin in np.flatnonzero(idle_at):
        for target in range(posts):
            if idle_at[target] < capacity[target] and np.isfinite(drive_s[origin, target]):
                at = idle_at.copy()
                at[origin] -= 1
                at[target] += 1
                best = max(best, expected_cover(travel_s <= 40.0, weight, gain, at) - before)
    worth = cover.worth.copy()
    origin, target, extra = best_move(reach, gain, cover, idle_at, capacity, drive_s)
    assert extra == pytest.approx(best, abs=1e-6)
    assert (origin == NOWHERE) == (extra == 0.0)
    assert cover.worth == pytest.approx(worth, abs=1e-9)
