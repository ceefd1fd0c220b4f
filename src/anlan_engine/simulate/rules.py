"""How the dispatcher behaves in a posture."""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from anlan_engine.simulate.checks import check_shape, check_times
from anlan_engine.simulate.errors import SimulationError
from anlan_engine.simulate.events.tables import NONE, PRIORITY, TOTALS, Records

F64 = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Expected:
    """The demand that move-up and guard keep in reach: the covering model MEXCLP (Daskin 1983).

    Attributes
    ----------
    demand : array of float, shape (P,)
        Expected calls of each place, in any unit; some above 0.
    within_s : float
        A station covers a place that it reaches in so many seconds.
    busy_share : float
        Share of the time that a unit is busy, 0 < q < 1.

    Raises
    ------
    SimulationError
        NOT_A_TIME, NO_DEMAND, OUT_OF_RANGE.
    """

    demand: F64
    within_s: float
    busy_share: float

    def __post_init__(self) -> None:
        """Refuse what cannot be weighed."""
        check_times("demand", self.demand)
        check_times("within_s", np.array([self.within_s]))
        if not self.demand.sum() > 0:
            raise SimulationError(code="NO_DEMAND")
        if not 0 < self.busy_share < 1:
            raise SimulationError(
                code="OUT_OF_RANGE", field="busy_share", low=0, high=1, index=0,
                value=self.busy_share,
            )  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Rules:
    """What is done with calls and units.

    The soonest capable unit by travel time goes, standing or on the road, unless a field says
    otherwise; a unit that has cleared takes the most urgent, then oldest, call that waits.

    Attributes
    ----------
    late_after_s : tuple of float
        For each priority (0 the most urgent), the response time from the call to the arrival above
        which it counts as late. Its length is the number of priorities.
    diverts : array of bool, shape (K, K), optional
        [p, q]: a unit on its way to a call of priority q may be turned round to one of priority p;
        p must be the more urgent (p < q). Default: never.
    divert_gain_s : float
        Only where that unit is sooner by more than this.
    guard_s : tuple of float, optional
        For each priority the travel time within which not the soonest but the unit that is least
        missed may go; 0: always the soonest, as it must be for priority 0. Default: 0 for all.
    guard_extra_s : float
        Under the guard, at most so much later than the soonest. Default: no such bound.
    moves_up : bool
        Whether a unit that has cleared drives to the station where it adds most to the expected
        coverage (DMEXCLP: Jagtenberg, Bhulai and van der Mei 2015), and not home.
    calls_wait : bool
        Whether calls wait when no unit is idle; else they are lost (to a neighbouring service).
    expected : Expected, optional
        Needed where the guard is on or units move up.

    Raises
    ------
    SimulationError
        WRONG_SHAPE, NOT_A_TIME, NOT_MORE_URGENT, MOST_URGENT_GUARDED, NO_DEMAND.
    """

    late_after_s: tuple[float, ...]
    diverts: npt.NDArray[np.bool_] | None = None
    divert_gain_s: float = 0.0
    guard_s: tuple[float, ...] | None = None
    guard_extra_s: float = math.inf
    moves_up: bool = False
    calls_wait: bool = True
    expected: Expected | None = None

    def __post_init__(self) -> None:
        """Refuse rules that contradict themselves."""
        count = self.priorities
        if count == 0:
            raise SimulationError(
                code="WRONG_SHAPE", field="late_after_s", expected="(K,), K >= 1", got="()"
            )
        check_times("late_after_s", np.array(self.late_after_s), infinite=True)
        check_times("divert_gain_s", np.array([self.divert_gain_s]))
        check_times("guard_extra_s", np.array([self.guard_extra_s]), infinite=True)
        if self.diverts is not None:
            check_shape("diverts", self.diverts, (count, count))
            for priority, left in np.argwhere(self.diverts).tolist():
                if priority >= left:
                    raise SimulationError(code="NOT_MORE_URGENT", priority=priority, left=left)
        if self.guard_s is not None:
            check_shape("guard_s", np.array(self.guard_s), (count,))
            check_times("guard_s", np.array(self.guard_s))
            if self.guard_s[0] != 0:
                raise SimulationError(code="MOST_URGENT_GUARDED")
        if (self.moves_up or self.guarded) and self.expected is None:
            raise SimulationError(code="NO_DEMAND")

    @property
    def priorities(self) -> int:
        """How many priorities there are."""
        return len(self.late_after_s)

    @property
    def guarded(self) -> bool:
        """Whether the guard is on for some priority."""
        return self.guard_s is not None and any(self.guard_s)

    def priority_table(self) -> Records:
        """Arrange the rules for each priority as the event loop wants them, with empty queues."""
        table = np.zeros(self.priorities, PRIORITY)
        table["first"] = table["last"] = NONE
        if self.guard_s is not None:
            table["guard_s"] = self.guard_s
        if self.diverts is not None:
            table["takes_from"] = self.diverts @ (1 << np.arange(self.priorities))
        return table

    def totals(self, first_hour: int) -> Records:
        """Arrange the other rules as the event loop wants them, with nothing counted yet."""
        totals = np.zeros(1, TOTALS)
        totals["first_hour"] = first_hour
        totals["divert_gain_s"] = self.divert_gain_s
        totals["guard_extra_s"] = self.guard_extra_s
        totals["calls_wait"] = self.calls_wait
        totals["moves_up"] = self.moves_up
        totals["guards"] = self.guarded
        return totals
