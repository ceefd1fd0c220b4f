"""`anlan plan patrol`: rounds from a text that says what has to be visited, when and by whom."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from anlan.kernel.text_files import read_toml
from anlan.project.planning.entries import DAY_S, Entry, Position, clock_time
from anlan.project.planning.travel import F64
from anlan_engine.patrol import (
    Break,
    Habit,
    Keep,
    PatrolProblem,
    PatrolUnit,
    PatrolVisit,
    Way,
    Window,
)

UNITS_OF_ONE_ENTRY_MAX = 500
DAYS_MAX = 31
TIMES_MAX = 31
STAY_MAX_MINUTES = 24 * 60.0
VALUE_MAX = 1e9

Travel = Callable[[F64], F64]
"""Gives the seconds between each two of n positions."""


class _Places:
    """Positions by number, each kept once."""

    def __init__(self) -> None:
        self._number: dict[Position, int] = {}

    def of(self, at: Position) -> int:
        """Give the position's number."""
        return self._number.setdefault(at, len(self._number))

    def at(self) -> F64:
        """Give all positions, as (lon, lat)."""
        return np.array(list(self._number), np.float64).reshape(-1, 2)


@dataclass(frozen=True, slots=True)
class PatrolText:
    """What a text asks for.

    Attributes
    ----------
    problem : PatrolProblem
    at : float64[places, 2]
        Longitude, latitude of the problem's places.
    """

    problem: PatrolProblem
    at: F64


def read_patrol(file: Path, travel: Travel, kept: Path | None = None) -> PatrolText:
    """Read the text of a patrol plan; `kept` is the JSON of an earlier plan to stay near.

    Raises
    ------
    EntryError
        With the file, the entry and the field.
    """
    whole = Entry(file, "", read_toml(file))
    days = whole.whole("days", 1, least=1, most=DAYS_MAX)
    driving = whole.number("driving", 1.0)
    other_unit, other_time = whole.number("other_unit", 600.0), whole.number("other_time", 300.0)
    places = _Places()
    units = [
        unit for entry in whole.entries("unit", needed=True) for unit in _units(entry, places, days)
    ]
    ready = [_visit(entry, places, days) for entry in whole.entries("visit", needed=True)]
    whole.done()
    travel_s = travel(places.at())
    keep = Keep(_habits(kept), other_unit, other_time) if kept else None
    problem = PatrolProblem(
        travel_s, tuple(units), tuple(make(travel_s) for make in ready), days, driving, keep
    )
    return PatrolText(problem, places.at())


def _units(entry: Entry, places: _Places, days: int) -> list[PatrolUnit]:
    """Read one entry of units: `count` of them that are alike."""
    name = entry.text("id")
    start = entry.position("start")
    end = entry.position("end", start)
    shift = Window(*entry.period("shift", (0.0, DAY_S)))
    capabilities = frozenset(entry.words("capabilities"))
    breaks = tuple(_break(one, places) for one in entry.entries("break"))
    on_days = entry.days("on_days", days)
    count = entry.whole("count", 1, least=1, most=UNITS_OF_ONE_ENTRY_MAX)
    entry.done()
    names = [name] if count == 1 else [f"{name}-{number}" for number in range(1, count + 1)]
    return [
        PatrolUnit(unit_id, places.of(start), places.of(end), shift, capabilities, breaks, on_days)
        for unit_id in names
    ]


def _break(entry: Entry, places: _Places) -> Break:
    window = Window(*entry.period("within"))
    length_s = entry.number("minutes", most=STAY_MAX_MINUTES) * 60
    at = [entry.position("at")] if entry.has("at") else []
    entry.done()
    return Break(window, length_s, tuple(places.of(one) for one in at))


def _visit(entry: Entry, places: _Places, days: int) -> Callable[[F64], PatrolVisit]:
    """Read one visit; its ways are known once travel times are."""
    visit_id = entry.text("id")
    stay_s = entry.number("minutes", 0.0, most=STAY_MAX_MINUTES) * 60
    windows = tuple(Window(*one) for one in entry.periods("windows")) or (Window(0.0, DAY_S),)
    value = entry.number("value", most=VALUE_MAX) if entry.has("value") else None
    needs = frozenset(entry.words("needs"))
    times = entry.whole("times", 1, least=1, most=TIMES_MAX)
    spacing = entry.whole("spacing_days", 1, least=1, most=DAYS_MAX)
    on_days = entry.days("on_days", days)
    ways = _ways(entry, places, stay_s)
    entry.done()

    def made(travel_s: F64) -> PatrolVisit:
        return PatrolVisit(visit_id, ways(travel_s), windows, value, needs, times, spacing, on_days)

    return made


def _ways(entry: Entry, places: _Places, stay_s: float) -> Callable[[F64], tuple[Way, ...]]:
    """Read where: a point `at`, a line between `ends`, an area by its `entrances`."""
    given = [field for field in ("at", "ends", "entrances") if entry.has(field)]
    if len(given) != 1:
        raise entry.wrong(field="at", why="or ends or entrances must be given, one of the three")
    if given == ["at"]:
        place = places.of(entry.position("at"))
        return lambda _: (Way((place,), (place,), stay_s),)
    if given == ["entrances"]:
        doors = tuple(places.of(at) for at in entry.positions("entrances"))
        return lambda _: (Way(doors, doors, stay_s),)
    ends = [places.of(at) for at in entry.positions("ends", least=2)]
    if len(ends) != 2:
        raise entry.wrong(field="ends", why="are two positions")
    one, other = ends

    def along(travel_s: F64) -> tuple[Way, ...]:
        both = ((one, other), (other, one))
        return tuple(
            Way((a,), (b,), float(travel_s[a, b]) + stay_s)
            for a, b in both
            if np.isfinite(travel_s[a, b])
        )

    return along


def _habits(file: Path) -> tuple[Habit, ...]:
    """Read who visited what when from the JSON of an earlier plan."""
    try:
        rows: Sequence[Any] = json.loads(file.read_text(encoding="utf-8"))["habits"]
        return tuple(
            Habit(str(row["visit"]), int(row["day"]), str(row["unit"]), float(row["start_s"]))
            for row in rows
        )
    except (ValueError, KeyError, TypeError) as error:
        entry = Entry(file, "", {})
        raise entry.wrong(
            field="habits", why="are not those of a plan written with --json"
        ) from error


def told_period(start_s: float, end_s: float) -> str:
    """Write a period of the day."""
    return f"{clock_time(start_s)}–{clock_time(end_s)}"
