"""Bounds never lie, the tree and plain HiGHS agree, published optima are met."""

import csv

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse.csgraph import floyd_warshall
from tests.shared_data import shared

from anlan_engine.coverage import (
    CoverMost,
    ExpectedCover,
    Question,
    ShortestDrives,
    Status,
    cover_gain,
    place,
    tree,
)
from anlan_engine.coverage.dual import ascend, choose_best, price_sites
from anlan_engine.coverage.problem import Problem, cover_problem, loss_of, median_problem
from anlan_engine.coverage.reach import reach_of, rows_merged
from anlan_engine.coverage.shrinking import shrunk
from anlan_engine.coverage.whole_program import certify

SITES, UNITS = 9, 3


def random_problem(seed: int, kind: str, rows: int = 25, sites: int = SITES) -> Problem:
    generator = np.random.default_rng(seed)
    times = generator.integers(0, 100, (sites, rows)).astype(float)
    weight = generator.integers(1, 9, rows).astype(float)
    low, high = np.zeros(sites, np.int64), np.ones(sites, np.int64)
    low[generator.integers(sites)] = 1
    if kind == "median":
        return median_problem(times * weight, 80.0 * weight, low, high, UNITS)
    high[:] = 2 if kind == "expected" else 1
    gain = cover_gain(0.4 if kind == "expected" else 0.0, UNITS)
    reach = reach_of(*rows_merged(times < 25.0, weight))
    return cover_problem(reach, gain, low, high, UNITS)


def random_placement(problem: Problem, generator: np.random.Generator) -> np.ndarray:
    at = problem.low.copy()
    while at.sum() < problem.units:
        at[generator.choice(np.flatnonzero(at < problem.high))] += 1
    return at


KINDS = st.sampled_from(["cover", "expected", "median"])


@given(seed=st.integers(0, 2**32 - 1), kind=KINDS)
def test_any_prices_give_a_bound_that_no_placement_beats(seed: int, kind: str) -> None:
    problem = random_problem(seed, kind)
    generator = np.random.default_rng(seed)
    prices = generator.random(problem.weight.size) * problem.weight * problem.gain[0]
    earns, chosen = np.empty(SITES), np.empty(SITES, np.int64)
    paid = price_sites(problem, prices, earns)
    earned, _, _ = choose_best(UNITS, problem.low, problem.high, earns, chosen)
    for _ in range(20):
        loss = loss_of(problem, random_placement(problem, generator))
        assert paid - earned <= loss + 1e-9 * (1.0 + loss)


@given(seed=st.integers(0, 2**32 - 1), kind=KINDS)
def test_climbing_keeps_the_bound_true_and_never_fixes_the_best_away(seed: int, kind: str) -> None:
    problem = random_problem(seed, kind)
    best = certify(problem, 10.0).at
    assert best is not None
    least = loss_of(problem, best)
    low, high = problem.low.copy(), problem.high.copy()
    prices, average = 0.5 * problem.weight * problem.gain[0], np.zeros(SITES)
    bound = ascend(problem, prices, low, high, average, least + 1e-6, 200, 1.0)
    assert bound <= least + 1e-6
    assert (low <= best).all()
    assert (best <= high).all()
    core = shrunk(problem, low, high, prices)
    assert loss_of(core.problem, best) + core.certain == pytest.approx(least)


@settings(max_examples=25)
@given(seed=st.integers(0, 2**32 - 1), kind=KINDS)
def test_tree_alone_agrees_with_highs_alone(seed: int, kind: str) -> None:
    problem = random_problem(seed, kind, rows=60, sites=14)
    exact = certify(problem, 30.0)
    assert exact.at is not None
    least = loss_of(problem, exact.at)
    assert exact.bound == pytest.approx(least, abs=1e-6)
    start = random_placement(problem, np.random.default_rng(seed))
    growing = tree.Tree(problem, start, loss_of(problem, start), 0.0)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tree, "EXACT_ENTRIES_MOST", -1)  # no part goes to HiGHS
        growing.grow(growing.root(50), lambda: 60.0)
    assert growing.loss == pytest.approx(least, abs=1e-6)
    assert growing.bound == pytest.approx(least, abs=1e-6)
    assert loss_of(problem, growing.best) == pytest.approx(least, abs=1e-6)


@pytest.mark.parametrize(
    "goal", [CoverMost(140.0, 8), ExpectedCover(140.0, 8, 0.4), ShortestDrives(8)], ids=repr
)
def test_a_limit_too_short_still_gives_a_placement_and_a_true_bound(goal) -> None:
    generator = np.random.default_rng(4)
    demand, sites = 1000.0 * generator.random((600, 2)), 1000.0 * generator.random((80, 2))
    travel_s = np.hypot(*(sites[:, None] - demand[None]).transpose(2, 0, 1))
    question = Question(travel_s, generator.integers(1, 9, 600))
    hurried = place(question, goal, limit_s=0.05)
    patient = place(question, goal, limit_s=60.0)
    assert patient.status is Status.OPTIMAL
    sign = -1.0 if isinstance(goal, ShortestDrives) else 1.0
    slack = 1e-9 * patient.value
    assert sign * hurried.value <= sign * patient.value + slack
    assert sign * patient.value <= sign * hurried.bound + slack
    assert len(hurried.assigned) == 600


@pytest.mark.parametrize("number", ["1", "2", "3", "4", "5", "13"])
def test_published_p_median_optimum_is_proved(number: str) -> None:
    table = shared("g4_pmedian_orlib", "optima.csv").read_text(encoding="utf-8").splitlines()
    optimum = {
        line["pmed"]: float(line["pmedian_optimum_literature"]) for line in csv.DictReader(table)
    }
    text = shared("g4_pmedian_orlib", f"pmed{number}.txt").read_text(encoding="utf-8")
    numbers = np.array(text.split(), np.int64)
    nodes, posts = int(numbers[0]), int(numbers[2])
    cost = np.full((nodes, nodes), np.inf)
    for start, end, length in numbers[3:].reshape(-1, 3):
        cost[start - 1, end - 1] = cost[end - 1, start - 1] = length
    found = place(Question(floyd_warshall(cost)), ShortestDrives(posts))
    assert (found.status, found.value) == (Status.OPTIMAL, optimum[number])
