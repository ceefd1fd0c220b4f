"""Draw when and where calls come, from expected calls by hour and area."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from anlan_engine.demand.errors import DemandError

F64 = npt.NDArray[np.float64]

HOUR_S = 3600.0
DAY_HOURS = 24
WEEK_HOURS = 168


class Arrivals(NamedTuple):
    """Calls in order of time.

    Attributes
    ----------
    at_s : array of float, shape (N,)
        Seconds from the start.
    area : array of int32, shape (N,)
    """

    at_s: F64
    area: npt.NDArray[np.int32]


def draw_arrivals(
    per_hour: F64,
    hours: float,
    rng: np.random.Generator,
    *,
    first_hour: int = 0,
    dispersion: float = 0.0,
    hour_dispersion: float = 0.0,
) -> Arrivals:
    """Draw the calls of so many hours.

    A Poisson process whose rate is constant within an hour; with `dispersion`, all rates of a day
    are multiplied by one Gamma factor of mean 1 and this variance, so that an hour's count is
    negative binomial and the hours of a day go together (Whitt 1999; Avramidis, Deslauriers and
    L'Ecuyer 2004, model 1). A day is 24 hours from the start. With `hour_dispersion`, each hour in
    each area has such a factor of its own as well.

    Parameters
    ----------
    per_hour : array of float, shape (168, A)
        Expected calls in each hour of the week (0 is Monday 0:00) in each area.
    hours : float
        Above 0.
    rng : numpy.random.Generator
    first_hour : int
        Hour of the week at the start.
    dispersion, hour_dispersion : float
        At least 0.

    Raises
    ------
    DemandError
        WRONG_SHAPE, NOT_A_RATE, NO_HORIZON, NO_AREAS.
    """
    check_rates("per_hour", per_hour)
    if not 0 < hours < np.inf:
        raise DemandError(code="NO_HORIZON", hours=hours)
    check_dispersion("dispersion", dispersion)
    check_dispersion("hour_dispersion", hour_dispersion)
    count = int(np.ceil(hours))
    lengths = np.minimum(hours - np.arange(count), 1.0)
    week_hour = (first_hour + np.arange(count)) % WEEK_HOURS
    factor = np.repeat(_factors(dispersion, -(-count // DAY_HOURS), rng), DAY_HOURS)[:count]
    if hour_dispersion > 0:
        own = _factors(hour_dispersion, count * per_hour.shape[1], rng).reshape(count, -1)
        calls = rng.poisson(per_hour[week_hour] * (lengths * factor)[:, None] * own)
        hour, area = np.divmod(np.repeat(np.arange(calls.size), calls.ravel()), calls.shape[1])
    else:
        calls = rng.poisson(per_hour.sum(axis=1)[week_hour] * lengths * factor)
        hour = np.repeat(np.arange(count), calls)
        area = _draw_areas(per_hour, week_hour[hour], rng)
    at_s = (hour + rng.random(len(hour)) * lengths[hour]) * HOUR_S
    order = np.argsort(at_s, kind="stable")
    return Arrivals(at_s[order], area[order].astype(np.int32))


def _factors(dispersion: float, count: int, rng: np.random.Generator) -> F64:
    """Draw Gamma factors of mean 1 and a variance."""
    if dispersion == 0:
        return np.ones(count)
    return rng.gamma(1.0 / dispersion, dispersion, count)


def _draw_areas(
    per_hour: F64, week_hour: npt.NDArray[np.int64], rng: np.random.Generator
) -> npt.NDArray[np.int64]:
    """Draw an area for each call in proportion to the rates of its hour."""
    ends = np.cumsum(per_hour, axis=1)
    mark = rng.random(len(week_hour))
    area = np.empty(len(week_hour), np.int64)
    for hour in np.unique(week_hour).tolist():
        rows = np.flatnonzero(week_hour == hour)
        area[rows] = np.searchsorted(ends[hour], mark[rows] * ends[hour, -1], side="right")
    return area


def check_rates(field: str, rates: F64) -> None:
    """Refuse what are no rates by hour of the week and area."""
    if rates.ndim != 2 or rates.shape[0] != WEEK_HOURS:
        expected = f"({WEEK_HOURS}, A)"
        raise DemandError(code="WRONG_SHAPE", field=field, expected=expected, got=str(rates.shape))
    if rates.shape[1] == 0:
        raise DemandError(code="NO_AREAS")
    wrong = ~(np.isfinite(rates) & (rates >= 0))
    if wrong.any():
        index = int(np.argmax(wrong.ravel()))
        value = float(rates.ravel()[index])
        raise DemandError(code="NOT_A_RATE", field=field, index=index, value=value)


def check_dispersion(field: str, dispersion: float) -> None:
    """Refuse what is no variance."""
    if not 0 <= dispersion < np.inf:
        raise DemandError(code="NOT_A_RATE", field=field, index=0, value=dispersion)
