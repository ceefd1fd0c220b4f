"""Percentiles and intervals against published figures and a brute-force twin."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anlan_engine.statistics import percentile, quantile_ranks, wilson_interval


@pytest.mark.parametrize(
    ("percent", "value"), [(5, 15), (30, 20), (40, 20), (50, 35), (90, 50), (100, 50)]
)
def test_percentile_is_the_nearest_rank(percent: float, value: float) -> None:
    assert percentile([35, 20, 15, 50, 40], percent) == value


def test_percentile_is_not_pushed_on_by_rounding() -> None:
    assert percentile(range(1, 101), 7) == 7


@given(
    st.lists(st.integers(-50, 50), min_size=1, max_size=40),
    st.integers(1, 100),
)
def test_percentile_is_the_least_value_that_covers_the_share(
    values: list[int], percent: int
) -> None:
    covering = [v for v in values if 100 * sum(w <= v for w in values) >= percent * len(values)]
    assert percentile(values, percent) == min(covering)


@pytest.mark.parametrize(("values", "percent"), [([], 50), ([1.0], 0), ([1.0], 100.5)])
def test_what_has_no_percentile_is_refused(values: list[float], percent: float) -> None:
    with pytest.raises(ValueError, match="no percentile"):
        percentile(values, percent)


def test_wilson_interval_of_newcombes_examples() -> None:
    """Newcombe 1998, table I, method 3: 81/263, 15/148, 0/20, 1/29."""
    examples = [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605)]
    examples += [(0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)]
    for successes, trials, low, high in examples:
        found = wilson_interval(successes, trials)
        assert (round(found.low, 4), round(found.high, 4)) == (low, high)


def test_wilson_interval_of_nothing_is_everything() -> None:
    assert wilson_interval(0, 0) == (0.0, 1.0)


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_interval_holds_the_share_and_mirrors(counts: tuple[int, int]) -> None:
    successes, trials = counts
    low, high = wilson_interval(successes, trials)
    assert 0 <= low <= successes / trials <= high <= 1
    mirrored = wilson_interval(trials - successes, trials)
    assert mirrored.low == pytest.approx(1 - high, abs=1e-12)


@pytest.mark.parametrize("counts", [(-1, 3), (4, 3)])
def test_impossible_counts_are_refused(counts: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="successes"):
        wilson_interval(*counts)


def test_ranks_of_a_quantile_are_those_of_the_binomial_distribution():
    """For ten values the second and the ninth bound the median: Conover's table says 97.9 %."""
    assert quantile_ranks(10, 0.5) == (2, 9)
    assert quantile_ranks(100, 0.9) == (84, 96)
    assert quantile_ranks(10, 0.9) == (7, None)
    assert quantile_ranks(3, 0.5) == (None, None)


@pytest.mark.parametrize(("n", "share"), [(10, 0.5), (40, 0.9), (250, 0.5), (1_000, 0.9)])
def test_ranks_of_a_quantile_cover_it_as_often_as_they_say(n, share):
    low, high = quantile_ranks(n, share)
    covered = sum(math.comb(n, k) * share**k * (1 - share) ** (n - k) for k in range(low, high))
    assert covered >= 0.95
