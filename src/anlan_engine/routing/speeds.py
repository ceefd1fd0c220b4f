"""How fast one drives by class of road and hour of the week, read from a text."""

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from anlan_engine.roads import ROAD_CLASSES
from anlan_engine.routing.errors import RoutingError

DAYS = ("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN")
HOURS = 24

LEAST, MOST = 0.01, 10.0
"""Bounds of a factor: beyond them somebody has mistaken what it means."""


@dataclass(frozen=True, slots=True)
class SpeedProfile:
    """Speeds as shares of the free ones, by hour of the week.

    Attributes
    ----------
    name, source : str
        What it is, and where the figures come from.
    zone : ZoneInfo
        Whose clocks the hours are read from.
    factors : tuple of 168 tuples of float
        For each hour, Monday 00:00 first, a factor for each of `ROAD_CLASSES`.
    """

    name: str
    source: str
    zone: ZoneInfo
    factors: tuple[tuple[float, ...], ...]

    def at(self, at: datetime) -> tuple[float, ...]:
        """Give the factors of the hour in which an instant (with a time zone) lies."""
        local = at.astimezone(self.zone)
        return self.factors[local.weekday() * HOURS + local.hour]


def read_speeds(file: Path) -> SpeedProfile:
    """Read a profile: see `data/speeds/` and `data/README.md`.

    Raises
    ------
    RoutingError
        INVALID_SPEEDS naming what is wrong: unknown class, day or time zone, hours out of order, a
        factor that is not between 0.01 and 10.
    """
    try:
        text = tomllib.loads(file.read_text(encoding="utf-8"))
        zone = ZoneInfo(text["time_zone"])
        rows = [list(row) for row in [[1.0] * len(ROAD_CLASSES)] * (len(DAYS) * HOURS)]
        for rule in text.get("factors", ()):
            _apply(rows, rule)
        return SpeedProfile(text["name_en"], text["source"], zone, tuple(map(tuple, rows)))
    except (OSError, KeyError, ValueError, TypeError) as error:
        reason = f"{file.name}: {type(error).__name__} {error}"
        raise RoutingError(code="INVALID_SPEEDS", reason=reason) from error


def _apply(rows: Sequence[list[float]], rule: Mapping[str, Any]) -> None:
    """Write one rule of the text into the hours and classes it names."""
    factor = float(rule["factor"])
    begin, end = rule["hours"]
    if not (math.isfinite(factor) and LEAST <= factor <= MOST):
        msg = f"factor {factor}"
        raise ValueError(msg)
    if not 0 <= begin < end <= HOURS:
        msg = f"hours {begin} to {end}"
        raise ValueError(msg)
    for day in rule["days"]:
        for name in rule["classes"]:
            place = ROAD_CLASSES.index(name)
            for hour in range(begin, end):
                rows[DAYS.index(day) * HOURS + hour][place] = factor
