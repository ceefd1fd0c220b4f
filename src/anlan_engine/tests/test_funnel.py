"""Comparison of teams: by hand, against scipy's exact distribution, and on equal teams at work."""

import numpy as np
import pytest
from scipy import stats

from anlan_engine.funnel import (
    WATCH_LEVEL,
    Standardised,
    differences,
    discovery_level,
    dispersion_of,
    flag,
    limits,
    standardise,
)

SEEDS = 200
TEAMS, STRATA = 40, 12


def ints(*values):
    return np.array(values, dtype=np.int64)


def enough(of: Standardised) -> np.ndarray:
    return (of.compared >= 30) & (of.variance >= 1)


def test_two_teams_in_two_strata_by_hand():
    """Stratum 0: 10 + 10 cases, 5 of them late; stratum 1: team 0 alone."""
    of = standardise(ints(0, 1, 0), ints(0, 0, 1), ints(10, 10, 4), ints(4, 1, 4), teams=2)
    assert of.cases.tolist() == [14, 10]
    assert of.observed.tolist() == [8, 1]
    assert of.compared.tolist() == [10, 10]
    assert of.expected.tolist() == [6.5, 2.5]  # 2.5 of the shared stratum, and its own 4
    shared = 10 * 10 * 5 * 15 / (20**2 * 19)
    assert of.variance == pytest.approx([shared, shared])
    assert of.skewness == pytest.approx([0, 0])  # two teams of one size
    assert of.ratio == pytest.approx([8 / 6.5, 0.4])


def test_cells_of_one_team_and_stratum_add_up():
    whole = standardise(ints(0, 1), ints(0, 0), ints(30, 20), ints(3, 8), teams=2)
    parts = standardise(ints(0, 1, 0), ints(0, 0, 0), ints(10, 20, 20), ints(1, 8, 2), teams=2)
    for one, other in ((whole.expected, parts.expected), (whole.variance, parts.variance)):
        assert one.tolist() == other.tolist()


def test_moments_are_those_of_the_hypergeometric_distribution():
    of = standardise(ints(0, 1), ints(0, 0), ints(17, 43), ints(2, 9), teams=2)
    mean, variance, skewness = stats.hypergeom(60, 11, 17).stats("mvs")
    assert (of.expected[0], of.variance[0]) == pytest.approx((mean, variance))
    assert of.skewness[0] == pytest.approx(skewness)


def test_team_alone_in_its_strata_is_neither_good_nor_bad():
    of = standardise(ints(0, 1), ints(0, 1), ints(500, 500), ints(400, 1), teams=2)
    assert (of.compared.tolist(), of.variance.tolist()) == ([0, 0], [0, 0])
    assert of.ratio.tolist() == [1, 1]


def test_case_mix_is_not_held_against_a_team():
    """The team with the hard work has more late cases, and is as usual as the other."""
    team, stratum = ints(0, 0, 1, 1), ints(0, 1, 0, 1)
    of = standardise(team, stratum, ints(900, 100, 100, 900), ints(90, 40, 10, 360), teams=2)
    assert of.observed.tolist() == [130, 370]
    assert of.ratio == pytest.approx([1, 1])


@pytest.mark.parametrize(("whole", "late", "own"), [(400, 60, 80), (2_000, 100, 150), (90, 45, 40)])
def test_probabilities_are_near_the_exact_ones(whole, late, own):
    exact = stats.hypergeom(whole, late, own)
    for observed in range(int(exact.ppf(0.0005)), int(exact.ppf(0.9995)) + 1):
        cases, hits = ints(own, whole - own), ints(observed, late - observed)
        of = standardise(ints(0, 1), ints(0, 0), cases, hits, teams=2)
        p = differences(of, np.array([True, False]))[0]
        tail = min(exact.cdf(observed), exact.sf(observed - 1), 0.5)
        assert p == pytest.approx(2 * tail, rel=0.35, abs=0.002)


def test_limits_are_where_the_probability_is_the_level():
    of = standardise(ints(0, 1), ints(0, 0), ints(300, 900), ints(20, 70), teams=2)
    low, high = limits(of, WATCH_LEVEL)
    exact = stats.hypergeom(1200, 90, 300)
    assert (low[0], high[0]) == pytest.approx((exact.ppf(0.025), exact.ppf(0.975)), abs=1.0)
    wider = limits(of, WATCH_LEVEL, dispersion=4.0)
    assert wider[0][0] < low[0] < of.expected[0] < high[0] < wider[1][0]


def test_limits_never_leave_what_is_possible():
    of = standardise(ints(0, 1), ints(0, 0), ints(10, 1000), ints(0, 12), teams=2)
    low, high = limits(of, 1e-9, dispersion=9.0)
    assert (low >= 0).all()
    assert (high <= of.cases).all()


