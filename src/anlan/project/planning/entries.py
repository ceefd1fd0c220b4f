"""Reading what a person wrote in TOML, with the entry and the field named where it is wrong."""

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from anlan.project.planning.errors import EntryError

Position = tuple[float, float]

DAY_S = 86_400.0


class Entry:
    """One table of a text: every field is taken once, and what is left over is refused.

    Parameters
    ----------
    file : Path
    where : str
        What a person calls this table, such as `visit 3`.
    fields : mapping
    """

    def __init__(self, file: Path, where: str, fields: Mapping[str, Any]) -> None:
        self._file = file
        self._where = where
        self._left = dict(fields)

    def wrong(self, field: str, why: str) -> EntryError:
        """Return the refusal of a field."""
        return EntryError(file=self._file.name, where=self._where, column=field, why=why)

    def done(self) -> None:
        """Refuse fields that nobody asked for: a spelling mistake would change the plan."""
        for field in self._left:
            raise self.wrong(field, "is not a field of this entry")

    def has(self, field: str) -> bool:
        """Say whether a field is there."""
        return field in self._left

    def text(self, field: str, default: str | None = None) -> str:
        """Take a text that is not empty."""
        value = self._take(field, default)
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(field, "is not a text")
        return value.strip()

    def choice(self, field: str, known: Sequence[str], default: str | None = None) -> str:
        """Take one of several words."""
        value = self.text(field, default)
        if value not in known:
            raise self.wrong(field, f"is none of {', '.join(known)}")
        return value

    def number(
        self, field: str, default: float | None = None, *,
        least: float = 0.0, most: float = math.inf,
    ) -> float:  # fmt: skip
        """Take a finite number between two bounds."""
        value = self._take(field, default)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.wrong(field, "is not a number")
        if not (least <= value <= most and math.isfinite(value)):
            raise self.wrong(field, f"is {value:g}, not from {least:g} to {most:g}")
        return float(value)

    def whole(
        self, field: str, default: int | None = None, *, least: int = 0, most: int = 10**9
    ) -> int:
        """Take a whole number between two bounds."""
        value = self.number(field, default, least=least, most=most)
        if value != int(value):
            raise self.wrong(field, "is not a whole number")
        return int(value)

    def numbers(
        self, field: str, count: int, default: list[float] | None = None
    ) -> tuple[float, ...]:
        """Take a list of so many finite numbers of at least 0."""
        value = self._take(field, default)
        if not isinstance(value, list) or len(value) != count:
            raise self.wrong(field, f"is not a list of {count} numbers")
        for one in value:
            if isinstance(one, bool) or not isinstance(one, int | float) or not 0 <= one < math.inf:
                raise self.wrong(field, f"holds {one!r}, not a number of at least 0")
        return tuple(float(one) for one in value)

    def pairs(self, field: str) -> tuple[tuple[int, int], ...]:
        """Take a list of pairs of whole numbers."""
        value = self._take(field, None)
        try:
            pairs = tuple((one, other) for one, other in value)
        except (TypeError, ValueError) as error:
            raise self.wrong(field, "is not a list of pairs") from error
        if not all(isinstance(number, int) for pair in pairs for number in pair):
            raise self.wrong(field, "is not a list of pairs of whole numbers")
        return pairs

    def flag(self, field: str) -> bool:
        """Take true or false; false where the field is absent."""
        value = self._take(field, default=False)
        if not isinstance(value, bool):
            raise self.wrong(field, "is neither true nor false")
        return value

    def entry(self, field: str, default: Mapping[str, Any] | None = None) -> "Entry":
        """Take one table."""
        value = self._take(field, default)
        if not isinstance(value, Mapping):
            raise self.wrong(field, "is not a table")
        return Entry(self._file, f"{self._where}, {field}".removeprefix(", "), value)

    def words(self, field: str) -> tuple[str, ...]:
        """Take a list of texts; none where the field is absent."""
        value = self._take(field, [])
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise self.wrong(field, "is not a list of texts")
        return tuple(value)

    def days(self, field: str, count: int) -> tuple[int, ...] | None:
        """Take a list of days from 1 to `count`, as numbers from 0; None where absent."""
        if field not in self._left:
            return None
        value = self._take(field, None)
        if not isinstance(value, list) or not all(day in range(1, count + 1) for day in value):
            raise self.wrong(field, f"is not a list of days from 1 to {count}")
        return tuple(int(day) - 1 for day in value)

    def position(self, field: str, default: Position | None = None) -> Position:
        """Take a position, written `[longitude, latitude]` in degrees."""
        return self._position(field, self._take(field, default))

    def positions(self, field: str, least: int = 1) -> tuple[Position, ...]:
        """Take a list of positions."""
        value = self._take(field, None)
        if not isinstance(value, list) or len(value) < least:
            raise self.wrong(field, f"is not a list of {least} or more [longitude, latitude]")
        return tuple(self._position(field, one) for one in value)

    def period(self, field: str, default: tuple[float, float] | None = None) -> Position:
        """Take a period of a day, written `["07:30", "08:00"]`, as seconds of the day."""
        if default is not None and field not in self._left:
            return default
        return self._period(field, self._take(field, None))

    def periods(self, field: str) -> tuple[Position, ...]:
        """Take a list of periods; none where the field is absent."""
        value = self._take(field, [])
        if not isinstance(value, list):
            raise self.wrong(field, 'is not a list of ["07:30", "08:00"]')
        return tuple(self._period(field, one) for one in value)

    def entries(self, field: str, *, needed: bool = False) -> "list[Entry]":
        """Take a list of tables; none where the field is absent, unless it is needed."""
        value = self._take(field, None if needed else [])
        if not isinstance(value, list) or not all(isinstance(one, Mapping) for one in value):
            raise self.wrong(field, "is not a list of tables")
        inside = f"{self._where}, " if self._where else ""
        return [
            Entry(self._file, f"{inside}{field} {number}", one)
            for number, one in enumerate(value, 1)
        ]

    def _take(self, field: str, default: Any) -> Any:
        if field in self._left:
            return self._left.pop(field)
        if default is None:
            raise self.wrong(field, "is missing")
        return default

    def _position(self, field: str, value: Any) -> Position:
        try:
            lon, lat = (float(part) for part in value)
        except (TypeError, ValueError) as error:
            raise self.wrong(field, "is not [longitude, latitude]") from error
        if not (abs(lon) <= 180 and abs(lat) <= 90):  # also refuses NaN
            raise self.wrong(field, f"is no position: [{lon:g}, {lat:g}]")
        return lon, lat

    def _period(self, field: str, value: Any) -> Position:
        try:
            start, end = (_seconds(part) for part in value)
        except (TypeError, ValueError) as error:
            raise self.wrong(field, 'is not ["07:30", "08:00"]') from error
        if end < start:
            raise self.wrong(field, "ends before it begins; split it at 24:00")
        return start, end


def _seconds(text: str) -> float:
    """Read `HH:MM` as seconds of the day; `24:00` is its end."""
    hours, minutes = (int(part) for part in text.split(":"))
    seconds = hours * 3600.0 + minutes * 60.0
    if not (0 <= minutes < 60 and 0 <= seconds <= DAY_S):
        raise ValueError(text)
    return seconds


def clock_time(seconds: float) -> str:
    """Write seconds of the day as `HH:MM`, rounded down."""
    minutes = int(seconds // 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
