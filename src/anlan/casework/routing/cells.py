"""The kinds of case that a table can tell apart: its cells, without listing every one.

Along each condition a table changes only at the values that its rows name; between them every value
is alike, and one stands for all. The full product of those values is too large to list, and need
not be: what a table says depends only on which rows fit (and on who leads the item). So conditions
are looked at one after the other, and of all values that leave the same rows one is kept. Nothing
is estimated: every case falls into exactly one of the cells that are found.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from anlan.casework.routing.deciding import CONDITIONS, Matter
from anlan.casework.routing.tables import MINUTES_A_DAY, Row
from anlan.kernel.areas import area_range
from anlan.kernel.errors import RefusedError

CELLS_LIMIT = 50_000
SITES = ("", "SCHOOL", "HOSPITAL", "STATION", "SHOP")
SOURCES = ("PHONE", "WEB", "API", "STAFF")


class TooTangledError(RefusedError):
    """The table tells more than `CELLS_LIMIT` kinds of case apart: it is too tangled to check."""

    code = "routing.too_tangled"


@dataclass(frozen=True, slots=True)
class Universe:
    """What cases there can be.

    Attributes
    ----------
    items
        Group and lead of every item, by its code.
    areas
        The areas that cases stand in.
    first_day
        From which day on.
    kinds_of_day
        Asked for a stretch of days, the last one open where it is None: one day of it that is
        worked and one that is not, as far as there are such.
    """

    items: Mapping[str, tuple[str, str]]
    areas: Sequence[int]
    first_day: date
    kinds_of_day: Callable[[date, date | None], Sequence[tuple[date, bool]]]

    def span_of(self, areas: Sequence[int]) -> tuple[int, int] | None:
        """Return the lowest and the highest area where cases stand within `areas`, or anywhere."""
        ordered = sorted(self.areas)
        if not areas:
            return (ordered[0], ordered[-1]) if ordered else None
        found = []
        for low, high in map(area_range, areas):
            inside = ordered[bisect_left(ordered, low) : bisect_right(ordered, high)]
            found += [inside[0], inside[-1]] if inside else []
        return (min(found), max(found)) if found else None


@dataclass(frozen=True, slots=True)
class Cell:
    """All cases that exactly these rows fit, and one of them."""

    fitting: tuple[Row, ...]
    lead: str
    example: Matter


def cells(rows: Sequence[Row], universe: Universe) -> list[Cell]:
    """Return every cell of a table; `rows` in the order of their levels.

    Raises `TooTangledError`.
    """
    blank = Matter("", "", "", 0, "", "", 0, universe.first_day, worked=None)
    found = {((1 << len(rows)) - 1, ""): blank}
    for conditions, values in _axes(rows, universe):
        kept: dict[tuple[int, str], Matter] = {}
        told = _told_apart(rows, conditions, values, blank)
        for (fitting, lead), matter in found.items():
            for value, mask in told:
                key = fitting & mask, value.get("lead", lead)
                if key not in kept:
                    kept[key] = replace(matter, **value)
                    if len(kept) > CELLS_LIMIT:
                        raise TooTangledError(limit=CELLS_LIMIT)
        found = kept
    return [
        Cell(tuple(row for place, row in enumerate(rows) if mask >> place & 1), lead, matter)
        for (mask, lead), matter in found.items()
    ]


Value = dict[str, Any]


def _told_apart(
    rows: Sequence[Row], conditions: Sequence[str], values: Iterator[Value], blank: Matter
) -> list[tuple[Value, int]]:
    """Return of all values that fit the same rows the first, with the rows as a mask."""
    kept: dict[tuple[int, str], Value] = {}
    for value in values:
        matter = replace(blank, **value)
        mask = 0
        for place, row in enumerate(rows):
            if all(CONDITIONS[name](row, matter) for name in conditions):
                mask |= 1 << place
        kept.setdefault((mask, value.get("lead", "")), value)
    return [(value, mask) for (mask, _), value in kept.items()]


def _axes(
    rows: Sequence[Row], universe: Universe
) -> Iterator[tuple[Sequence[str], Iterator[Value]]]:
    yield ("item",), _items(universe)
    yield ("area",), _areas(rows, universe)
    yield ("days", "dates"), _days(rows, universe)
    yield ("hours",), _minutes(rows)
    yield ("site",), ({"site": site} for site in SITES)
    yield ("source",), ({"source": source} for source in SOURCES)


def _items(universe: Universe) -> Iterator[Value]:
    for code, (group, lead) in universe.items.items():
        yield {"item": code, "group": group, "lead": lead}


def _areas(rows: Sequence[Row], universe: Universe) -> Iterator[Value]:
    """Yield one area of each stretch of codes in which no row's area begins or ends."""
    ranges = {area_range(area) for row in rows for area in row.areas}
    cuts = sorted({low for low, _ in ranges} | {high + 1 for _, high in ranges})
    stretches = {bisect_right(cuts, area): area for area in sorted(universe.areas, reverse=True)}
    for stretch in sorted(stretches):
        yield {"area": stretches[stretch]}


def _minutes(rows: Sequence[Row]) -> Iterator[Value]:
    ends = {minute for row in rows for minute in (row.begins, row.ends) if minute is not None}
    for minute in sorted({0} | {minute % MINUTES_A_DAY for minute in ends}):
        yield {"minute": minute}


def _days(rows: Sequence[Row], universe: Universe) -> Iterator[Value]:
    """Yield a working day and a day off of each stretch of days, as far as it has such."""
    begins = {row.valid_from for row in rows if row.valid_from}
    after = {row.valid_until + timedelta(1) for row in rows if row.valid_until}
    first = universe.first_day
    starts = [first, *sorted(day for day in begins | after if day > first)]
    for start, following in zip(starts, [*starts[1:], None], strict=True):
        last = None if following is None else following - timedelta(1)
        for day, worked in universe.kinds_of_day(start, last):
            yield {"day": day, "worked": worked}