def test_discovery_level_steps_up():
    p = np.array([0.001, 0.012, 0.014, 0.6, 0.9])
    assert discovery_level(p, 5, 0.05) == pytest.approx(0.03)  # three pass: the third is below it
    assert discovery_level(np.array([0.2, 0.3]), 2, 0.05) == 0.0
    assert discovery_level(np.empty(0), 0, 0.05) == 0.0


@pytest.mark.parametrize("cells", [((0,), (0,), (3,), (4,)), ((2,), (0,), (3,), (1,))])
def test_counts_that_contradict_each_other_are_refused(cells):
    with pytest.raises(ValueError, match="cells"):
        standardise(*(ints(*one) for one in cells), teams=2)


def test_nothing_at_all_flags_nobody():
    of = standardise(ints(), ints(), ints(), ints(), teams=3)
    (flags,) = flag([(of, np.zeros(3, dtype=bool))], 0.05)
    assert (flags.level, flags.flagged.any()) == (0.05, False)


# A city at work: 40 teams with work of their own mix, in three measures.

RATES = ((0.04, 0.3), (0.01, 0.2), (0.5, 0.9))


def city(rng, *, worse: int | None = None, by: float = 1.0, clump: float = 0.0):
    """Return three measures of teams that are equal but for their work; `worse` is worse `by`.

    With `clump` the rate of each team and stratum is drawn around the common one, in the same way
    for everybody: storms and holidays, not merit.
    """
    shares = rng.dirichlet(np.full(STRATA, 0.4), TEAMS)
    sizes = rng.integers(100, 2_500, TEAMS)
    cases = np.array([rng.multinomial(sizes[team], shares[team]) for team in range(TEAMS)])
    measures = []
    for low, high in RATES:
        rate = np.tile(rng.uniform(low, high, STRATA), (TEAMS, 1))
        if clump:
            rate = rng.beta(rate / clump, (1 - rate) / clump)
        if worse is not None:
            rate[worse] = np.minimum(rate[worse] * by, 1.0)
        hits = rng.binomial(cases, rate)
        team, stratum = np.divmod(np.arange(cases.size), STRATA)
        of = standardise(team, stratum, cases.ravel(), hits.ravel(), teams=TEAMS)
        measures.append((of, enough(of)))
    return measures


def flagged_teams(measures) -> np.ndarray:
    return np.logical_or.reduce([one.flagged for one in flag(measures, 0.05)])


def test_equal_teams_are_hardly_ever_flagged():
    rng = np.random.default_rng(20261122)
    shares = [flagged_teams(city(rng)).mean() for _ in range(SEEDS)]
    assert max(shares) <= 0.05
    assert np.mean(shares) <= 0.005


@pytest.mark.parametrize("clump", [0.002, 0.01, 0.03])
def test_equal_teams_with_bad_days_of_their_own_are_hardly_flagged(clump):
    """Rates of teams scatter, in the same way for all: up to eight times the variance of chance."""
    rng = np.random.default_rng(20261122)
    shares = [flagged_teams(city(rng, clump=clump)).mean() for _ in range(SEEDS)]
    assert np.mean(shares) <= 0.02


def test_any_flag_at_all_among_equal_teams_is_as_rare_as_it_says():
    rng = np.random.default_rng(7)
    share = np.mean([flagged_teams(city(rng)).any() for _ in range(SEEDS)])
    assert share <= 0.05 + 2 * np.sqrt(0.05 * 0.95 / SEEDS)


def test_team_that_is_truly_late_is_found_and_the_others_are_left_alone():
    rng = np.random.default_rng(11)
    found, others = [], []
    for seed in range(SEEDS):
        flagged = flagged_teams(city(rng, worse=seed % TEAMS, by=1.6))
        found.append(flagged[seed % TEAMS])
        others.append(np.delete(flagged, seed % TEAMS).mean())
    assert np.mean(found) >= 0.9
    assert np.mean(others) <= 0.05


def test_one_that_differs_does_not_hide_behind_over_dispersion():
    """A team three times as bad makes the mean square 15 to 45; the limits hardly follow it."""
    for seed in range(12):
        measures = city(np.random.default_rng(seed), worse=3, by=3.0)
        of, tested = measures[0]
        squares = (of.observed - of.expected)[tested] ** 2 / of.variance[tested]
        assert dispersion_of(of, tested) < np.mean(squares) / 5
        assert flag(measures, 0.05)[0].flagged[3]


def test_few_teams_are_not_over_dispersed():
    (of, _), *_ = city(np.random.default_rng(5), worse=3, by=3.0)
    assert dispersion_of(of, np.arange(TEAMS) < 5) == 1.0
