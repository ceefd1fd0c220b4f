"""When a desk works: hours by weekday, holidays, make-up working days, a time zone."""

from dataclasses import dataclass, field
from datetime import date
from typing import Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import chinese_calendar

from anlan_engine.clock.errors import ClockError

Segments = tuple[tuple[int, int], ...]
"""Working hours of one day: minutes of the local clock from and to, 0 to 1440."""

MINUTES_PER_DAY = 1440
ALL_DAY: Segments = ((0, MINUTES_PER_DAY),)
CLOSED: Segments = ()

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """When a desk works.

    An instant is working time where the clock on the wall, in `zone`, shows a minute that lies in
    one of the segments of that day. So an hour that the change to summer time leaves out holds no
    working time, and one that is repeated in autumn counts twice.

    Attributes
    ----------
    name : str
        For people: "office hours of the sub-district".
    zone : str
        IANA name, such as Asia/Shanghai.
    week : tuple of seven Segments
        Monday first; an empty one is a day off. Segments are in order, from inclusive, to
        exclusive: ((540, 720), (840, 1080)) is nine to twelve and two to six.
    china : bool
        Keep the public holidays and make-up working days that the State Council announces each
        year, as the package chinesecalendar knows them.
    days_off, extra_days : frozenset of date
        Further days off, and further days worked. They come before everything else; a date in both
        is off.
    years : frozenset of int
        The years whose days are known, where `days_off` and `extra_days` come from a list; empty
        for every year.
    make_up : Segments or None
        Hours of a day worked on which the week has none; by default those of Monday.

    Raises
    ------
    ClockError
        NO_ZONE, BAD_HOURS.
    """

    name: str
    zone: str
    week: tuple[Segments, ...]
    china: bool = False
    days_off: frozenset[date] = field(default_factory=frozenset)
    extra_days: frozenset[date] = field(default_factory=frozenset)
    make_up: Segments | None = None
    years: frozenset[int] = field(default_factory=frozenset)

    def __post_init__(self) -> None:
        """Refuse hours and zones that cannot be."""
        try:
            ZoneInfo(self.zone)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ClockError(code="NO_ZONE", zone=self.zone) from error
        if len(self.week) != len(WEEKDAYS):
            raise ClockError(code="BAD_HOURS", day="the week")
        for day, hours in zip(WEEKDAYS, self.week, strict=True):
            _check(day, hours)
        if self.make_up is not None:
            _check("a make-up day", self.make_up)

    @classmethod
    def round_the_clock(cls, zone: str) -> Self:
        """A desk that never closes."""
        return cls("round the clock", zone, (ALL_DAY,) * len(WEEKDAYS))

    @classmethod
    def office(cls, zone: str, hours: Segments, *, china: bool = False) -> Self:
        """A desk open Monday to Friday."""
        return cls("office hours", zone, (hours,) * 5 + (CLOSED,) * 2, china=china)

    def hours_of(self, day: date) -> Segments:
        """Give the hours worked on a day; none on a day off.

        Raises
        ------
        ClockError
            YEAR_UNKNOWN: the days of that year are not known, and are not guessed.
        """
        if self.years and day.year not in self.years:
            raise ClockError(code="YEAR_UNKNOWN", year=day.year)
        usual = self.week[day.weekday()]
        if day in self.days_off:
            return CLOSED
        worked = day in self.extra_days or (self.china and _is_workday_in_china(day))
        if worked:
            return usual or (self.week[0] if self.make_up is None else self.make_up)
        return CLOSED if self.china else usual


def _check(day: str, hours: Segments) -> None:
    """Refuse hours out of order."""
    marks = [minute for segment in hours for minute in segment]
    in_order = all(a <= b for a, b in zip(marks[1::2], marks[2::2], strict=False))
    if not in_order or not all(0 <= a < b <= MINUTES_PER_DAY for a, b in hours):
        raise ClockError(code="BAD_HOURS", day=day)


def _is_workday_in_china(day: date) -> bool:
    """Look a day up in the announcements of the State Council."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError as error:
        raise ClockError(code="YEAR_UNKNOWN", year=day.year) from error
