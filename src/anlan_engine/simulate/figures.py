"""What is told of a simulation: figures with their intervals."""

from dataclasses import dataclass, fields
from typing import Self

import numpy as np
import numpy.typing as npt
from scipy.special import stdtrit

from anlan_engine.simulate.calls import Calls
from anlan_engine.simulate.events.tables import SERVED
from anlan_engine.simulate.playing import Played
from anlan_engine.simulate.posture import Posture

F64 = npt.NDArray[np.float64]
Bool = npt.NDArray[np.bool_]

DAY_S = 86_400.0


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over replications and its interval.

    Attributes
    ----------
    value, low, high : float
        Student's t interval over independent replications (Law 2015, section 9.4); without bounds
        (infinite) where fewer than two replications tell anything, NaN where none does.
    """

    value: float
    low: float
    high: float

    @classmethod
    def of(cls, samples: F64, confidence: float) -> Self:
        """Estimate from one figure a replication; those without a figure (NaN) are left out."""
        told = samples[~np.isnan(samples)]
        if len(told) == 0:
            return cls(np.nan, np.nan, np.nan)
        mean = float(told.mean())
        if len(told) == 1:
            return cls(mean, -np.inf, np.inf)
        quantile = float(stdtrit(len(told) - 1, 0.5 + confidence / 2))
        half = quantile * float(told.std(ddof=1)) / float(np.sqrt(len(told)))
        return cls(mean, mean - half, mean + half)

    @property
    def excludes_zero(self) -> bool:
        """Whether zero lies outside the interval: of a difference, that there is one."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True, slots=True)
class CallFigures:
    """How calls fared.

    Attributes
    ----------
    calls_per_day : Estimate
    response_s_mean, response_s_p50, response_s_p90 : Estimate
        Seconds from the call to the arrival, of those served.
    late_share : Estimate
        Of all calls: served after `Rules.late_after_s`, or not at all.
    waited_share : Estimate
        Of all calls: no unit could be sent at once.
    unserved_share : Estimate
        Of all calls: lost or never served.
    """

    calls_per_day: Estimate
    response_s_mean: Estimate
    response_s_p50: Estimate
    response_s_p90: Estimate
    late_share: Estimate
    waited_share: Estimate
    unserved_share: Estimate


@dataclass(frozen=True, slots=True)
class UnitFigures:
    """How the units fared.

    Attributes
    ----------
    busy_share : Estimate
        Time on calls, from sending to clearing, over time on duty (overtime can lift it above 1).
    waiting_mean, waiting_most : Estimate
        Calls that wait for a unit: on average over time, and at worst.
    diverted_per_day : Estimate
        Units turned round to a more urgent call.
    relocated_per_day : Estimate
        Drives to a station other than home.
    """

    busy_share: Estimate
    waiting_mean: Estimate
    waiting_most: Estimate
    diverted_per_day: Estimate
    relocated_per_day: Estimate


CALL_COLUMNS = len(fields(CallFigures))
UNIT_COLUMNS = len(fields(UnitFigures))


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures, or the differences of two postures in all figures.

    Attributes
    ----------
    calls : CallFigures
        Of all priorities together.
    by_priority : tuple of CallFigures
        The most urgent first.
    units : UnitFigures
    """

    calls: CallFigures
    by_priority: tuple[CallFigures, ...]
    units: UnitFigures

    @classmethod
    def of(cls, samples: F64, confidence: float) -> Self:
        """Estimate from one row of `measured` a replication."""
        estimates = [Estimate.of(column, confidence) for column in samples.T]
        rows = [
            CallFigures(*estimates[first : first + CALL_COLUMNS])
            for first in range(0, len(estimates) - UNIT_COLUMNS, CALL_COLUMNS)
        ]
        return cls(rows[0], tuple(rows[1:]), UnitFigures(*estimates[-UNIT_COLUMNS:]))


@dataclass(frozen=True, slots=True)
class Window:
    """The time that is told of: after the warm-up, before the end.

    Attributes
    ----------
    begin_s, end_s : float
        Seconds from the start.
    first_hour : int
        Hour of the week at the start.
    """

    begin_s: float
    end_s: float
    first_hour: int

    @property
    def days(self) -> float:
        """Length in days."""
        return (self.end_s - self.begin_s) / DAY_S

    def share(self, from_s: F64, to_s: F64) -> F64:
        """Seconds of each stretch that lie in the window; 0 for one that never began (NaN)."""
        inside = np.minimum(to_s, self.end_s) - np.maximum(from_s, self.begin_s)
        return np.asarray(np.nan_to_num(np.maximum(inside, 0.0)))


def measured(posture: Posture, calls: Calls, played: Played, window: Window) -> F64:
    """Measure one replication: `CALL_COLUMNS` for all, for each priority, then `UNIT_COLUMNS`."""
    counted = (calls.at_s >= window.begin_s) & (calls.at_s < window.end_s)
    groups = [counted]
    groups += [counted & (calls.priority == p) for p in range(posture.rules.priorities)]
    late_after_s = np.array(posture.rules.late_after_s)[calls.priority]
    late = ~(played.response_s <= late_after_s)
    waited = ~(played.sent_s <= calls.at_s + calls.decide_s)
    rows = [_call_row(played, rows, late, waited, window) for rows in groups]
    return np.concatenate([*rows, _unit_row(posture, calls, played, window)])


def _call_row(played: Played, rows: Bool, late: Bool, waited: Bool, window: Window) -> F64:
    count = int(rows.sum())
    if count == 0:
        return np.array([0.0] + [np.nan] * (CALL_COLUMNS - 1))
    served = rows & (played.outcome == SERVED)
    response_s = played.response_s[served]
    spread = [np.nan] * 3
    if len(response_s):
        spread = [response_s.mean(), *np.percentile(response_s, (50, 90), method="inverted_cdf")]
    shares = [late[rows].mean(), waited[rows].mean(), 1.0 - len(response_s) / count]
    return np.array([count / window.days, *spread, *shares])


def _unit_row(posture: Posture, calls: Calls, played: Played, window: Window) -> F64:
    duty_s = posture.fleet.duty_s(window.first_hour, window.begin_s, window.end_s).sum()
    busy_s = window.share(played.sent_s, played.cleared_s).sum() + played.wasted_s.sum()
    waiting_s = window.share(calls.at_s + calls.decide_s, played.sent_s).sum()
    return np.array([
        busy_s / duty_s if duty_s else np.nan,
        waiting_s / (window.end_s - window.begin_s),
        played.most_waiting,
        played.diverted / window.days,
        played.relocated / window.days,
    ])  # fmt: skip
