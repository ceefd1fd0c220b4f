"""The service clock: what is left of a term, and when it ends, from a calendar and marks."""

from anlan_engine.clock.calendar import ALL_DAY, CLOSED, Segments, WorkCalendar
from anlan_engine.clock.errors import ClockError
from anlan_engine.clock.marks import Mark, MarkKind, Term, TermUnit
from anlan_engine.clock.reading import ClockState, Reading, clock_history, read_clock

__all__ = [
    "ALL_DAY",
    "CLOSED",
    "ClockError",
    "ClockState",
    "Mark",
    "MarkKind",
    "Reading",
    "Segments",
    "Term",
    "TermUnit",
    "WorkCalendar",
    "clock_history",
    "read_clock",
]
