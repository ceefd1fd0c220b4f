"""What a case's clock says: the promise, the holder's term, each day and each holder on the way."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from anlan.casework.catalogue import was_known
from anlan.casework.service_clock.marks import Terms, Told, in_minutes, marks_of, scaled
from anlan.casework.service_clock.rules import (
    Office,
    ServiceClock,
    calendar_of,
    service_clock,
    special_days,
)
from anlan_engine.clock import ClockError, Mark, Reading, Term, WorkCalendar, read_clock

DAYS_SHOWN_LIMIT = 92
MICROSECONDS_PER_MINUTE = 60_000_000


@dataclass(frozen=True, slots=True)
class CaseClock:
    """A case's clock: its rules, its calendar, its marks.

    `reading` answers None where the days of a year that it needs are not known yet.
    """

    rules: ServiceClock
    office: Office
    calendar: WorkCalendar
    marks: list[Mark]

    def reading(self, at: datetime, marks: Sequence[Mark] | None = None) -> Reading | None:
        """Read the clock, or one of other marks, at a moment."""
        try:
            told = self.marks if marks is None else marks
            return read_clock(self.calendar, told, max(at, told[0].at))
        except ClockError as error:
            if error.code in {"YEAR_UNKNOWN", "NEVER_DUE"}:
                return None
            raise

    def reached_at(self, share: float, at: datetime) -> datetime | None:
        """Return when so many times the term will have run, if nothing else happens."""
        reading = self.reading(at, scaled(self.marks, share))
        return reading.due_at if reading else None

    def minutes_by_holder(self, at: datetime) -> dict[str, int]:
        """Return the microseconds charged to each holder; together they are those of the case."""
        reading = self.reading(at, in_minutes(self.marks))
        return dict(reading.by_holder) if reading else {}

    def awaited_year(self, at: datetime) -> int | None:
        """Return the year whose working days are missing to tell when the case is due."""
        try:
            read_clock(self.calendar, self.marks, max(at, self.marks[0].at))
        except ClockError as error:
            year = error.facts.get("year")
            return int(str(year)) if error.code == "YEAR_UNKNOWN" else None
        return None


def clock_of(steps: Sequence[Told], first_item: str, area: int) -> CaseClock:
    """Return the clock of a case: by the rules in force when it was registered, and its history."""
    day = steps[0].at.date()
    rules = service_clock(day)
    office = rules.office_at(area)
    terms = Terms(class_of=lambda code: was_known(code, on=day).clock, holders_of=rules.terms_of)
    return CaseClock(rules, office, calendar_of(office), marks_of(steps, first_item, terms))


DayKind = Literal["WORKDAY", "WEEKEND", "HOLIDAY", "MAKE_UP"]


@dataclass(frozen=True, slots=True)
class Day:
    """One local day between registration and due time, and what of it counted.

    `hours` are minutes of the day worked; `counted` are the steps of the term that ran on it: 1 or
    0 of a term in days, else minutes.
    """

    day: date
    kind: DayKind
    name_zh: str
    name_en: str
    hours: tuple[tuple[int, int], ...]
    counted: int
    paused: bool


def days_until(clock: CaseClock, term: Term, until: datetime, at: datetime) -> list[Day]:
    """Return every day from the registration until a moment, with what it adds to the term."""
    zone = ZoneInfo(clock.office.zone)
    first = clock.marks[0].at.astimezone(zone).date()
    last = min(until.astimezone(zone).date(), first + timedelta(DAYS_SHOWN_LIMIT - 1))
    special = special_days(clock.office)
    ran = list(_ran_by(clock, zone, first, last, until))
    scale = 1 if term.unit.in_days else MICROSECONDS_PER_MINUTE
    found = []
    for offset in range((last - first).days + 1):
        day = first + timedelta(offset)
        known = special.get(day)
        hours = clock.calendar.hours_of(day)
        if known:
            kind: DayKind = "MAKE_UP" if known.worked else "HOLIDAY"
        else:
            kind = "WORKDAY" if hours else "WEEKEND"
        counted = (ran[offset + 1] - ran[offset]) // scale
        names = (known.name_zh, known.name_en) if known else ("", "")
        found.append(Day(day, kind, *names, hours, counted, _paused_on(clock, day, zone, at)))
    return found


def _ran_by(
    clock: CaseClock, zone: ZoneInfo, first: date, last: date, until: datetime
) -> Iterator[int]:
    """Yield what has run at the start, and at the end of each day."""
    start = clock.marks[0].at
    yield 0
    for offset in range((last - first).days + 1):
        midnight = datetime.combine(first + timedelta(offset + 1), time(), zone)
        reading = clock.reading(max(start, min(midnight, until)))
        yield reading.elapsed if reading else 0


def _paused_on(clock: CaseClock, day: date, zone: ZoneInfo, at: datetime) -> bool:
    """Return whether the clock stood still at the end of a day that is past."""
    end = datetime.combine(day + timedelta(1), time(), zone)
    if end > at or end <= clock.marks[0].at:
        return False
    reading = clock.reading(end)
    return reading is not None and reading.state == "PAUSED"


def holder_minutes(by_holder: Mapping[str, int]) -> dict[str, int]:
    """Return whole minutes by holder, so rounded that they add up to those of the case."""
    found: dict[str, int] = {}
    carried = 0
    for holder, microseconds in by_holder.items():
        carried += microseconds
        found[holder] = carried // MICROSECONDS_PER_MINUTE - sum(found.values())
    return found
