"""Months that are evaluated, and when a night's count is due: plain dates."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MONTHS_LIMIT = 13
"""So many months back are looked at for cases that were not evaluated yet."""


def first_of(day: date) -> date:
    """Return the first day of the month of a day."""
    return day.replace(day=1)


def last_of(first_day: date) -> date:
    """Return the last day of the month that begins on a day."""
    return first_of(first_day + timedelta(days=31)) - timedelta(days=1)


def months_until(day: date) -> Iterator[date]:
    """Yield the first days of the month of a day and of those before it, newest first."""
    month = first_of(day)
    for _ in range(MONTHS_LIMIT):
        yield month
        month = first_of(month - timedelta(days=1))


def due_since(at: datetime, runs_at: time, zone: str) -> datetime:
    """Return when the count of the last night was due: the latest local `runs_at` until `at`.

    An hour that a change of the clocks leaves out or repeats is taken once, as zoneinfo folds it.
    """
    local = at.astimezone(ZoneInfo(zone))
    due = datetime.combine(local.date(), runs_at, ZoneInfo(zone))
    if due > local:
        due = datetime.combine(local.date() - timedelta(days=1), runs_at, ZoneInfo(zone))
    return due
