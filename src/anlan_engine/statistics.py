"""Figures over small samples: percentiles and the uncertainty of shares."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from scipy.stats import binom

Z_95 = 1.959963984540054
"""Two-sided 95 % quantile of the standard normal distribution."""


class Interval(NamedTuple):
    """A range of shares, both ends between 0 and 1."""

    low: float
    high: float


def percentile(values: Sequence[float], percent: float) -> float:
    """Give the smallest value that at least `percent` per cent of the values do not exceed.

    The inverse of the empirical distribution (Hyndman & Fan 1996, type 1; "nearest rank"): always
    a value that really occurred, as a limit for single responses needs.

    Parameters
    ----------
    values : sequence of float
        At least one, in any order and any unit.
    percent : float
        Above 0, at most 100.

    Raises
    ------
    ValueError
        For no values, or a percentage out of range.
    """
    if not values or not 0 < percent <= 100:
        msg = f"no percentile {percent} of {len(values)} values"
        raise ValueError(msg)
    # Rounding first: 0.07 * 100 is 7.000000000000001, which must not count as the eighth value.
    rank = math.ceil(round(percent * len(values) / 100, 9))
    return sorted(values)[rank - 1]


def wilson_interval(successes: int, trials: int, z: float = Z_95) -> Interval:
    """Give the Wilson score interval of a share (Wilson 1927; without continuity correction).

    Parameters
    ----------
    successes, trials : int
        0 <= successes <= trials.
    z : float
        Quantile of the standard normal distribution; the default makes a 95 % interval.

    Returns
    -------
    Interval
        (0, 1) where nothing was tried.

    Raises
    ------
    ValueError
        For counts that are negative or contradict each other.
    """
    if not 0 <= successes <= trials:
        msg = f"{successes} successes in {trials} trials"
        raise ValueError(msg)
    if trials == 0:
        return Interval(0.0, 1.0)
    share = successes / trials
    weight = z * z / trials
    centre = (share + weight / 2) / (1 + weight)
    half = z * math.sqrt(share * (1 - share) / trials + weight / (4 * trials)) / (1 + weight)
    # The ends are exact where rounding would leave 1e-17.
    low = 0.0 if successes == 0 else max(centre - half, 0.0)
    high = 1.0 if successes == trials else min(centre + half, 1.0)
    return Interval(low, high)


def quantile_ranks(n: int, share: float, level: float = 0.95) -> tuple[int | None, int | None]:
    """Give the ranks between which a quantile lies at `level`, whatever the distribution.

    Of `n` independent values in order, those of the two ranks (counted from 1) bound the quantile
    `share` with at least that probability (Conover 1999, section 3.2; Hahn & Meeker 1991, 5.2).
    None where so few values bound it on one side by none of them.

    Examples
    --------
    >>> quantile_ranks(10, 0.5)
    (2, 9)
    >>> quantile_ranks(10, 0.9)
    (7, None)
    """
    tail = (1 - level) / 2
    low = int(binom.ppf(tail, n, share))
    high = int(binom.ppf(1 - tail, n, share)) + 1
    return (low if low >= 1 else None, high if high <= n else None)
