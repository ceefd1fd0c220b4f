"""Working time of a calendar as flat lists, year by year: what clocks are measured with."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from anlan_engine.clock.calendar import WorkCalendar
from anlan_engine.clock.errors import ClockError
from anlan_engine.clock.marks import TermUnit

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
MINUTE_US = 60_000_000
DAY_US = 1440 * MINUTE_US
EPOCH_DAY = EPOCH.toordinal()

YEARS_MAX = 50
"""A term that takes longer never ends."""

_PROBE_US = 6 * 60 * MINUTE_US
"""Changes of the zone's offset further apart than this are all seen."""

_OFFSET_MAX_US = DAY_US
CALENDARS_KEPT = 256


def micros(at: datetime) -> int:
    """Microseconds since 1970."""
    return (at - EPOCH) // MICROSECOND


def instant(us: int) -> datetime:
    """Give the time so many microseconds after 1970, in UTC."""
    return EPOCH + us * MICROSECOND


@dataclass(frozen=True, slots=True)
class _Year:
    """Working time on the days of one year, in microseconds since 1970.

    Attributes
    ----------
    starts, ends : list of int
        Stretches of working time, in order, not overlapping.
    before, through : list of int
        Working time of the year until each begins and until it ends.
    closes, close_days : list of int
        When business ends on each working day, and which day that is (proleptic ordinal).
    midnights, midnight_days : list of int
        When each day of the calendar ends.
    """

    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    before: list[int] = field(default_factory=list)
    through: list[int] = field(default_factory=list)
    closes: list[int] = field(default_factory=list)
    close_days: list[int] = field(default_factory=list)
    midnights: list[int] = field(default_factory=list)
    midnight_days: list[int] = field(default_factory=list)

    def worked(self, until: int) -> int:
        """Working time of the year until an instant."""
        place = bisect_right(self.starts, until) - 1
        if place < 0:
            return 0
        return self.before[place] + min(until, self.ends[place]) - self.starts[place]

    def add(self, start: int, end: int) -> None:
        """Append a stretch."""
        done = self.through[-1] if self.through else 0
        self.starts.append(start)
        self.ends.append(end)
        self.before.append(done)
        self.through.append(done + end - start)


