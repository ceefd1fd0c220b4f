"""What a patrol plan is asked for: places to visit, units to send, and what to prefer."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

F64 = npt.NDArray[np.float64]

DAY_S = 86_400.0

VISITS_MAX = 10_000
"""Visits planned at once, a visit repeated n times counting n times."""

ROUNDS_MAX = 1_000
"""Rounds (a unit on a day) planned at once."""


DAYS_MAX = 60
"""Days of a plan."""

BREAKS_MAX = 4
"""Breaks of a unit in one shift."""


@dataclass(frozen=True, slots=True)
class Window:
    """From when until when a stay may begin, in seconds of the day; it may end later."""

    start_s: float
    end_s: float


ALL_DAY = (Window(0.0, DAY_S),)


@dataclass(frozen=True, slots=True)
class Way:
    """One manner of making a visit: come in at one of `entries`, stay, leave at one of `exits`.

    Attributes
    ----------
    entries, exits : tuple of int
        Places (rows of the travel-time matrix), at least one each.
    stay_s : float
        Time between coming in and leaving, whichever entry and exit are used.
    """

    entries: tuple[int, ...]
    exits: tuple[int, ...]
    stay_s: float


@dataclass(frozen=True, slots=True)
class PatrolVisit:
    """A point, line or area to visit; made by :func:`point`, :func:`line` and :func:`area`.

    Attributes
    ----------
    visit_id : str
    ways : tuple of Way
        Any one of them will do.
    windows : tuple of Window
        The stay begins within one of them; the same on every day of the plan.
    value : float or None
        None: the visit must be made. A number: it may be left out, which costs so much.
    needs : frozenset of str
        Capabilities that the one unit must bring, all of them.
    times : int
        How often within the days of the plan.
    spacing_days : int
        At least so many days lie between two of these; 1: never twice on one day.
    on_days : tuple of int or None
        Days on which it may be made, the first being 0; None: every day.
    """

    visit_id: str
    ways: tuple[Way, ...]
    windows: tuple[Window, ...] = ALL_DAY
    value: float | None = None
    needs: frozenset[str] = frozenset()
    times: int = 1
    spacing_days: int = 1
    on_days: tuple[int, ...] | None = None

    @property
    def must(self) -> bool:
        """Whether the visit may not be left out."""
        return self.value is None


def point(
    visit_id: str,
    place: int,
    *,
    stay_s: float = 0.0,
    windows: Sequence[Window] = ALL_DAY,
    value: float | None = None,
    needs: frozenset[str] = frozenset(),
    times: int = 1,
    spacing_days: int = 1,
) -> PatrolVisit:
    """Describe a place to stand at for a while: a school gate, a pumping station."""
    ways = (Way((place,), (place,), stay_s),)
    return PatrolVisit(visit_id, ways, tuple(windows), value, needs, times, spacing_days)


def line(
    visit_id: str,
    ends: tuple[int, int],
    *,
    along_s: float,
    back_s: float | None = None,
    windows: Sequence[Window] = ALL_DAY,
    value: float | None = None,
    needs: frozenset[str] = frozenset(),
) -> PatrolVisit:
    """Describe a street to be driven along, in either direction.

    Parameters
    ----------
    visit_id : str
    ends : (int, int)
        The places where it begins and ends.
    along_s : float
        Seconds from the first end to the second.
    back_s : float or None
        Seconds the other way; None: the same. Infinite for a one-way street.
    windows, value, needs
        As for :class:`PatrolVisit`.
    """
    one, other = ends
    there = Way((one,), (other,), along_s)
    back = Way((other,), (one,), along_s if back_s is None else back_s)
    ways = tuple(way for way in (there, back) if way.stay_s != np.inf)
    return PatrolVisit(visit_id, ways, tuple(windows), value, needs)


def area(
    visit_id: str,
    entrances: Sequence[int],
    *,
    stay_s: float,
    windows: Sequence[Window] = ALL_DAY,
    value: float | None = None,
    needs: frozenset[str] = frozenset(),
) -> PatrolVisit:
    """Describe an area to be in for so long: in by any entrance, out by any.

    The time from one entrance to another through the area is part of the stay.
    """
    places = tuple(entrances)
    return PatrolVisit(visit_id, (Way(places, places, stay_s),), tuple(windows), value, needs)


def area_points(
    area_id: str,
    places: Sequence[int],
    *,
    stay_s: float = 0.0,
    windows: Sequence[Window] = ALL_DAY,
    value: float | None = None,
    needs: frozenset[str] = frozenset(),
) -> tuple[PatrolVisit, ...]:
    """Describe an area as a set of points, each to be visited by whichever unit comes past."""
    return tuple(
        point(
            f"{area_id}/{number}", place,
            stay_s=stay_s, windows=windows, value=value, needs=needs,
        )
        for number, place in enumerate(places, 1)
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Break:
    """A pause a unit must be given.

    Attributes
    ----------
    window : Window
        It begins within this.
    length_s : float
    places : tuple of int
        Where it may be taken; empty: at the post where the unit starts.
    """

    window: Window
    length_s: float
    places: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PatrolUnit:
    """A unit and its shift.

    Attributes
    ----------
    unit_id : str
    start_place, end_place : int
        The posts where the shift starts and ends.
    shift : Window
        It leaves the post no sooner and is back at the post no later than this.
    capabilities : frozenset of str
    breaks : tuple of Break
        At most `BREAKS_MAX`. A unit that goes out takes each of them; one whose shift has no
        room for them even so does not go out.
    on_days : tuple of int or None
        Days on which it works, the first being 0; None: every day.
    """

    unit_id: str
    start_place: int
    end_place: int
    shift: Window
    capabilities: frozenset[str] = frozenset()
    breaks: tuple[Break, ...] = ()
    on_days: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Habit:
    """Who made a visit last week, and when (`start_s` in seconds of the day)."""

    visit_id: str
    day: int
    unit_id: str
    start_s: float


@dataclass(frozen=True, slots=True)
class Keep:
    """How much a plan that stays near last week's is worth.

    Attributes
    ----------
    habits : tuple of Habit
    other_unit : float
        Cost of a visit by another unit than last week.
    other_time : float
        Cost of a visit more than `near_s` from last week's time.
    near_s : float
    """

    habits: tuple[Habit, ...]
    other_unit: float = 0.0
    other_time: float = 0.0
    near_s: float = 900.0


@dataclass(frozen=True, slots=True)
class PatrolProblem:
    """A question for :func:`anlan_engine.patrol.plan_patrols`.

    The plan makes every visit that must be made, and among such plans has the least cost: value
    of optional visits left out + `driving` x seconds driven + cost of leaving last week's habits.

    Attributes
    ----------
    travel_s : (n, n) float array
        Seconds from each place to each other; not symmetric as a rule; infinite: no way.
    units : tuple of PatrolUnit
    visits : tuple of PatrolVisit
    days : int
        Days the plan covers. Every unit starts every day anew at its post.
    driving : float
        Cost of a second driven, in the unit of the visits' values. 1: a visit of value 600 is
        worth ten minutes' drive. 0: only values count (team orienteering).
    keep : Keep or None
    """

    travel_s: F64
    units: tuple[PatrolUnit, ...]
    visits: tuple[PatrolVisit, ...]
    days: int = 1
    driving: float = 1.0
    keep: Keep | None = field(default=None)
