"""`anlan simulate`: from texts of calls and postures to a study of the engine."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from anlan.kernel.text_files import read_toml
from anlan.project.planning.entries import DAY_S, Entry, Position
from anlan.project.planning.errors import NothingToPlanError
from anlan.project.planning.tables import Places
from anlan.project.planning.travel import F64
from anlan_engine.simulate import (
    CallKind,
    CallPattern,
    Duration,
    Expected,
    Fleet,
    Ground,
    Posture,
    Rules,
)

UNITS_MAX = 5_000
CALLS_A_DAY_MAX = 1_000_000.0
WEEK_HOURS = 168
DAY_HOURS = 24
HOUR_S = DAY_S / DAY_HOURS
PLACES_MAX = 6_000
"""The matrix of travel times has the square of it."""

WITHIN_S = 300.0
BUSY_SHARE = 0.3
CLOCK_MAX_S = 86_400.0

Travel = Callable[[F64], F64]


@dataclass(frozen=True, slots=True)
class PriorityText:
    """A priority: its name and when a response is late."""

    name: str
    late_after_s: float


@dataclass(frozen=True, slots=True)
class CallsText:
    """What a text of calls holds; places come from a table of demand.

    Attributes
    ----------
    calls_a_day, dispersion : float
    hours : float64[24]
        Shares of a day, sum 1.
    priorities : tuple of PriorityText
    kinds : tuple of CallKind
    hospitals : tuple of (lon, lat)
    """

    calls_a_day: float
    dispersion: float
    hours: F64
    priorities: tuple[PriorityText, ...]
    kinds: tuple[CallKind, ...]
    hospitals: tuple[Position, ...]


@dataclass(frozen=True, slots=True)
class PostureText:
    """What a text of a posture holds."""

    name: str
    stations: tuple[tuple[str, Position], ...]
    home: tuple[int, ...]
    capabilities: tuple[int, ...]
    on_duty: npt.NDArray[np.bool_]
    move_up: bool
    guard_s: tuple[float, ...] | None
    diverts: npt.NDArray[np.bool_] | None
    within_s: float
    busy_share: float


class Capabilities:
    """Bits of capabilities, given out in the order of their first use."""

    def __init__(self) -> None:
        self._bit: dict[str, int] = {}

    def bits(self, names: Sequence[str]) -> int:
        """Give the sum of the names' bits; 1 for the empty list, which every unit has."""
        return 1 | sum(1 << self._bit.setdefault(name, len(self._bit) + 1) for name in set(names))


def read_calls(file: Path, capabilities: Capabilities) -> CallsText:
    """Read a text of calls; EntryError names entry and field."""
    whole = Entry(file, "", read_toml(file))
    calls_a_day = whole.number("calls_a_day", least=0.001, most=CALLS_A_DAY_MAX)
    dispersion = whole.number("dispersion", 0.0, most=10.0)
    hours = whole.numbers("hours", DAY_HOURS, [1.0] * DAY_HOURS)
    priorities = [_priority(entry) for entry in whole.entries("priority", needed=True)]
    kinds = [
        _kind(entry, len(priorities), capabilities) for entry in whole.entries("kind", needed=True)
    ]
    hospitals = [_place(entry)[1] for entry in whole.entries("hospital")]
    whole.done()
    if sum(hours) <= 0:
        raise whole.wrong(field="hours", why="are all 0")
    shares = np.array(hours) / sum(hours)
    return CallsText(
        calls_a_day, dispersion, shares, tuple(priorities), tuple(kinds), tuple(hospitals)
    )


def _priority(entry: Entry) -> PriorityText:
    one = PriorityText(entry.text("name"), entry.number("late_after_s", least=1, most=CLOCK_MAX_S))
    entry.done()
    return one


def _kind(entry: Entry, priorities: int, capabilities: Capabilities) -> CallKind:
    kind = CallKind(
        name=entry.text("name"),
        share=entry.number("share", 1.0),
        priority=entry.whole("priority", least=1, most=priorities) - 1,
        needs=capabilities.bits(entry.words("needs")),
        decide=_duration(entry, "decide"),
        turnout=_duration(entry, "turnout"),
        scene=_duration(entry, "scene"),
        handover=_duration(entry, "handover"),
        transported=entry.number("transported", 0.0, most=1.0),
    )
    entry.done()
    return kind


def _duration(entry: Entry, field: str) -> Duration:
    if not entry.has(field):
        return Duration(0.0)
    inner = entry.entry(field)
    length = Duration(
        inner.number("mean_s", most=CLOCK_MAX_S), inner.number("variation", 0.0, most=10.0)
    )
    inner.done()
    return length


def _place(entry: Entry) -> tuple[str, Position]:
    place = entry.text("name"), entry.position("at")
    entry.done()
    return place


