"""Every placement against trying all of them, and what is refused."""

from itertools import combinations_with_replacement

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anlan_engine.coverage import (
    CoverageError,
    CoverAll,
    CoverMost,
    ExpectedCover,
    Goal,
    Question,
    Reason,
    ShortestDrives,
    Status,
    place,
)

SITES, DEMAND, WITHIN_S = 6, 12, 40.0


def random_question(seed: int) -> Question:
    generator = np.random.default_rng(seed)
    travel_s = generator.integers(0, 100, (SITES, DEMAND)).astype(float)
    travel_s[generator.random((SITES, DEMAND)) < 0.15] = np.inf
    weight = generator.integers(0, 6, DEMAND).astype(float)
    weight[0] += 1.0
    order = generator.permutation(SITES)
    return Question(
        travel_s,
        weight,
        fixed=tuple(order[: generator.integers(0, 2)].tolist()),
        forbidden=tuple(order[4 : 4 + generator.integers(0, 2)].tolist()),
        capacity=np.full(SITES, 2),
    )


def value_of(question: Question, goal: Goal, at: np.ndarray) -> float:
    """What units at sites are worth, straight from the definition; less is better."""
    weight, times = question.weights, question.travel_s
    _, high = question.bounds(several=False)
    if isinstance(goal, ShortestDrives):
        reached = np.isfinite(times[high > 0]).any(axis=0)
        nearest = np.minimum(times[at > 0].min(axis=0), goal.unserved_s)
        return float(weight[reached] @ nearest[reached])
    counts = at @ (times <= goal.within_s)
    if isinstance(goal, CoverAll):
        can = (times[high > 0] <= goal.within_s).any(axis=0) & (weight > 0)
        return float(at.sum()) if (counts[can] > 0).all() else np.inf
    if isinstance(goal, CoverMost):
        return -float(weight @ (counts > 0))
    return -float(weight @ (1.0 - goal.busy_share**counts))


def best_value(question: Question, goal: Goal) -> float:
    several = isinstance(goal, ExpectedCover)
    low, high = question.bounds(several=several)
    if isinstance(goal, CoverAll):
        sizes = range(int(low.sum()), SITES + 1)
    else:
        sizes = [goal.units if isinstance(goal, ExpectedCover) else goal.posts]
    best = np.inf
    for size in sizes:
        for chosen in combinations_with_replacement(range(SITES), size):
            at = np.bincount(np.array(chosen, np.int64), minlength=SITES)
            if (at >= low).all() and (at <= high).all():
                best = min(best, value_of(question, goal, at))
    return best


GOALS = (
    CoverAll(WITHIN_S),
    CoverMost(WITHIN_S, 3),
    ShortestDrives(3, unserved_s=90.0),
    ExpectedCover(WITHIN_S, 4, 0.4),
)


@pytest.mark.parametrize("goal", GOALS, ids=lambda goal: type(goal).__name__)
@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_proved_best_is_the_best_of_all(goal: Goal, seed: int) -> None:
    question = random_question(seed)
    found = place(question, goal)
    at = np.zeros(SITES, np.int64)
    at[list(found.sites)] = [post.units for post in found.posts]
    sign = 1.0 if isinstance(goal, CoverAll | ShortestDrives) else -1.0
    assert found.status is Status.OPTIMAL
    assert found.gap == 0.0
    assert found.value == found.bound
    assert found.value == pytest.approx(sign * best_value(question, goal), abs=1e-6)
    assert found.value == pytest.approx(sign * value_of(question, goal, at), abs=1e-6)
    assert set(question.fixed) <= set(found.sites)
    assert not set(question.forbidden) & set(found.sites)


def test_demand_is_assigned_to_its_nearest_post_in_time() -> None:
    travel_s = np.array([[10.0, 50.0, 90.0, np.inf], [60.0, 30.0, 20.0, np.inf], [1.0, 1.0, 99, 9]])
    question = Question(travel_s, np.array([2.0, 1.0, 4.0, 8.0]), forbidden=(2,))
    found = place(question, CoverMost(55.0, 2))
    assert found.sites == (0, 1)
    assert found.assigned.tolist() == [0, 1, 1, -1]
    assert found.travel_s.tolist() == [10.0, 30.0, 20.0, np.inf]
    assert (found.value, found.total_weight) == (7.0, 15.0)
    assert [(post.serves, post.lost_without) for post in found.posts] == [(2.0, 2.0), (5.0, 4.0)]
    assert [remark.code for remark in found.reasons] == [Reason.PROVED_BEST, Reason.OUT_OF_REACH]
    assert found.reasons[1].facts == {"demand": 1, "weight": 8.0, "late_s": 55.0}


def test_same_seed_gives_the_same_placement() -> None:
    question = random_question(7)
    answers = [place(question, CoverMost(WITHIN_S, 3), seed=5) for _ in range(2)]
    assert answers[0].sites == answers[1].sites


TIMES = np.array([[1.0, 2.0], [3.0, 4.0]])


@pytest.mark.parametrize(
    ("code", "ask"),
    [
        ("NO_SITES", lambda: Question(np.empty((0, 3)))),
        ("NO_DEMAND", lambda: Question(np.empty((3, 0)))),
        ("NO_DEMAND", lambda: Question(TIMES, np.zeros(2))),
        ("NO_DEMAND", lambda: place(Question(np.full((2, 2), np.inf)), ShortestDrives(1))),
        ("WRONG_SHAPE", lambda: Question(np.zeros(3))),
        ("WRONG_SHAPE", lambda: Question(TIMES, np.ones(3))),
        ("WRONG_SHAPE", lambda: Question(TIMES, capacity=np.ones(3))),
        ("INVALID_TIME", lambda: Question(np.array([[1.0, np.nan]]))),
        ("INVALID_TIME", lambda: Question(np.array([[1.0, -1.0]]))),
        ("INVALID_WEIGHT", lambda: Question(TIMES, np.array([1.0, -1.0]))),
        ("INVALID_WEIGHT", lambda: Question(TIMES, np.array([1.0, np.nan]))),
        ("INVALID_SETTING", lambda: Question(TIMES, capacity=np.array([1, -1]))),
        ("INVALID_SETTING", lambda: Question(TIMES, capacity=np.array([1.0, np.nan]))),
        ("NO_SUCH_SITE", lambda: Question(TIMES, fixed=(2,))),
        ("FIXED_AND_FORBIDDEN", lambda: Question(TIMES, fixed=(1,), forbidden=(1,))),
        ("TOO_FEW_UNITS", lambda: place(Question(TIMES, fixed=(0, 1)), CoverMost(1.0, 1))),
        ("TOO_MANY_UNITS", lambda: place(Question(TIMES), CoverMost(1.0, 3))),
        ("INVALID_SETTING", lambda: place(Question(TIMES), CoverMost(1.0, 0))),
        ("INVALID_SETTING", lambda: place(Question(TIMES), CoverAll(np.nan))),
        ("INVALID_SETTING", lambda: place(Question(TIMES), ExpectedCover(1.0, 1, 1.0))),
        ("INVALID_SETTING", lambda: place(Question(TIMES), ShortestDrives(1, np.inf))),
        ("INVALID_SETTING", lambda: place(Question(TIMES), CoverAll(1.0), limit_s=0.0)),
    ],
)
def test_what_makes_no_sense_is_refused(code: str, ask) -> None:
    with pytest.raises(CoverageError) as caught:
        ask()
    assert caught.value.code == code
