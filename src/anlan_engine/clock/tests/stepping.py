"""A clock that is read by stepping through every minute: slow, and with nothing in common."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numba
import numpy as np

from anlan_engine.clock import MarkKind, TermUnit, WorkCalendar

UNITS = list(TermUnit)
KINDS = list(MarkKind)
HOLDERS = 4
NEVER = -1

_START, _PAUSE, _RESUME, _CHANGE, _HAND, _STOP, _REOPEN = range(len(KINDS))
_CLOCK_MINUTES, _CLOCK_HOURS, _WORK_MINUTES, _WORK_HOURS, _WORK_DAYS, _DAYS = range(len(UNITS))


class Minutes:
    """Every minute of some days: whether it is worked, its local day, whether it ends one."""

    def __init__(self, calendar: WorkCalendar, first: datetime, days: int) -> None:
        self.first = first.astimezone(UTC)
        count = days * 1440
        zone = ZoneInfo(calendar.zone)
        self.worked = np.zeros(count, np.bool_)
        self.day = np.zeros(count, np.int64)
        last_worked, last = {}, {}
        hours: dict[int, set[int]] = {}
        for minute in range(count):
            local = (self.first + timedelta(minutes=minute)).astimezone(zone)
            day = self.day[minute] = local.toordinal()
            last[day] = minute
            if day not in hours:
                segments = calendar.hours_of(local.date())
                hours[day] = {one for a, b in segments for one in range(a, b)}
            if local.hour * 60 + local.minute in hours[day]:
                self.worked[minute] = True
                last_worked[day] = minute
        self.closes = np.zeros(count, np.bool_)
        self.closes[list(last_worked.values())] = True
        self.midnight = np.zeros(count, np.bool_)
        self.midnight[list(last.values())] = True


@numba.njit(cache=True)
def _gained(unit, worked, closes, midnight, later_day):  # type: ignore[no-untyped-def]
    """What one minute of running adds."""
    if unit in (_CLOCK_MINUTES, _CLOCK_HOURS):
        return True
    if unit in (_WORK_MINUTES, _WORK_HOURS):
        return worked
    return later_day and (closes if unit == _WORK_DAYS else midnight)


@numba.njit(cache=True)
def _played(marks, count):  # type: ignore[no-untyped-def]
    """Whether the clock runs in each minute, and for whom; marks are (minute, kind, holder)."""
    running, holder = np.zeros(count, np.bool_), np.zeros(count, np.int8)
    runs, who = False, 0
    for row in range(len(marks)):
        minute, kind, told = marks[row]
        until = marks[row + 1, 0] if row + 1 < len(marks) else count
        who = told if kind in (_START, _HAND) else who
        runs = (runs or kind in (_START, _RESUME, _REOPEN)) and kind not in (_PAUSE, _STOP)
        running[minute:until], holder[minute:until] = runs, who
    return running, holder


@numba.njit(cache=True)
def _ends(unit, amount, begin, running, table):  # type: ignore[no-untyped-def]
    """When so much will have been gained; `NEVER` if not within the minutes."""
    worked, day, closes, midnight = table
    total, first_day = 0, day[begin]
    for m in range(begin, len(running)):
        if running[m]:
            total += _gained(unit, worked[m], closes[m], midnight[m], day[m] > first_day)
            if total == amount:
                return m + 1
    return NEVER


@numba.njit(cache=True)
def _charged(unit, begin, now, running, holder, table):  # type: ignore[no-untyped-def]
    """What each holder is charged by now."""
    worked, day, closes, midnight = table
    charged, first_day = np.zeros(HOLDERS, np.int64), day[begin]
    for m in range(begin, now):
        if running[m]:
            gained = _gained(unit, worked[m], closes[m], midnight[m], day[m] > first_day)
            charged[holder[m]] += gained
    return charged


def step_through(minutes, marks, terms, now):  # type: ignore[no-untyped-def]
    """Step a clock. `terms` holds (unit, amount in minutes or days) of each mark.

    Give the elapsed steps of each holder by `now`, the minute the term in force ends, and the
    minute the present holder's own does (`NEVER` if not).
    """
    known = marks[: np.searchsorted(marks[:, 0], now, side="right")]
    table = (minutes.worked, minutes.day, minutes.closes, minutes.midnight)
    running, holder = _played(known, len(minutes.day))
    begin = known[0, 0]
    in_force = np.flatnonzero((known[:, 1] == _START) | (known[:, 1] == _CHANGE))[-1]
    unit, amount = terms[in_force]
    own_due = NEVER
    handed = np.flatnonzero(known[:, 1] == _HAND)
    if len(handed) and terms[handed[-1]][0] >= 0:
        own_due = _ends(*terms[handed[-1]], known[handed[-1], 0], running, table)
    due = _ends(unit, amount, begin, running, table)
    return _charged(unit, begin, now, running, holder, table), due, own_due
