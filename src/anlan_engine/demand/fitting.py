"""Fit expected calls by area and hour to counts."""

import numpy as np
import numpy.typing as npt

from anlan_engine.demand.arrivals import DAY_HOURS, WEEK_HOURS
from anlan_engine.demand.errors import DemandError
from anlan_engine.demand.model import DemandModel
from anlan_engine.demand.shrinkage import Shrunk, shrink

F64 = npt.NDArray[np.float64]
I64 = npt.NDArray[np.int64]

HALF_LIFE_DAYS = 56.0


def fit_demand(
    counts: npt.NDArray[np.floating] | npt.NDArray[np.integer],
    *,
    first_hour: int = 0,
    half_life_days: float = HALF_LIFE_DAYS,
) -> DemandModel:
    """Estimate how many calls to expect in each hour of the week in each area.

    Counts of all calls for help, nothing else: no caller, no subject, no kind of person. Four steps
    of one empirical Bayes rule (`shrink`), each from what the last expects:

    1. hours of the week around (hour of the day) x (day of the week);
    2. areas around their mean;
    3. hours of the week in each area around (area) x (hour of the week): where calls are few, an
       area has the city's rhythm, where they are many, its own.

    Season: an hour `half_life_days` old counts half as much as the last one, so that the level
    follows the season with a lag (a discounted Gamma-Poisson model: West and Harrison 1997,
    section 10.8). Whole days and single hours that are busier than a Poisson process makes them
    are measured as dispersions, by moments (Cameron and Trivedi 2013, section 3.3).

    Parameters
    ----------
    counts : array of number, shape (H, A)
        Calls in each of H successive hours in each of A areas, oldest first; NaN where nothing was
        recorded.
    first_hour : int
        Hour of the week of the first row, 0 (Monday 0:00) to 167.
    half_life_days : float
        Above 0; infinity: all hours count alike.

    Returns
    -------
    DemandModel

    Raises
    ------
    DemandError
        WRONG_SHAPE, NO_AREAS, NOT_A_RATE, TOO_SHORT (less than a week), NO_CALLS.
    """
    recorded = _checked(counts, first_hour, half_life_days)
    known = ~np.isnan(recorded)
    age_days = np.arange(len(recorded))[::-1] / DAY_HOURS
    weight = (0.5 ** (age_days / half_life_days))[:, None] * known
    week_hour = (first_hour + np.arange(len(recorded))) % WEEK_HOURS
    seen = _by_hour(np.where(known, recorded, 0.0) * weight, week_hour)
    hours = _by_hour(weight, week_hour)
    if not seen.sum() > 0:
        raise DemandError(code="NO_CALLS")
    per_hour, cells = _rates(seen, hours)
    expected = np.where(known, per_hour[week_hour], 0.0)
    found = np.where(known, recorded, 0.0)
    # The rates were fitted to these very counts and lie nearer to them than to new ones.
    spent = 1.0 - cells.size / max(cells.size + known.sum(), 1)
    return DemandModel(
        per_hour=per_hour,
        shape=cells,
        day_dispersion=_dispersion(_days(found), _days(expected), 1.0),
        hour_dispersion=_dispersion(found, expected, spent),
    )


def _rates(seen: F64, hours: F64) -> tuple[F64, F64]:
    """Return calls an hour, shape (168, A), and the shape of each one's Gamma posterior."""
    rhythm = _rhythm(seen.sum(axis=1), hours.mean(axis=1))
    exposed = (rhythm[:, None] * hours).sum(axis=0)
    level = seen.sum() / exposed.sum()
    areas = shrink(seen.sum(axis=0), level * exposed)
    base = rhythm[:, None] * (level * areas.ratio)[None, :]
    cells: Shrunk = shrink(seen, base * hours)
    uncertainty = 1.0 / cells.shape + 1.0 / areas.shape[None, :]
    return base * cells.ratio, 1.0 / uncertainty


def _rhythm(seen: F64, hours: F64) -> F64:
    """Return how busy each hour of the week is against the mean one, shape (168,)."""
    rate = seen.sum() / hours.sum()
    tables = seen.reshape(-1, DAY_HOURS), hours.reshape(-1, DAY_HOURS) * rate
    by_hour, by_day = (tables[0].sum(axis=axis) / tables[1].sum(axis=axis) for axis in (0, 1))
    base = (by_day[:, None] * by_hour[None, :]).ravel()
    shrunk = base * shrink(seen, base * hours * rate).ratio
    return np.asarray(shrunk / shrunk.mean())


def _by_hour(values: F64, week_hour: I64) -> F64:
    """Add up by hour of the week."""
    summed = np.zeros((WEEK_HOURS, values.shape[1]))
    np.add.at(summed, week_hour, values)
    return summed


def _days(values: F64) -> F64:
    """Add up all areas by whole day from the first hour."""
    whole = len(values) // DAY_HOURS * DAY_HOURS
    return np.asarray(values[:whole].sum(axis=1).reshape(-1, DAY_HOURS).sum(axis=1))


def _dispersion(found: F64, expected: F64, spent: float) -> float:
    """Return the variance beyond Poisson, relative to the squared mean; at least 0."""
    beyond = (found - expected) ** 2 - expected * spent
    square = (expected**2).sum()
    return float(max(beyond.sum() / square, 0.0)) if square > 0 else 0.0


def _checked(
    counts: npt.NDArray[np.floating] | npt.NDArray[np.integer],
    first_hour: int,
    half_life_days: float,
) -> F64:
    """Refuse what no demand can be told from."""
    if counts.ndim != 2:
        raise DemandError(
            code="WRONG_SHAPE", field="counts", expected="(H, A)", got=str(counts.shape)
        )
    if counts.shape[1] == 0:
        raise DemandError(code="NO_AREAS")
    if len(counts) < WEEK_HOURS:
        raise DemandError(code="TOO_SHORT", hours=len(counts), least=WEEK_HOURS)
    recorded = np.asarray(counts, np.float64)
    for field, values in (
        ("counts", recorded.ravel()),
        ("first_hour", np.array([float(first_hour)])),
        ("half_life_days", np.array([half_life_days - 1e-9])),
    ):
        wrong = (values < 0) | ((field == "counts") & np.isinf(values))
        if wrong.any() or (field != "counts" and np.isnan(values).any()):
            index = int(np.argmax(wrong))
            raise DemandError(
                code="NOT_A_RATE", field=field, index=index, value=float(values[index])
            )
    return recorded
