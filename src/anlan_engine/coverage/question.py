"""What is asked: travel times, weights, what is given, and what counts as good."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from anlan_engine.coverage.errors import CoverageError
from anlan_engine.coverage.reach import F64, I64

UNITS_MOST = 1_000_000  # at one site
PAIRS_MOST = 60_000_000  # of site and demand: half a gigabyte of travel times


@dataclass(frozen=True, slots=True)
class CoverAll:
    """Fewest posts so that all demand is reached in time (location set covering, LSCP).

    Toregas, Swain, ReVelle and Bergman 1971, "The location of emergency service facilities".
    Demand that no allowed site reaches in time is left out, and said so in the answer.

    Attributes
    ----------
    within_s : float
        The standard, seconds.
    """

    within_s: float


@dataclass(frozen=True, slots=True)
class CoverMost:
    """Most weight reached in time by so many posts (maximal covering, MCLP).

    Church and ReVelle 1974, "The maximal covering location problem".

    Attributes
    ----------
    within_s : float
        The standard, seconds.
    posts : int
        The fixed ones included.
    """

    within_s: float
    posts: int


@dataclass(frozen=True, slots=True)
class ShortestDrives:
    """Least weighted seconds from the nearest of so many posts (p-median).

    Hakimi 1964, "Optimum locations of switching centers".

    Attributes
    ----------
    posts : int
        The fixed ones included.
    unserved_s : float or None
        Seconds charged for demand that a chosen post reaches later than this or not at all; None
        for twice the longest finite time. Demand that no allowed site reaches is left out.
    """

    posts: int
    unserved_s: float | None = None


@dataclass(frozen=True, slots=True)
class ExpectedCover:
    """Most expected weight reached in time by units that may be busy (MEXCLP).

    Daskin 1983, "A maximum expected covering location model". Units are busy independently, each
    a share `busy_share` of its time; several may stand at one site.

    Attributes
    ----------
    within_s : float
        The standard, seconds.
    units : int
        The fixed ones included.
    busy_share : float
        In [0, 1).
    """

    within_s: float
    units: int
    busy_share: float


Goal = CoverAll | CoverMost | ShortestDrives | ExpectedCover


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """Where could posts stand, and for whom?

    Attributes
    ----------
    travel_s : (sites, demand) array of float
        Seconds from site to demand; inf where there is no way.
    weight : (demand,) array of float or None
        Calls, people, ... at each demand, at least 0; None for 1 each.
    fixed : sequence of int
        Sites with a post (`ExpectedCover`: with one unit at least; name a site twice for two) that
        stays.
    forbidden : sequence of int
        Sites where none may stand.
    capacity : (sites,) array of int or None
        Most units at each site, for `ExpectedCover` (elsewhere 1 where there is any room); None
        for 1 each.

    Raises
    ------
    CoverageError
        NO_SITES, NO_DEMAND, WRONG_SHAPE, TOO_LARGE, INVALID_TIME, INVALID_WEIGHT, NO_SUCH_SITE,
        FIXED_AND_FORBIDDEN, INVALID_SETTING.
    """

    travel_s: F64
    weight: npt.NDArray[np.generic] | None = None
    fixed: Sequence[int] = ()
    forbidden: Sequence[int] = ()
    capacity: npt.NDArray[np.generic] | None = None
    weights: F64 = field(init=False)

    def __post_init__(self) -> None:
        """Refuse what makes no sense."""
        object.__setattr__(self, "travel_s", checked_times(self.travel_s))
        demand = self.travel_s.shape[1]
        weights = np.ones(demand) if self.weight is None else self.weight
        object.__setattr__(self, "weights", checked_weights(weights, demand))
        for site in (*self.fixed, *self.forbidden):
            if not 0 <= site < self.sites:
                raise CoverageError(code="NO_SUCH_SITE", site=int(site), sites=self.sites)
        for site in self.fixed:
            if site in self.forbidden:
                raise CoverageError(code="FIXED_AND_FORBIDDEN", site=int(site))
        if self.capacity is not None and np.shape(self.capacity) != (self.sites,):
            raise wrong_shape(
                name="capacity", shape=np.shape(self.capacity), needed=f"({self.sites},)"
            )
        if self.capacity is not None and not np.min(self.capacity) >= 0:
            least = float(np.min(self.capacity))
            raise CoverageError(
                code="INVALID_SETTING", name="capacity", value=least, needed="at least 0"
            )

    @property
    def sites(self) -> int:
        """How many sites there are to choose from."""
        return int(self.travel_s.shape[0])

    def bounds(self, *, several: bool) -> tuple[I64, I64]:
        """Fewest and most units at each site; `several` where capacities count."""
        low = np.bincount(np.asarray(self.fixed, np.int64), minlength=self.sites)
        high = np.ones(self.sites, np.int64)
        if self.capacity is not None:
            high = np.minimum(self.capacity, UNITS_MOST).astype(np.int64)
        if not several:
            low, high = np.minimum(low, 1), np.minimum(high, 1)
        high = np.maximum(high, low)
        high[np.asarray(self.forbidden, np.int64)] = 0
        return low.astype(np.int64), high


def wrong_shape(name: str, shape: tuple[int, ...], needed: str) -> CoverageError:
    """Return the error for an array of another shape."""
    return CoverageError(code="WRONG_SHAPE", name=name, shape=str(shape), needed=needed)


def checked_times(travel_s: npt.ArrayLike) -> F64:
    """Return travel times as float64, or refuse them."""
    times = np.ascontiguousarray(travel_s, np.float64)
    if times.ndim != 2:
        raise wrong_shape(name="travel_s", shape=times.shape, needed="(sites, demand)")
    if times.shape[0] == 0:
        raise CoverageError(code="NO_SITES")
    if times.shape[1] == 0:
        raise CoverageError(code="NO_DEMAND")
    if times.size > PAIRS_MOST:
        raise CoverageError(code="TOO_LARGE", pairs=times.size, most=PAIRS_MOST)
    wrong = ~(times >= 0.0)
    if wrong.any():
        row, column = (int(part) for part in np.argwhere(wrong)[0])
        raise CoverageError(
            code="INVALID_TIME", value=float(times[row, column]), row=row, column=column
        )
    return times


def checked_weights(weight: npt.ArrayLike, demand: int) -> F64:
    """Return weights as float64, or refuse them."""
    weights = np.ascontiguousarray(weight, np.float64)
    if weights.shape != (demand,):
        raise wrong_shape(name="weight", shape=weights.shape, needed=f"({demand},)")
    wrong = ~((weights >= 0.0) & np.isfinite(weights))
    if wrong.any():
        index = int(np.flatnonzero(wrong)[0])
        raise CoverageError(code="INVALID_WEIGHT", value=float(weights[index]), index=index)
    if not weights.any():
        raise CoverageError(code="NO_DEMAND")
    return weights
