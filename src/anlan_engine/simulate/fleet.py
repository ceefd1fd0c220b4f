"""The units."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from anlan_engine.simulate.checks import check_places, check_shape
from anlan_engine.simulate.errors import SimulationError
from anlan_engine.simulate.events.tables import (
    HOUR_S,
    NONE,
    OFF,
    SHIFT,
    UNIT,
    WEEK_HOURS,
    Records,
)

CAPABILITIES_MAX = 31


@dataclass(frozen=True, slots=True, eq=False)
class Fleet:
    """The units of one posture.

    Attributes
    ----------
    home : array of int, shape (U,)
        Each unit's home station (a row of `Ground.stations`).
    capabilities : array of int, shape (U,), optional
        What each brings, as a sum of powers of two (at most 31 kinds). Default 1 for all.
    on_duty : array of bool, shape (U, 168), optional
        Whether it is on duty in each hour of the week (0 is Monday 0:00). Default: always. A unit
        on a call when its shift ends finishes it first; a shift begins at the home station.

    Raises
    ------
    SimulationError
        NO_UNITS, WRONG_SHAPE, OUT_OF_RANGE.
    """

    home: npt.NDArray[np.integer]
    capabilities: npt.NDArray[np.integer] | None = None
    on_duty: npt.NDArray[np.bool_] | None = None

    def __post_init__(self) -> None:
        """Refuse what is no fleet."""
        if len(self.home) == 0:
            raise SimulationError(code="NO_UNITS")
        if self.capabilities is not None:
            check_shape("capabilities", self.capabilities, (len(self),))
            check_places("capabilities", self.capabilities, 1 << CAPABILITIES_MAX)
        if self.on_duty is not None:
            check_shape("on_duty", self.on_duty, (len(self), WEEK_HOURS))

    def __len__(self) -> int:
        """Return how many units there are."""
        return len(self.home)

    def duty_s(self, first_hour: int, begin_s: float, end_s: float) -> npt.NDArray[np.float64]:
        """Seconds on duty of each unit between two moments after the start, shape (U,)."""
        if self.on_duty is None:
            return np.full(len(self), end_s - begin_s)
        hours = np.arange(int(begin_s // HOUR_S), int(np.ceil(end_s / HOUR_S)))
        length_s = np.minimum((hours + 1) * HOUR_S, end_s) - np.maximum(hours * HOUR_S, begin_s)
        return np.asarray(self.on_duty[:, (first_hour + hours) % WEEK_HOURS] @ length_s)

    def shifts(self, first_hour: int) -> Records:
        """Changes of shift in the week that begins at an hour: by hour, starts first, by unit."""
        if self.on_duty is None:
            return np.empty(0, SHIFT)
        week = np.roll(self.on_duty, -first_hour, axis=1)
        unit, hour = np.nonzero(week != np.roll(week, 1, axis=1))
        begins = week[unit, hour]
        # Who is on duty at the very start stands at home already; the same hour a week later is a
        # change.
        hour = np.where(hour == 0, WEEK_HOURS, hour)
        order = np.lexsort((unit, ~begins, hour))
        shifts = np.empty(len(order), SHIFT)
        for name, column in (("hour", hour), ("unit", unit), ("begins", begins)):
            shifts[name] = column[order]
        return shifts

    def units(self, first_hour: int) -> Records:
        """Give all units their first state."""
        units = np.zeros(len(self), UNIT)
        for name in ("base", "origin", "goal", "job", "before", "behind", "slot", "moving"):
            units[name] = NONE
        units["home"] = self.home
        units["status"] = OFF
        units["capabilities"] = 1 if self.capabilities is None else self.capabilities
        units["on_duty"] = True if self.on_duty is None else self.on_duty[:, first_hour]
        return units
