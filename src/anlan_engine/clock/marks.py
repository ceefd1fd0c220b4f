"""What happens to a clock: append-only marks."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from anlan_engine.clock.errors import ClockError

AMOUNT_MAX = 1_000_000


class TermUnit(StrEnum):
    """What a term counts.

    Hours and minutes run from the instant of the start. Days do not: the day of the start is not
    counted, and a day is over when its business hours are (Civil Code of the People's Republic of
    China, articles 201 and 203; calendar days end at 24:00).
    """

    CLOCK_MINUTES = "CLOCK_MINUTES"
    CLOCK_HOURS = "CLOCK_HOURS"
    WORKING_MINUTES = "WORKING_MINUTES"
    WORKING_HOURS = "WORKING_HOURS"
    WORKING_DAYS = "WORKING_DAYS"
    CALENDAR_DAYS = "CALENDAR_DAYS"

    @property
    def in_days(self) -> bool:
        """Whether whole days are counted."""
        return self in {TermUnit.WORKING_DAYS, TermUnit.CALENDAR_DAYS}

    @property
    def steps(self) -> int:
        """Steps of one unit: a step is a day where days are counted, otherwise a microsecond."""
        if self.in_days:
            return 1
        minutes = 60 if self in {TermUnit.CLOCK_HOURS, TermUnit.WORKING_HOURS} else 1
        return minutes * 60_000_000


@dataclass(frozen=True, slots=True)
class Term:
    """How long something may take.

    Attributes
    ----------
    amount : int
        1 to `AMOUNT_MAX`.
    unit : TermUnit

    Raises
    ------
    ClockError
        BAD_TERM.
    """

    amount: int
    unit: TermUnit

    def __post_init__(self) -> None:
        """Refuse a term that is over before it begins."""
        if not 1 <= self.amount <= AMOUNT_MAX:
            raise ClockError(code="BAD_TERM", amount=self.amount, most=AMOUNT_MAX)

    @property
    def steps(self) -> int:
        """The whole term in the steps of its unit."""
        return self.amount * self.unit.steps


class MarkKind(StrEnum):
    """What may happen to a clock."""

    START = "START"
    PAUSE = "PAUSE"
    RESUME = "RESUME"
    CHANGE_TERM = "CHANGE_TERM"
    HAND_OVER = "HAND_OVER"
    STOP = "STOP"
    REOPEN = "REOPEN"


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing that happened to a clock; marks are added, never changed.

    Attributes
    ----------
    kind : MarkKind
    at : datetime
        With a zone.
    term : Term or None
        Of START and CHANGE_TERM: the term of the whole, counted from the start whenever it is
        changed. Of HAND_OVER, if given: the new holder's own term, counted from the hand-over.
    holder : str or None
        Of HAND_OVER, and of START if given: who is charged from then on.

    Raises
    ------
    ClockError
        NAIVE_TIME.
    """

    kind: MarkKind
    at: datetime
    term: Term | None = None
    holder: str | None = None

    def __post_init__(self) -> None:
        """Refuse a time that could be any."""
        if self.at.tzinfo is None or self.at.utcoffset() is None:
            raise ClockError(code="NAIVE_TIME", time=self.at.isoformat())
