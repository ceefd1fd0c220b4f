"""100,000 random histories against stepping through every minute: not one may differ."""

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from anlan_engine.clock import (
    ALL_DAY,
    CLOSED,
    Mark,
    MarkKind,
    Reading,
    Term,
    WorkCalendar,
    read_clock,
)
from anlan_engine.clock.tests.stepping import (
    HOLDERS,
    KINDS,
    NEVER,
    UNITS,
    Minutes,
    step_through,
)

HISTORIES = 12_500
DAYS = 120
HISTORY_MINUTES = 30 * 1440

OFFICE = ((540, 720), (840, 1080))
NIGHT = ((0, 390), (1320, 1440))
ODD = ((0, 1), (95, 180), (181, 182), (1439, 1440))

CALENDARS = [
    (WorkCalendar.office("Asia/Shanghai", OFFICE, china=True), datetime(2026, 8, 20, tzinfo=UTC)),
    (WorkCalendar.office("Asia/Shanghai", OFFICE, china=True), datetime(2024, 12, 20, tzinfo=UTC)),
    (WorkCalendar.round_the_clock("Europe/Berlin"), datetime(2026, 1, 20, tzinfo=UTC)),
    (WorkCalendar("nights", "Europe/Berlin", (NIGHT,) * 7), datetime(2026, 9, 1, tzinfo=UTC)),
    (
        WorkCalendar(
            "six days",
            "America/New_York",
            (OFFICE, OFFICE, CLOSED, OFFICE, OFFICE, NIGHT, CLOSED),
            days_off=frozenset({date(2026, 2, 16), date(2026, 3, 17)}),
            extra_days=frozenset({date(2026, 3, 1), date(2026, 3, 8)}),
            make_up=ODD,
        ),
        datetime(2026, 2, 1, tzinfo=UTC),
    ),
    # Clocks went back over midnight: the day before went on after the next had begun.
    (WorkCalendar("odd", "America/St_Johns", (ODD,) * 7), datetime(2010, 10, 1, tzinfo=UTC)),
    # Half an hour of summer time.
    (WorkCalendar("odd", "Australia/Lord_Howe", (ODD,) * 7), datetime(2026, 3, 1, tzinfo=UTC)),
    # 30 December 2011 did not happen.
    (
        WorkCalendar("all", "Pacific/Apia", (ALL_DAY, *(OFFICE,) * 6)),
        datetime(2011, 12, 1, tzinfo=UTC),
    ),
]


class Draws:
    """Random numbers, drawn in bulk: one at a time takes longer than reading the clock."""

    def __init__(self, rng: np.random.Generator) -> None:
        self.rng = rng
        self.left: list[float] = []

    def share(self) -> float:
        if not self.left:
            self.left = self.rng.random(10_000).tolist()
        return self.left.pop()

    def below(self, most: int) -> int:
        return int(self.share() * most)


def random_kinds(draws: Draws) -> list[MarkKind]:
    """A start and up to nine marks that may follow it."""
    kinds, state = [MarkKind.START], "RUNNING"
    for _ in range(draws.below(10)):
        draw = draws.share()
        if state == "STOPPED":
            kind = MarkKind.REOPEN
        elif draw < 0.2:
            kind = MarkKind.CHANGE_TERM
        elif draw < 0.4:
            kind = MarkKind.HAND_OVER
        elif draw < 0.5:
            kind = MarkKind.STOP
        else:
            kind = MarkKind.RESUME if state == "PAUSED" else MarkKind.PAUSE
        state = {
            MarkKind.STOP: "STOPPED",
            MarkKind.PAUSE: "PAUSED",
            MarkKind.CHANGE_TERM: state,
            MarkKind.HAND_OVER: state,
        }.get(kind, "RUNNING")
        kinds.append(kind)
    return kinds


def random_term(draws: Draws) -> Term:
    unit = UNITS[draws.below(len(UNITS))]
    most = 15 if unit.in_days else 90 * 60 // (unit.steps // 60_000_000)
    return Term(1 + draws.below(most), unit)


class History:
    """One history, for both."""

    def __init__(self, draws: Draws, first: datetime) -> None:
        kinds = random_kinds(draws)
        start = draws.below(40 * 1440)
        # Some marks fall into the same minute.
        span = (600, 10_000, HISTORY_MINUTES)[draws.below(3)]
        minutes = sorted(_moment(draws, start, span) for _ in kinds)
        self.now = minutes[0] + draws.below(span + 3000)
        self.at = first + timedelta(minutes=self.now)
        self.marks, rows, terms = [], [], []
        for kind, minute in zip(kinds, minutes, strict=True):
            has_term = kind in {MarkKind.START, MarkKind.CHANGE_TERM}
            has_term |= kind is MarkKind.HAND_OVER and draws.share() < 0.5
            term = random_term(draws) if has_term else None
            takes = kind in {MarkKind.START, MarkKind.HAND_OVER}
            holder = draws.below(HOLDERS) if takes else 0
            at = first + timedelta(minutes=minute)
            self.marks.append(Mark(kind, at, term, str(holder) if takes else None))
            rows.append((minute, KINDS.index(kind), holder))
            terms.append((UNITS.index(term.unit), minutes_of(term)) if term else (-1, 0))
        self.rows, self.terms = np.array(rows), np.array(terms)


def _moment(draws: Draws, start: int, span: int) -> int:
    """A minute; every third time one at which hours begin or end."""
    minute = start + draws.below(span)
    return minute - minute % 30 if draws.below(3) == 0 else minute


def minutes_of(term: Term) -> int:
    return term.amount if term.unit.in_days else term.steps // 60_000_000


def told(reading: Reading, first: datetime) -> tuple[object, ...]:
    """A reading in minutes or days, as stepping gives it."""
    scale = 1 if reading.term.unit.in_days else 60_000_000
    charged = [reading.by_holder.get(str(holder), 0) / scale for holder in range(HOLDERS)]
    own = reading.holder_due_at
    return (
        charged,
        reading.elapsed / scale,
        reading.remaining / scale,
        minute_of(reading.due_at, first),
        minute_of(own, first),
    )


def minute_of(at: datetime | None, first: datetime) -> float:
    """Minutes since the first; `NEVER` beyond what is stepped through."""
    minute = NEVER if at is None else (at - first) / timedelta(minutes=1)
    return minute if minute <= DAYS * 1440 else NEVER


@pytest.mark.parametrize("case", range(len(CALENDARS)))
def test_a_clock_reads_as_stepping_through_every_minute_does(case: int) -> None:
    calendar, first = CALENDARS[case]
    minutes = Minutes(calendar, first, DAYS)
    draws = Draws(np.random.default_rng(case))
    errors = late = 0
    for _ in range(HISTORIES):
        history = History(draws, first)
        reading = read_clock(calendar, history.marks, history.at)
        charged, due, own_due = step_through(minutes, history.rows, history.terms, history.now)
        amount = minutes_of(reading.term)
        expected = (charged.tolist(), charged.sum(), amount - charged.sum(), due, own_due)
        errors += told(reading, first) != expected
        late += reading.late
    assert errors == 0
    # Enough of them were late, and enough were not, for the comparison to mean something.
    assert 0.1 * HISTORIES < late < 0.9 * HISTORIES
