"""Live advice on idle units, by hand, and the matching against trying all of them."""

from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from anlan_engine.coverage import (
    CoverageError,
    Posture,
    Why,
    match_to_places,
    move_up,
    shortest_longest_drive,
)

# Post 0 reaches villages 0 and 1, post 1 reaches 1 and 2, post 2 reaches 3.
POSTURE = Posture(
    travel_s=np.array([[1.0, 5, 9, 9], [7, 3, 6, 9], [9, 9, 9, 1]]),
    weight=np.array([5.0, 4.0, 3.0, 2.0]),
    within_s=6.0,
    busy_share=0.5,
    idle_at=np.array([0, 0]),
    drive_s=np.array([[0.0, 50.0, 80.0], [10.0, 40.0, 90.0]]),
    capacity=np.array([2, 2, 2]),
    most_an_hour=1,
)


def test_the_nearer_unit_moves_to_where_it_adds_most() -> None:
    advice = move_up(POSTURE)
    # Both at 0 cover 0.75 * 9; one at 0 and one at 1 cover 0.5 * 5 + 0.75 * 4 + 0.5 * 3.
    assert (advice.covered, advice.covered_after) == (6.75, 7.0)
    (order,) = advice.orders
    assert (order.unit, order.origin, order.post, order.drive_s) == (1, 0, 1, 40.0)
    assert (order.why, order.extra, advice.longest_s) == (Why.COVERS_MORE, 0.25, 40.0)


@pytest.mark.parametrize(
    "change",
    [
        {"most_an_hour": 0},
        {"moved_at_s": (-3599.0,)},
        {"least_extra": 0.25},
        {"capacity": np.array([2, 0, 0])},
        {"drive_s": np.full((2, 3), np.inf)},
    ],
)
def test_nobody_moves_when_nobody_may(change: dict) -> None:
    advice = move_up(replace(POSTURE, **change))
    assert advice.orders == ()
    assert advice.covered_after == advice.covered == 6.75


def test_newly_idle_unit_is_sent_even_when_no_relocation_is_left() -> None:
    advice = move_up(replace(POSTURE, idle_at=np.array([0, -1]), most_an_hour=0))
    (order,) = advice.orders
    assert (order.unit, order.origin, order.post, order.why) == (1, -1, 1, Why.NEWLY_IDLE)


def test_units_that_drive_anyway_share_the_posts_so_that_the_longest_drive_is_short() -> None:
    drive_s = np.array([[20.0, 30.0, 99.0], [25.0, 90.0, 99.0]])
    posture = replace(POSTURE, idle_at=np.array([-1, -1]), drive_s=drive_s, most_an_hour=0)
    advice = move_up(posture)
    # Unit 0 asks first and would take post 0, which leaves 90 s for unit 1.
    assert [(order.unit, order.post) for order in advice.orders] == [(0, 1), (1, 0)]
    assert advice.longest_s == 30.0


def test_no_unit_at_all_is_no_advice() -> None:
    advice = move_up(replace(POSTURE, idle_at=np.empty(0, int), drive_s=np.empty((0, 3))))
    assert (advice.orders, advice.covered, advice.longest_s) == ((), 0.0, 0.0)


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("OCCUPIED_BEYOND_ROOM", {"capacity": np.array([1, 1, 1])}),
        ("NO_SUCH_SITE", {"idle_at": np.array([0, 3])}),
        ("WRONG_SHAPE", {"drive_s": np.zeros((1, 3))}),
        ("WRONG_SHAPE", {"capacity": np.ones(2)}),
        ("INVALID_TIME", {"drive_s": np.full((2, 3), np.nan)}),
        ("INVALID_SETTING", {"busy_share": 1.0}),
    ],
)
def test_impossible_posture_is_refused(code: str, change: dict) -> None:
    with pytest.raises(CoverageError) as caught:
        move_up(replace(POSTURE, **change))
    assert caught.value.code == code


@given(st.integers(0, 2**32 - 1), st.integers(1, 4), st.integers(0, 2))
def test_matching_is_the_best_of_all(seed: int, units: int, spare: int) -> None:
    generator = np.random.default_rng(seed)
    drive_s = generator.integers(0, 20, (units, units + spare)).astype(float)
    drive_s[generator.random(drive_s.shape) < 0.2] = np.inf
    drives = [
        drive_s[np.arange(units), list(places)]
        for places in permutations(range(units + spare), units)
    ]
    longest, total = min((drive.max(), drive.sum()) for drive in drives)
    assert shortest_longest_drive(drive_s) == longest
    if np.isinf(longest):
        with pytest.raises(CoverageError) as caught:
            match_to_places(drive_s)
        assert caught.value.code == "NO_MATCHING"
    else:
        place = match_to_places(drive_s)
        found = drive_s[np.arange(units), place]
        assert len(set(place.tolist())) == units
        assert (found.max(), found.sum()) == (longest, total)


def test_more_units_than_places_are_refused() -> None:
    with pytest.raises(CoverageError) as caught:
        match_to_places(np.ones((2, 1)))
    assert caught.value.code == "NOT_ENOUGH_PLACES"
