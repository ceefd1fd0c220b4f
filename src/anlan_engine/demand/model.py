"""Expected calls by area and hour, with intervals, and days drawn from them."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from anlan_engine.demand.arrivals import WEEK_HOURS, Arrivals, draw_arrivals
from anlan_engine.demand.quantiles import negative_binomial_quantile

F64 = npt.NDArray[np.float64]
I64 = npt.NDArray[np.int64]


class CountInterval(NamedTuple):
    """Counts between which the next one lies, both included.

    Attributes
    ----------
    low, high : array of int
    """

    low: I64
    high: I64


@dataclass(frozen=True, slots=True, eq=False)
class DemandModel:
    """What to expect; made by `fit_demand`.

    Attributes
    ----------
    per_hour : array of float, shape (168, A)
        Expected calls in each hour of the week (0 is Monday 0:00) in each area.
    shape : array of float, shape (168, A)
        How sure these are: each is the mean of a Gamma distribution of this shape.
    day_dispersion : float
        Variance of a day's factor on all rates (mean 1).
    hour_dispersion : float
        The same for single hours in single areas; holds the day's, too.
    """

    per_hour: F64
    shape: F64
    day_dispersion: float
    hour_dispersion: float

    def interval(self, share: float = 0.9) -> CountInterval:
        """Return between which counts the next hour of each kind lies, shape (168, A).

        Quantiles of a negative binomial count whose variance holds chance, busier hours, and what
        is not known about the rate. As counts are whole, intervals hold at least `share`.
        """
        dispersion = self.hour_dispersion + 1.0 / self.shape
        beside = (1.0 - share) / 2.0
        return CountInterval(
            negative_binomial_quantile(beside, self.per_hour, dispersion),
            negative_binomial_quantile(1.0 - beside, self.per_hour, dispersion),
        )

    def draw(self, hours: float, rng: np.random.Generator, *, first_hour: int = 0) -> Arrivals:
        """Draw calls of so many hours, as busy and as uneven as those that were fitted."""
        return draw_arrivals(
            self.per_hour, hours, rng, first_hour=first_hour, dispersion=self.day_dispersion,
            hour_dispersion=self.own_dispersion,
        )  # fmt: skip

    @property
    def own_dispersion(self) -> float:
        """Variance of the factor that an hour in an area has beside that of its day."""
        return max((1.0 + self.hour_dispersion) / (1.0 + self.day_dispersion) - 1.0, 0.0)


def covered_share(
    model: DemandModel,
    counts: npt.NDArray[np.floating] | npt.NDArray[np.integer],
    *,
    first_hour: int = 0,
    share: float = 0.9,
) -> float:
    """Return which share of later counts the intervals hold: a model that is right has `share`.

    Parameters
    ----------
    model : DemandModel
    counts : array of number, shape (H, A)
        Counts that the model was not fitted to; NaN where nothing was recorded.
    first_hour : int
        Hour of the week of the first row.
    share : float
        Of the intervals.
    """
    week_hour = (first_hour + np.arange(len(counts))) % WEEK_HOURS
    interval = model.interval(share)
    inside = (counts >= interval.low[week_hour]) & (counts <= interval.high[week_hour])
    return float(inside[~np.isnan(counts)].mean())
