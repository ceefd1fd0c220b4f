"""A patrol plan: who is where when, what was left out, and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from anlan_engine.errors import Fact
from anlan_engine.patrol.problem import Habit


class Status(StrEnum):
    """Whether every visit that must be made is made."""

    FEASIBLE = "FEASIBLE"
    INFEASIBLE = "INFEASIBLE"
    """Proved: no plan makes them all, and `PatrolPlan.proofs` says why."""
    NOT_FOUND = "NOT_FOUND"
    """Neither found nor proved impossible within the limit."""


class Why(StrEnum):
    """Why a visit cannot be made, or was left out."""

    NO_CAPABLE_UNIT = "NO_CAPABLE_UNIT"
    UNREACHABLE = "UNREACHABLE"
    OUTSIDE_SHIFTS = "OUTSIDE_SHIFTS"
    TOO_FEW_DAYS = "TOO_FEW_DAYS"
    NO_TIME_LEFT = "NO_TIME_LEFT"
    NOT_WORTH_THE_WAY = "NOT_WORTH_THE_WAY"


class Limit(StrEnum):
    """What a proof of impossibility rests on."""

    VISIT = "VISIT"
    """One visit (or break) that no unit can make; `facts["why"]` is a `Why`."""
    PEAK = "PEAK"
    """More visits to be begun in a period than there are units and visits they can come from."""
    WORK = "WORK"
    """More work in a period than the units on shift have time for."""


@dataclass(frozen=True, slots=True)
class Proof:
    """Why no plan can make every visit.

    Attributes
    ----------
    limit : Limit
    day : int
    start_s, end_s : float
        The period it is about, seconds of the day.
    visits : tuple of str
        Visits which cannot all be made.
    units : tuple of str
        All units that could make any of them.
    units_short : int
        At least so many more units on such shifts would be needed.
    facts : mapping
        Figures behind it, see :mod:`anlan_engine.patrol.proofs`.
    text : str
        One English sentence that says it.
    """

    limit: Limit
    day: int
    start_s: float
    end_s: float
    visits: tuple[str, ...]
    units: tuple[str, ...]
    units_short: int
    text: str
    facts: Mapping[str, Fact] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stop:
    """One visit or break in a round; times in seconds of the day.

    Attributes
    ----------
    visit_id : str or None
        None for a break.
    entry, exit : int
        Places where it comes in and leaves.
    drive_s : float
        Drive from the stop before (or the post) to `entry`.
    arrive_s, start_s, leave_s : float
        `start_s - arrive_s` is spent waiting.
    """

    visit_id: str | None
    entry: int
    exit: int
    drive_s: float
    arrive_s: float
    start_s: float
    leave_s: float

    @property
    def wait_s(self) -> float:
        """Seconds between arriving and starting."""
        return self.start_s - self.arrive_s


@dataclass(frozen=True, slots=True)
class Round:
    """What one unit does on one day; a unit that stays at its post has none.

    Attributes
    ----------
    leave_post_s, back_s : float
        As late as the first stop allows, and when it is back at its end post.
    drive_back_s : float
        Drive from the last stop to the end post.
    """

    unit_id: str
    day: int
    leave_post_s: float
    stops: tuple[Stop, ...]
    drive_back_s: float
    back_s: float

    @property
    def drive_s(self) -> float:
        """Seconds driven in all."""
        return sum(stop.drive_s for stop in self.stops) + self.drive_back_s

    @property
    def wait_s(self) -> float:
        """Seconds waited in all."""
        return sum(stop.wait_s for stop in self.stops)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A visit that is not in the plan; one entry for each of several times."""

    visit_id: str
    must: bool
    why: Why
    facts: Mapping[str, Fact] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PatrolPlan:
    """The best plan found.

    Attributes
    ----------
    status : Status
    rounds : tuple of Round
    left_out : tuple of LeftOut
        Visits that must be made first.
    proofs : tuple of Proof
        Why not everything that must be visited can be; empty unless INFEASIBLE.
    value : float
        Value of the optional visits made.
    value_bound : float
        No plan makes optional visits of more value than this.
    cost : float
        What the search minimises: values left out, driving, habits left; without what must be
        visited and is not.
    drive_s, wait_s : float
    other_unit, other_time : int
        Visits by another unit, or at another time, than last week.
    iterations : int
        Rounds of search made. The same problem, seed and `iterations` give the same plan.
    took_s : float
    """

    status: Status
    rounds: tuple[Round, ...]
    left_out: tuple[LeftOut, ...]
    proofs: tuple[Proof, ...]
    value: float
    value_bound: float
    cost: float
    drive_s: float
    wait_s: float
    other_unit: int
    other_time: int
    iterations: int
    took_s: float

    @property
    def gap(self) -> float:
        """How far at most the value is below the best possible, as a share of the bound."""
        return 0.0 if self.value_bound <= 0 else 1.0 - self.value / self.value_bound

    def habits(self) -> tuple[Habit, ...]:
        """Give who makes which visit when, to keep next week's plan near this one."""
        return tuple(
            Habit(stop.visit_id, one.day, one.unit_id, stop.start_s)
            for one in self.rounds
            for stop in one.stops
            if stop.visit_id is not None
        )
