"""Cases on a clock: what happened when, told in local hours, without a database."""

from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from anlan.casework.catalogue import ClockClass
from anlan.casework.service_clock.marks import Terms, Told, marks_of
from anlan.casework.service_clock.reading import CaseClock
from anlan.casework.service_clock.rules import SERVICE_CLOCKS, calendar_of

SHANGHAI = ZoneInfo("Asia/Shanghai")
CHINA = 110101001001001
WORKS, WATER = str(UUID(int=1)), str(UUID(int=2))
CLASSES = {
    "E": ("CLOCK_HOURS", 2), "U": ("CLOCK_HOURS", 24), "H4": ("WORKING_HOURS", 4),
    "D3": ("WORKING_DAYS", 3), "D5": ("WORKING_DAYS", 5), "D10": ("WORKING_DAYS", 10),
    "C21": ("CALENDAR_DAYS", 21),
}  # fmt: skip


def on(month: int, day: int, hour: int, minute: int = 0, year: int = 2026) -> datetime:
    """Return a moment of Shanghai's clock."""
    return datetime(year, month, day, hour, minute, tzinfo=SHANGHAI)


def filed(at: datetime) -> Told:
    """Return the registration of a case."""
    return Told("file", "", "FILED", at, {})


def assigned(at: datetime, holder: str = WORKS) -> Told:
    """Return an assignment."""
    return Told("assign", "FILED", "ASSIGNED", at, {"organisation_id": holder})


def step(move: str, at: datetime, **facts: Any) -> Told:
    """Return a step that leaves an assigned case where it is."""
    return Told(move, "ASSIGNED", "ASSIGNED", at, facts)


def went(move: str, source: str, target: str, at: datetime, **facts: Any) -> Told:
    """Return a move from state to state."""
    return Told(move, source, target, at, facts)


def clock_of(steps: list[Told], item: str = "D3", area: int = CHINA) -> CaseClock:
    """Return the clock of a history; an item is called by its class here."""
    rules = SERVICE_CLOCKS.version("standard", "2026.1")
    office = rules.office_at(area)
    terms = Terms(
        class_of=lambda code: ClockClass(code, code, code, *CLASSES[code]),
        holders_of=rules.terms_of,
    )
    return CaseClock(rules, office, calendar_of(office), marks_of(steps, item, terms))
