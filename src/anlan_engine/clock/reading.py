"""Read a clock: what has run, what is left, when it is due."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from anlan_engine.clock.calendar import WorkCalendar
from anlan_engine.clock.errors import ClockError
from anlan_engine.clock.marks import Mark, MarkKind, Term
from anlan_engine.clock.ruler import Ruler, instant, micros, ruler

MARKS_MAX = 10_000
NO_HOLDER = ""


class ClockState(StrEnum):
    """Whether a clock runs."""

    RUNNING = "RUNNING"
    PAUSED = "PAUSED"
    STOPPED = "STOPPED"


@dataclass(frozen=True, slots=True)
class Reading:
    """A clock at one instant. Steps are microseconds, or days where the term counts days.

    Attributes
    ----------
    at : datetime
    state : ClockState
    term : Term
        The one in force.
    calendar : str
        Name of the calendar it is counted by.
    holder : str
        Who is charged now; "" where nobody was named.
    elapsed, remaining : int
        Steps that have run, and that are left; `remaining` falls below 0 when the clock is late.
    due_at : datetime or None
        When the term ends, in UTC, if nothing else happens; None while the clock is paused, or was
        stopped, before its end.
    late : bool
        The term ended while the clock ran on.
    by_holder : mapping of str to int
        Steps charged to each holder; they add up to `elapsed`.
    holder_due_at : datetime or None
        When the present holder's own term ends; None without one, and as for `due_at`.
    """

    at: datetime
    state: ClockState
    term: Term
    calendar: str
    holder: str
    elapsed: int
    remaining: int
    due_at: datetime | None
    late: bool
    by_holder: Mapping[str, int]
    holder_due_at: datetime | None


@dataclass(slots=True)
class _Run:
    """A stretch in which the clock ran for one holder; `end` None while it does."""

    start: int
    end: int | None
    holder: str


@dataclass(slots=True)
class _Story:
    """What the marks up to an instant add up to."""

    ruler: Ruler
    runs: list[_Run] = field(default_factory=list)
    state: ClockState | None = None
    term: Term | None = None
    start_day: int = 0
    holder: str = NO_HOLDER
    holder_term: Term | None = None
    holder_since: int = 0

    def run_on(self, at: int) -> None:
        """Begin to run."""
        self.state = ClockState.RUNNING
        self.runs.append(_Run(at, None, self.holder))

    def halt(self, at: int, state: ClockState) -> None:
        """Run no more; a clock that is paused may still be stopped."""
        if self.state is ClockState.RUNNING:
            self.runs[-1].end = at
        self.state = state

    def hand_over(self, at: int, mark: Mark) -> None:
        """Charge another holder."""
        self.holder, self.holder_term, self.holder_since = mark.holder or NO_HOLDER, mark.term, at
        if self.state is ClockState.RUNNING:
            self.runs[-1].end = at
            self.run_on(at)


_ALLOWED: Mapping[ClockState | None, Mapping[MarkKind, str]] = {
    None: dict.fromkeys(MarkKind, "NOT_STARTED") | {MarkKind.START: ""},
    ClockState.RUNNING: {
        MarkKind.START: "STARTED_TWICE",
        MarkKind.RESUME: "NOT_PAUSED",
        MarkKind.REOPEN: "NOT_STOPPED",
    },
    ClockState.PAUSED: {
        MarkKind.START: "STARTED_TWICE",
        MarkKind.PAUSE: "ALREADY_PAUSED",
        MarkKind.REOPEN: "NOT_STOPPED",
    },
    ClockState.STOPPED: dict.fromkeys(MarkKind, "STOPPED")
    | {MarkKind.START: "STARTED_TWICE", MarkKind.REOPEN: ""},
}
"""By state, the marks that contradict it and the error each is."""


def read_clock(calendar: WorkCalendar, marks: Sequence[Mark], at: datetime) -> Reading:
    """Read a clock at an instant, from its marks alone.

    The term is measured over everything the clock has run since its start, whenever the term was
    changed: so a pause and a change of term may come in either order.

    Parameters
    ----------
    calendar : WorkCalendar
    marks : sequence of Mark
        In order of time, START first. Those after `at` are checked but not yet in force.
    at : datetime
        With a zone; not before the start.

    Returns
    -------
    Reading

    Raises
    ------
    ClockError
        A mark that contradicts those before it: OUT_OF_ORDER, NOT_STARTED, STARTED_TWICE,
        ALREADY_PAUSED, NOT_PAUSED, STOPPED, NOT_STOPPED, MARK_WITHOUT, MARK_WITH. Otherwise
        TOO_MANY_MARKS, NAIVE_TIME, TOO_EARLY, YEAR_UNKNOWN, NEVER_DUE.
    """
    _check(marks)
    if at.tzinfo is None or at.utcoffset() is None:
        raise ClockError(code="NAIVE_TIME", time=at.isoformat())
    now = micros(at)
    story = _told(ruler(calendar), marks, now)
    if story.term is None or story.state is None:
        raise ClockError(code="TOO_EARLY", time=at.isoformat())
    unit = story.term.unit
    by_holder: dict[str, int] = {}
    for run in story.runs:
        end = now if run.end is None else run.end
        steps = story.ruler.count(unit, run.start, end, story.start_day)
        by_holder[run.holder] = by_holder.get(run.holder, 0) + steps
    elapsed = sum(by_holder.values())
    due = _due(story.ruler, story.runs, story.term, story.start_day)
    ran_until = now if story.runs[-1].end is None else story.runs[-1].end
    return Reading(
        at=at,
        state=story.state,
        term=story.term,
        calendar=calendar.name,
        holder=story.holder,
        elapsed=elapsed,
        remaining=story.term.steps - elapsed,
        due_at=None if due is None else instant(due),
        late=due is not None and ran_until > due,
        by_holder=by_holder,
        holder_due_at=_holder_due(story),
    )


def clock_history(calendar: WorkCalendar, marks: Sequence[Mark]) -> tuple[Reading, ...]:
    """Read a clock right after each of its marks: which term held when, and what was promised.

    Raises
    ------
    ClockError
        As `read_clock`.
    """
    return tuple(
        read_clock(calendar, marks[: number + 1], mark.at) for number, mark in enumerate(marks)
    )


def _check(marks: Sequence[Mark]) -> None:
    """Refuse marks that contradict each other."""
    if len(marks) > MARKS_MAX:
        raise ClockError(code="TOO_MANY_MARKS", marks=len(marks), most=MARKS_MAX)
    state: ClockState | None = None
    before = -math.inf
    for index, mark in enumerate(marks):
        # Not `mark.at`: Python compares times of one zone by the clock on the wall.
        if (at := micros(mark.at)) < before:
            raise ClockError(code="OUT_OF_ORDER", index=index)
        before = at
        refusal = _ALLOWED[state].get(mark.kind, "")
        if refusal:
            raise ClockError(code=refusal, index=index, kind=mark.kind)
        _check_fields(index, mark)
        state = _AFTER.get(mark.kind, state)


_AFTER = {
    MarkKind.START: ClockState.RUNNING,
    MarkKind.PAUSE: ClockState.PAUSED,
    MarkKind.RESUME: ClockState.RUNNING,
    MarkKind.STOP: ClockState.STOPPED,
    MarkKind.REOPEN: ClockState.RUNNING,
}


def _check_fields(index: int, mark: Mark) -> None:
    """Refuse a mark with too little or too much."""
    needs_term = mark.kind in {MarkKind.START, MarkKind.CHANGE_TERM}
    may_have_term = needs_term or mark.kind is MarkKind.HAND_OVER
    may_have_holder = mark.kind in {MarkKind.START, MarkKind.HAND_OVER}
    if needs_term and mark.term is None:
        raise ClockError(code="MARK_WITHOUT", index=index, kind=mark.kind, what="term")
    if mark.kind is MarkKind.HAND_OVER and not mark.holder:
        raise ClockError(code="MARK_WITHOUT", index=index, kind=mark.kind, what="holder")
    if mark.term is not None and not may_have_term:
        raise ClockError(code="MARK_WITH", index=index, kind=mark.kind, what="term")
    if mark.holder is not None and not may_have_holder:
        raise ClockError(code="MARK_WITH", index=index, kind=mark.kind, what="holder")


def _told(measure: Ruler, marks: Sequence[Mark], now: int) -> _Story:
    """Add up the marks until now."""
    story = _Story(measure)
    for mark in marks:
        at = micros(mark.at)
        if at > now:
            break
        _tell(story, mark, at)
    return story


def _tell(story: _Story, mark: Mark, at: int) -> None:
    """Add one mark."""
    match mark.kind:
        case MarkKind.START:
            story.term, story.start_day = mark.term, story.ruler.day_of(at)
            story.holder = mark.holder or NO_HOLDER
            story.run_on(at)
        case MarkKind.CHANGE_TERM:
            story.term = mark.term
        case MarkKind.PAUSE:
            story.halt(at, ClockState.PAUSED)
        case MarkKind.STOP:
            story.halt(at, ClockState.STOPPED)
        case MarkKind.HAND_OVER:
            story.hand_over(at, mark)
        case _:
            story.run_on(at)


def _holder_due(story: _Story) -> datetime | None:
    """When the present holder's own term ends."""
    if story.holder_term is None:
        return None
    runs = [run for run in story.runs if run.start >= story.holder_since]
    day = story.ruler.day_of(story.holder_since)
    due = _due(story.ruler, runs, story.holder_term, day)
    return None if due is None else instant(due)


def _due(measure: Ruler, runs: Sequence[_Run], term: Term, start_day: int) -> int | None:
    """When a term ends over stretches of running; None where they do not suffice."""
    left = term.steps
    for run in runs:
        if run.end is None:
            return measure.reach(term.unit, run.start, left, start_day)
        ran = measure.count(term.unit, run.start, run.end, start_day)
        if ran >= left:
            return measure.reach(term.unit, run.start, left, start_day)
        left -= ran
    return None