def read_posture(file: Path, priorities: int, capabilities: Capabilities) -> PostureText:
    """Read a text of a posture; EntryError names entry and field."""
    whole = Entry(file, "", read_toml(file))
    name = whole.text("name")
    stations = [_place(entry) for entry in whole.entries("station", needed=True)]
    known = [station for station, _ in stations]
    units = [_units(entry, known, capabilities) for entry in whole.entries("unit", needed=True)]
    rules = whole.entry("rules", {})
    text = PostureText(
        name=name,
        stations=tuple(stations),
        home=tuple(home for home, count, _, _ in units for _ in range(count)),
        capabilities=tuple(bits for _, count, bits, _ in units for _ in range(count)),
        on_duty=np.array([duty for _, count, _, duty in units for _ in range(count)]),
        move_up=rules.flag("move_up"),
        guard_s=_guard(rules, priorities),
        diverts=_diverts(rules, priorities),
        within_s=rules.number("within_s", WITHIN_S, least=1, most=CLOCK_MAX_S),
        busy_share=rules.number("busy_share", BUSY_SHARE, least=0.001, most=0.999),
    )
    rules.done()
    whole.done()
    return text


def _units(
    entry: Entry, stations: Sequence[str], capabilities: Capabilities
) -> tuple[int, int, int, npt.NDArray[np.bool_]]:
    """Read units that are alike: home, how many, capabilities, hours of the week on duty."""
    home = stations.index(entry.choice("station", stations))
    count = entry.whole("count", 1, least=1, most=UNITS_MAX)
    bits = capabilities.bits(entry.words("capabilities"))
    start_s, end_s = entry.period("shift", (0.0, DAY_S))
    entry.done()
    hour = np.arange(DAY_HOURS) * HOUR_S
    day = (hour >= start_s) & (hour < end_s)
    if not day.any():
        raise entry.wrong(field="shift", why="holds no full hour of the day")
    return home, count, bits, np.tile(day, WEEK_HOURS // DAY_HOURS)


def _guard(rules: Entry, priorities: int) -> tuple[float, ...] | None:
    if not rules.has("guard_s"):
        return None
    guard_s = rules.numbers("guard_s", priorities)
    if guard_s[0] != 0:
        raise rules.wrong(field="guard_s", why="begins above 0: priority 1 gets the soonest unit")
    return guard_s


def _diverts(rules: Entry, priorities: int) -> npt.NDArray[np.bool_] | None:
    if not rules.has("diverts"):
        return None
    table = np.zeros((priorities, priorities), np.bool_)
    for row, (taking, left) in enumerate(rules.pairs("diverts"), 1):
        if not 1 <= taking < left <= priorities:
            raise rules.wrong(
                field="diverts",
                why=f"{row} is not two priorities from 1 to {priorities}, the more urgent first",
            )
        table[taking - 1, left - 1] = True
    return table


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything a simulation needs, made from the texts.

    Attributes
    ----------
    pattern : CallPattern
    postures : tuple of Posture
    at : float64[places, 2]
        Demand first, then hospitals, then stations.
    """

    pattern: CallPattern
    postures: tuple[Posture, ...]
    at: F64


def staged(calls: CallsText, texts: Sequence[PostureText], demand: Places, travel: Travel) -> Scene:
    """Join calls, postures and demand on one ground; travel times are asked for once."""
    station: Mapping[Position, int] = {
        at: row
        for row, at in enumerate(dict.fromkeys(at for text in texts for _, at in text.stations))
    }
    first_hospital = len(demand)
    first_station = first_hospital + len(calls.hospitals)
    at = np.concatenate([demand.at, np.array([*calls.hospitals, *station]).reshape(-1, 2)])
    if len(at) > PLACES_MAX:
        raise NothingToPlanError(what=f"{len(at)} places; at most {PLACES_MAX} are simulated")
    weight = np.zeros(len(at))
    weight[: len(demand)] = demand.numbers["weight"]
    if not weight.sum() > 0:
        raise NothingToPlanError(what="demand without any weight")
    travel_s = travel(at)
    hospitals = np.arange(first_hospital, first_station)
    by_hour = np.tile(calls.hours, WEEK_HOURS // DAY_HOURS) * calls.calls_a_day
    pattern = CallPattern(
        by_hour[:, np.newaxis] * (weight / weight.sum()), calls.kinds, calls.dispersion
    )
    late = tuple(one.late_after_s for one in calls.priorities)
    grounds = {
        text.name: Ground(
            travel_s,
            np.array([first_station + station[place] for _, place in text.stations]),
            hospitals,
        )
        for text in texts
    }
    postures = [
        Posture(
            text.name,
            grounds[text.name],
            Fleet(np.array(text.home), np.array(text.capabilities), text.on_duty),
            Rules(
                late, diverts=text.diverts, guard_s=text.guard_s, moves_up=text.move_up,
                expected=Expected(weight, text.within_s, text.busy_share),
            ),
        )
        for text in texts
    ]  # fmt: skip
    return Scene(pattern, tuple(postures), at)
