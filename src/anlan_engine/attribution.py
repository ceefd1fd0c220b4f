"""To which incident a new report belongs, or whether it is about something new.

Reports of one event excite each other: each makes further ones nearby and soon after, on top of a
background of events that have nothing to do with it. The share of an incident in the intensity at
a new report's place and time is the probability that the report belongs to it (space-time ETAS:
Ogata, Ann. Inst. Statist. Math. 50, 1998; attribution by shares, stochastic declustering: Zhuang,
Ogata and Vere-Jones, J. Amer. Statist. Assoc. 97, 2002).
"""

from dataclasses import dataclass
from math import isfinite, pi
from typing import ClassVar

import numpy as np
import numpy.typing as npt

from anlan_engine.errors import EngineError
from anlan_engine.sphere import distance_m

TAIL = 1.5
"""Power of the fall with distance: heavy, as callers tell where they stand, not where it is."""

F64 = npt.NDArray[np.float64]
I64 = npt.NDArray[np.int64]


class AttributionError(EngineError):
    """A report that cannot be attributed."""

    TEXTS: ClassVar[dict[str, str]] = {
        "NO_LAW": "{field} of a law is {value}: it must be finite and {rule}.",
        "NOT_FINITE": "A place, an age or an agreement is not a number.",
        "LENGTHS_DIFFER": "The columns of the earlier reports are not of one length.",
        "UNKNOWN_INCIDENT": "A report belongs to an incident outside 0 to {last}.",
    }


@dataclass(frozen=True, slots=True)
class Law:
    """How reports of one sort of event come.

    Attributes
    ----------
    background_per_km2_h : float
        New events of the sort per square kilometre and hour, above 0.
    spread_m : float
        Half of further reports name a place within `1.73 * spread_m` of an earlier one; above 0.
    lasting_s : float
        Mean time until a further report, above 0.
    further_reports : float
        How many further reports one report brings about, on average; 0 or more.
    """

    background_per_km2_h: float
    spread_m: float
    lasting_s: float
    further_reports: float

    def __post_init__(self) -> None:
        """Refuse what is no law."""
        for field in ("background_per_km2_h", "spread_m", "lasting_s"):
            _refuse_unless(getattr(self, field) > 0.0, field, getattr(self, field), "above 0")
        further = self.further_reports
        _refuse_unless(further >= 0.0, "further_reports", further, "not below 0")


@dataclass(frozen=True, slots=True)
class Earlier:
    """The reports there are.

    Attributes
    ----------
    lon, lat : float64, (R,)
        Degrees, WGS84.
    age_s : float64, (R,)
        Seconds before the new report; one that came after it brings nothing about.
    incident : int64, (R,)
        To which incident each belongs, 0..I-1.
    agrees : float64, (R,)
        How far the sort of the report agrees with the new one: 1 the same sort of event, 0 never
        mistaken for each other.
    """

    lon: F64
    lat: F64
    age_s: F64
    incident: I64
    agrees: F64


def attribute(lon: float, lat: float, earlier: Earlier, incidents: int, law: Law) -> F64:
    """Return the probability that a new report belongs to each incident.

    Parameters
    ----------
    lon, lat : float
        Where the new report is, degrees.
    earlier : Earlier
        The reports of incidents that are open, R of them.
    incidents : int
        How many incidents there are.
    law : Law
        Of the sort of event that the new report names.

    Returns
    -------
    float64, (incidents,)
        One minus their sum is the probability that it is about something new.

    Raises
    ------
    AttributionError
        Where a place or an age is not a number, or an incident is out of range.
    """
    _check(lon, lat, earlier, incidents)
    away = distance_m(lon, lat, earlier.lon, earlier.lat) / law.spread_m
    spread_km2 = pi * (law.spread_m / 1000.0) ** 2
    per_km2 = (TAIL - 1.0) / spread_km2 * (1.0 + away**2) ** -TAIL
    age = earlier.age_s / law.lasting_s
    per_h = np.where(age >= 0.0, 3600.0 / law.lasting_s * np.exp(-np.maximum(age, 0.0)), 0.0)
    brought = law.further_reports * earlier.agrees * per_km2 * per_h
    intensity = np.bincount(earlier.incident, weights=brought, minlength=incidents)
    shares: F64 = intensity / (law.background_per_km2_h + intensity.sum())
    return shares


def _refuse_unless(holds: bool, field: str, value: float, rule: str) -> None:  # noqa: FBT001
    if not (holds and isfinite(value)):
        raise AttributionError(code="NO_LAW", field=field, value=value, rule=rule)


def _check(lon: float, lat: float, earlier: Earlier, incidents: int) -> None:
    columns = (earlier.lon, earlier.lat, earlier.age_s, earlier.agrees)
    if not np.isfinite([lon, lat]).all() or not all(np.isfinite(one).all() for one in columns):
        raise AttributionError(code="NOT_FINITE")
    if len({len(earlier.incident), *(len(one) for one in columns)}) > 1:
        raise AttributionError(code="LENGTHS_DIFFER")
    if not ((earlier.incident >= 0) & (earlier.incident < incidents)).all():
        raise AttributionError(code="UNKNOWN_INCIDENT", last=incidents - 1)