class Ruler:
    """Measures time against one calendar. Years are worked out when they are first needed."""

    def __init__(self, calendar: WorkCalendar) -> None:
        self.calendar = calendar
        self.zone = ZoneInfo(calendar.zone)
        self._years: dict[int, _Year] = {}

    def day_of(self, us: int) -> int:
        """Ordinal of the local day of an instant."""
        return instant(us).astimezone(self.zone).toordinal()

    def count(self, unit: TermUnit, start: int, end: int, after_day: int) -> int:
        """Count the steps of a unit between two instants.

        Parameters
        ----------
        unit : TermUnit
        start, end : int
            Microseconds since 1970. A day counts where its end lies after `start` and not after
            `end`.
        after_day : int
            Days up to this ordinal do not count.
        """
        if end <= start:
            return 0
        if unit in {TermUnit.CLOCK_MINUTES, TermUnit.CLOCK_HOURS}:
            return end - start
        total = 0
        for number in range(self._year_of(start), self._year_of(end) + 1):
            year = self._year(number)
            if unit.in_days:
                ticks, first = _first_tick(year, unit, start, after_day)
                total += max(bisect_right(ticks, end) - first, 0)
            else:
                total += year.worked(end) - year.worked(start)
        return total

    def reach(self, unit: TermUnit, start: int, steps: int, after_day: int) -> int:
        """Find when so many steps (at least 1) will have passed since an instant.

        Raises
        ------
        ClockError
            NEVER_DUE, YEAR_UNKNOWN.
        """
        if unit in {TermUnit.CLOCK_MINUTES, TermUnit.CLOCK_HOURS}:
            return start + steps
        first_year = self._year_of(start)
        for number in range(first_year, first_year + YEARS_MAX + 1):
            year = self._year(number)
            if unit.in_days:
                ticks, first = _first_tick(year, unit, start, after_day)
                if first + steps <= len(ticks):
                    return ticks[first + steps - 1]
                steps -= max(len(ticks) - first, 0)
            else:
                goal = year.worked(start) + steps
                place = bisect_left(year.through, goal)
                if place < len(year.through):
                    return year.starts[place] + goal - year.before[place]
                steps = goal - (year.through[-1] if year.through else 0)
        raise ClockError(code="NEVER_DUE", years=YEARS_MAX)

    def _year_of(self, us: int) -> int:
        return instant(us).astimezone(self.zone).year

    def _year(self, number: int) -> _Year:
        year = self._years.get(number)
        if year is None:
            year = self._years[number] = self._work_out(number)
        return year

    def _work_out(self, number: int) -> _Year:
        """Lay out the days of one year."""
        year = _Year()
        new_year = date(number, 1, 1).toordinal()
        low = (new_year - EPOCH_DAY) * DAY_US - _OFFSET_MAX_US
        high = low + 366 * DAY_US + 2 * _OFFSET_MAX_US
        for start, end, offset in self._steady(low, high):
            for day in range((start + offset) // DAY_US, (end + offset - 1) // DAY_US + 1):
                local = date.fromordinal(EPOCH_DAY + day)
                if local.year == number:
                    self._lay_out(year, local, start, end, day * DAY_US - offset)
        return year

    def _lay_out(self, year: _Year, day: date, start: int, end: int, midnight: int) -> None:
        """Add what lies between two instants of a day that begins at `midnight`."""
        ordinal = day.toordinal()
        _tick(year.midnights, year.midnight_days, min(midnight + DAY_US, end), ordinal)
        for begin_minute, end_minute in self.calendar.hours_of(day):
            begin = max(midnight + begin_minute * MINUTE_US, start)
            close = min(midnight + end_minute * MINUTE_US, end)
            if begin < close:
                year.add(begin, close)
                _tick(year.closes, year.close_days, close, ordinal)

    def _steady(self, low: int, high: int) -> Iterator[tuple[int, int, int]]:
        """Cut a stretch of time where the zone's offset changes; give start, end and offset."""
        start, offset = low, self._offset(low)
        probe = low
        while probe < high:
            later = min(probe + _PROBE_US, high)
            if self._offset(later) != offset:
                change = self._change(probe, later)
                yield start, change, offset
                start, offset = change, self._offset(change)
                probe = change
            else:
                probe = later
        yield start, high, offset

    def _change(self, low: int, high: int) -> int:
        """Find the second in which the offset changes from what it is at `low`."""
        offset = self._offset(low)
        low, high = low // 1_000_000, high // 1_000_000
        while high - low > 1:
            middle = (low + high) // 2
            if self._offset(middle * 1_000_000) == offset:
                low = middle
            else:
                high = middle
        return high * 1_000_000

    def _offset(self, us: int) -> int:
        shift = instant(us).astimezone(self.zone).utcoffset() or timedelta(0)
        return shift // MICROSECOND


def _first_tick(year: _Year, unit: TermUnit, start: int, after_day: int) -> tuple[list[int], int]:
    """Ends of the days that a unit counts, and the place of the first that counts."""
    working = unit is TermUnit.WORKING_DAYS
    ticks = year.closes if working else year.midnights
    days = year.close_days if working else year.midnight_days
    return ticks, max(bisect_right(ticks, start), bisect_right(days, after_day))


def _tick(ticks: list[int], days: list[int], at: int, day: int) -> None:
    """Note when a day ends; a later end of the same day replaces an earlier one.

    Where clocks go back over midnight, a day goes on after the next one had begun.
    """
    place = bisect_left(days, day)
    if place < len(days) and days[place] == day:
        ticks[place] = at
    else:
        ticks.insert(place, at)
        days.insert(place, day)


@lru_cache(maxsize=CALENDARS_KEPT)
def ruler(calendar: WorkCalendar) -> Ruler:
    """Give the ruler of a calendar; equal calendars share one."""
    return Ruler(calendar)
