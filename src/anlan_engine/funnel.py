"""Comparison of teams that do unlike work: what would be usual for each, and how far chance goes.

Every case belongs to a stratum (the same matter under the same term). A team's observed count is
held against the count expected if its cases had gone as those of the same strata go everywhere:
indirect standardisation. Given how many cases of a stratum went so and how many each team had, a
team's count is hypergeometric if nothing but chance tells the teams apart; over the strata this is
the test of Mantel and Haenszel. It holds for few and for many cases, and a stratum that one team
alone works in says nothing for or against it.

Sources
-------
Mantel & Haenszel 1959, J Natl Cancer Inst 22:719 (expected count and variance by stratum);
Spiegelhalter 2005, Stat Med 24:1185 (funnel limits, winsorised over-dispersion);
Cornish & Fisher 1938, Rev Inst Int Stat 5:307 (limits corrected for skewness);
Benjamini & Hochberg 1995, J R Stat Soc B 57:289 (false discovery rate).
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from anlan_engine.statistics import Z_95

TEAMS_FOR_DISPERSION = 10
"""Over-dispersion is estimated from so many teams at least; of fewer it is taken to be none."""
WINSORISED_SHARE = 0.1
WINSORISED_SQUARE = 0.678654
"""Mean square of a standard normal variable, the outermost tenth at either end brought in."""
FLAT = 1e-9
"""Skewness below this is none."""

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Standardised:
    """What was observed of each team, and what chance alone would make of it; arrays by team.

    Attributes
    ----------
    cases, observed
        Counts of cases, and of those that went so.
    compared
        Cases in strata in which other teams had cases too.
    expected
        What `observed` would be if the team's cases had gone as those of their strata go.
    variance, skewness
        Of `observed` around `expected` by chance alone; both 0 where nothing is compared.
    """

    cases: Ints
    observed: Ints
    compared: Ints
    expected: Floats
    variance: Floats
    skewness: Floats

    @property
    def ratio(self) -> Floats:
        """Observed over expected; 1 is what is usual, nan where nothing is expected."""
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.where(self.expected > 0, self.observed / self.expected, np.nan)


@dataclass(frozen=True, slots=True)
class Flags:
    """Which teams differ from what is usual by more than chance.

    Attributes
    ----------
    dispersion
        By how much teams differ more than chance has it: 1, or more. Limits widen by its root.
    p
        Two-sided probability by team, 1 where a team is not tested.
    level
        Flagged are those with ``p <= level``: at least that which a single team would have to pass.
    flagged
        By team.
    """

    dispersion: float
    p: Floats
    level: float
    flagged: Bools


def standardise(team: Ints, stratum: Ints, cases: Ints, hits: Ints, *, teams: int) -> Standardised:
    """Hold what each team did against what is usual for its cases.

    Parameters
    ----------
    team, stratum
        Of each cell, from 0; a pair may stand in any number of cells.
    cases, hits
        Of each cell: how many cases, and how many of them went so.
    teams
        How many teams there are.

    Raises
    ------
    ValueError
        For counts that contradict each other, or a team that is not there.
    """
    if np.any(hits < 0) or np.any(hits > cases) or np.any((team < 0) | (team >= teams)):
        msg = "cells: 0 <= hits <= cases, 0 <= team < teams"
        raise ValueError(msg)
    strata = int(stratum.max()) + 1 if stratum.size else 0
    pair, place = np.unique(team * max(strata, 1) + stratum, return_inverse=True)
    of_team, of_stratum = np.divmod(pair, max(strata, 1))
    n = sums(place, cases, pair.size)
    observed = sums(place, hits, pair.size)
    total = sums(of_stratum, n, strata)[of_stratum]
    went_so = sums(of_stratum, observed, strata)[of_stratum]
    variance, third = _hypergeometric(total, went_so, n)
    summed = {
        name: sums(of_team, values, teams)
        for name, values in (
            ("cases", n),
            ("observed", observed),
            ("compared", np.where(total > n, n, 0.0)),
            ("expected", n * _divided(went_so, total)),
            ("variance", variance),
            ("third", third),
        )
    }
    return Standardised(
        cases=summed["cases"].astype(np.int64),
        observed=summed["observed"].astype(np.int64),
        compared=summed["compared"].astype(np.int64),
        expected=summed["expected"],
        variance=summed["variance"],
        skewness=_divided(summed["third"], np.power(summed["variance"], 1.5)),
    )


def sums(place: Ints, values: Ints | Floats, places: int) -> Floats:
    """Return the sum of the values that belong to each of some places."""
    found = np.bincount(place, values.astype(np.float64), minlength=places)
    return found.astype(np.float64, copy=False)


def limits(of: Standardised, level: float, dispersion: float = 1.0) -> tuple[Floats, Floats]:
    """Return between which counts a team stays with probability ``1 - level``; arrays by team.

    Corrected for skewness (Cornish & Fisher to the first order) and widened by the root of the
    over-dispersion; never below 0 or above the team's cases.
    """
    deviation = np.sqrt(of.variance)
    low, high = (
        of.expected + deviation * _skewed(width, of.skewness)
        for width in (-_quantile(level) * math.sqrt(dispersion),
                      _quantile(level) * math.sqrt(dispersion))
    )  # fmt: skip
    return np.clip(low, 0.0, of.cases), np.clip(high, 0.0, of.cases)


def dispersion_of(of: Standardised, tested: Bools) -> float:
    """Return by how much teams differ more than chance has it: at least 1.

    The mean square of the standardised differences, the outermost tenth at either end brought in
    (Spiegelhalter 2005): a few teams that truly differ must not hide themselves. Over what that
    would be of a normal variable, so that bringing in alone makes nothing narrower. 1 for fewer
    than `TEAMS_FOR_DISPERSION` teams.
    """
    found = int(tested.sum())
    if found < TEAMS_FOR_DISPERSION:
        return 1.0
    z = np.sort((of.observed - of.expected)[tested] / np.sqrt(of.variance[tested]))
    outermost = math.ceil(found * WINSORISED_SHARE)
    inner = np.clip(z, z[outermost], z[found - 1 - outermost])
    return max(1.0, float(np.mean(inner**2)) / WINSORISED_SQUARE)


def differences(of: Standardised, tested: Bools, dispersion: float = 1.0) -> Floats:
    """Return the probability of being at least as far off by chance, by team; 1 if not tested.

    With a continuity correction of half a case, and agreeing with `limits`.
    """
    p = np.ones(of.cases.size)
    off = (of.observed - of.expected)[tested]
    nearer = np.sign(off) * np.maximum(np.abs(off) - 0.5, 0.0)
    width = _unskewed(nearer / np.sqrt(of.variance[tested]), of.skewness[tested])
    p[tested] = [math.erfc(abs(w) / math.sqrt(2 * dispersion)) for w in width]
    return p


def discovery_level(p: Floats, tests: int, rate: float) -> float:
    """Return the level at which of those with ``p <= level`` at most `rate` are there by chance.

    Benjamini and Hochberg's step-up over `tests` tests; 0 where nothing passes.
    """
    ordered = np.sort(p)
    passed = np.flatnonzero(ordered <= rate * np.arange(1, ordered.size + 1) / max(tests, 1))
    return 0.0 if passed.size == 0 else float(rate * (passed[-1] + 1) / max(tests, 1))


def flag(measures: list[tuple[Standardised, Bools]], rate: float) -> list[Flags]:
    """Flag teams in several measures at once.

    Parameters
    ----------
    measures
        What was found, and which teams are tested: those with enough cases. All arrays are of the
        same teams.
    rate
        How many of all flags may be there by chance; if all teams are equal, this is the
        probability that there is any flag at all.
    """
    dispersions = [dispersion_of(of, tested) for of, tested in measures]
    found = [
        differences(of, tested, dispersion)
        for (of, tested), dispersion in zip(measures, dispersions, strict=True)
    ]
    tests = int(sum(tested.sum() for _, tested in measures))
    asked = [p[tested] for p, (_, tested) in zip(found, measures, strict=True)]
    passed = discovery_level(np.concatenate([np.empty(0), *asked]), tests, rate)
    level = max(passed, rate / max(tests, 1))
    return [
        Flags(dispersion, p, level, tested & (p <= level))
        for p, dispersion, (_, tested) in zip(found, dispersions, measures, strict=True)
    ]


def _hypergeometric(total: Floats, went_so: Floats, n: Floats) -> tuple[Floats, Floats]:
    """Return variance and third central moment of a hypergeometric count, by cell."""
    others = total - n
    spread = n * others * went_so * (total - went_so)
    variance = _divided(spread, total**2 * (total - 1))
    lean = _divided((total - 2 * went_so) * (total - 2 * n), total * (total - 2))
    return variance, variance * lean


def _divided(above: Floats, below: Floats) -> Floats:
    """Divide, with 0 where there is nothing to divide by."""
    return np.divide(above, below, out=np.zeros_like(above, dtype=np.float64), where=below > 0)


def _skewed(width: float, skewness: Floats) -> Floats:
    """Return how many standard deviations a width of the normal distribution is here.

    Beyond its turning point the correction stands still: it would run backwards.
    """
    lean = np.where(np.abs(skewness) < FLAT, FLAT, skewness)
    held = np.where(lean * width < -3.0, -3.0 / lean, width)
    found: Floats = held + lean * (held**2 - 1) / 6
    return found


def _unskewed(deviations: Floats, skewness: Floats) -> Floats:
    """Return the width of the normal distribution that `_skewed` takes to so many deviations."""
    lean = np.where(np.abs(skewness) < FLAT, FLAT, skewness)
    under_root = np.maximum(1 + (2 * lean / 3) * (deviations + lean / 6), 0.0)
    # (sqrt(1 + x) - 1) 3 / lean, written so that a small lean loses no digits.
    found: Floats = 2 * (deviations + lean / 6) / (np.sqrt(under_root) + 1)
    return found


def _quantile(level: float) -> float:
    """Return how many standard deviations leave `level` outside on both sides together.

    By bisection of the complementary error function: levels are few, and no library is needed.

    Raises
    ------
    ValueError
        For a level that is not between 0 and 1.
    """
    if not 0 < level < 1:
        msg = f"no limits of level {level}"
        raise ValueError(msg)
    low, high = 0.0, 40.0
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if math.erfc(middle / math.sqrt(2)) > level else (low, middle)
    return high


WATCH_LEVEL = math.erfc(Z_95 / math.sqrt(2))
"""The level of the inner limits, 5 %: one equal team in twenty lies outside them."""
