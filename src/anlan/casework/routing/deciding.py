"""Deciding one case by a table: which rows fit, which level decides, and who hands it on."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from anlan.casework.routing.tables import DESK, NO_SITE, Row
from anlan.kernel.areas import lies_within


@dataclass(frozen=True, slots=True)
class Matter:
    """What a table asks of a case. `minute` and `day` are those of its place.

    `lead` is the department that leads the item; `site` is empty where there is none; `worked` is
    None where the working days of that year are not known.
    """

    item: str
    group: str
    lead: str
    area: int
    site: str
    source: str
    minute: int
    day: date
    worked: bool | None


def _fits_item(row: Row, matter: Matter) -> bool:
    return not row.items or matter.item in row.items or matter.group in row.items


def _fits_area(row: Row, matter: Matter) -> bool:
    return not row.areas or any(lies_within(matter.area, area) for area in row.areas)


def _fits_site(row: Row, matter: Matter) -> bool:
    return not row.sites or (matter.site or NO_SITE) in row.sites


def _fits_source(row: Row, matter: Matter) -> bool:
    return not row.sources or matter.source in row.sources


def _fits_hours(row: Row, matter: Matter) -> bool:
    if row.begins is None or row.ends is None:
        return True
    if row.begins < row.ends:
        return row.begins <= matter.minute < row.ends
    return matter.minute >= row.begins or matter.minute < row.ends


def _fits_days(row: Row, matter: Matter) -> bool:
    return row.days is None or matter.worked is (row.days == "WORKDAY")


def _fits_dates(row: Row, matter: Matter) -> bool:
    begun = row.valid_from is None or row.valid_from <= matter.day
    return begun and (row.valid_until is None or matter.day <= row.valid_until)


Condition = Callable[[Row, Matter], bool]

CONDITIONS: dict[str, Condition] = {
    "item": _fits_item,
    "area": _fits_area,
    "site": _fits_site,
    "source": _fits_source,
    "hours": _fits_hours,
    "days": _fits_days,
    "dates": _fits_dates,
}


_ALL = tuple(CONDITIONS.values())
_CERTAIN = tuple(condition for name, condition in CONDITIONS.items() if name != "days")


def failed(row: Row, matter: Matter) -> list[str]:
    """Return the conditions of a row that a case does not meet."""
    return [name for name, fits in CONDITIONS.items() if not fits(row, matter)]


def fits(row: Row, matter: Matter) -> bool:
    """Return whether a case meets every condition of a row."""
    return all(condition(row, matter) for condition in _ALL)


class Reason(StrEnum):
    """Why a case went where it went: GIVEN to an organisation, otherwise left to the desk.

    By a row that says so; since no row fits; since rows of one level disagree; since hand-overs
    lead in a circle; since it is not known whether the day is a working day and that decides; since
    the organisation is not there or does not serve the place.
    """

    GIVEN = "GIVEN"
    DESK = "DESK"
    NO_ROW = "NO_ROW"
    DISAGREE = "DISAGREE"
    CIRCLE = "CIRCLE"
    DAY_UNKNOWN = "DAY_UNKNOWN"
    NOT_SERVED = "NOT_SERVED"


@dataclass(frozen=True, slots=True)
class Hop:
    """One step of a decision: the rows that decided it, all of one level, and to whom."""

    held_by: str | None
    rows: tuple[int, ...]
    to: str


@dataclass(frozen=True, slots=True)
class Decision:
    """Whom a case goes to, and by which rows; `holder` is empty where the desk decides."""

    reason: Reason
    holder: str
    hops: tuple[Hop, ...]


def deciding_rows(fitting: Iterable[Row], held_by: str | None) -> list[Row]:
    """Return those of the rows that fit, by level, that decide where a case goes from a holder."""
    found: list[Row] = []
    for row in fitting:
        if found and row.level > found[0].level:
            break
        if row.held_by == held_by:
            found.append(row)
    return found


def decide(rows: Sequence[Row], matter: Matter) -> Decision:
    """Return where a case goes by rows in the order of their levels.

    Every hand-over is followed; whoever is named twice ends it as a circle, so it ends.
    """
    hops: list[Hop] = []
    passed: set[str | None] = {None}
    held_by: str | None = None
    while True:
        winners = deciding_rows(
            (row for row in rows if row.held_by == held_by and _may_fit(row, matter)), held_by
        )
        if not winners:
            return _ended(held_by, hops)
        if any(failed(row, matter) for row in winners):
            return Decision(Reason.DAY_UNKNOWN, "", tuple(hops))
        outcomes = {row.outcome(matter.lead) for row in winners}
        numbers = tuple(row.number for row in winners)
        if len(outcomes) > 1:
            return Decision(Reason.DISAGREE, "", (*hops, Hop(held_by, numbers, "")))
        to = outcomes.pop()
        hops.append(Hop(held_by, numbers, to))
        if to in {DESK, held_by}:
            return _ended(to, hops)
        if to in passed:
            return Decision(Reason.CIRCLE, "", tuple(hops))
        passed.add(to)
        held_by = to


def _may_fit(row: Row, matter: Matter) -> bool:
    """Return whether a row fits, or would if the day were of the kind it asks for."""
    asked = _CERTAIN if matter.worked is None else _ALL
    return all(condition(row, matter) for condition in asked)


def _ended(holder: str | None, hops: list[Hop]) -> Decision:
    if holder is None:
        return Decision(Reason.NO_ROW, "", ())
    if holder == DESK:
        return Decision(Reason.DESK, "", tuple(hops))
    return Decision(Reason.GIVEN, holder, tuple(hops))
