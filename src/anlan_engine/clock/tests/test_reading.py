"""Terms, pauses and hand-overs, worked out by hand."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anlan_engine.clock import (
    ALL_DAY,
    CLOSED,
    ClockError,
    ClockState,
    Mark,
    MarkKind,
    Reading,
    Segments,
    Term,
    TermUnit,
    WorkCalendar,
    clock_history,
    read_clock,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
HOURS: Segments = ((540, 720), (840, 1080))  # nine to twelve, two to six: seven hours
OFFICE = WorkCalendar.office("Asia/Shanghai", HOURS, china=True)
ALWAYS = WorkCalendar.round_the_clock("Asia/Shanghai")
HOUR = 3_600_000_000

D3 = Term(3, TermUnit.WORKING_DAYS)
H4 = Term(4, TermUnit.WORKING_HOURS)


def on(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=SHANGHAI)


def start(at: datetime, term: Term, holder: str | None = None) -> Mark:
    return Mark(MarkKind.START, at, term, holder)


def pause(at: datetime) -> Mark:
    return Mark(MarkKind.PAUSE, at)


def resume(at: datetime) -> Mark:
    return Mark(MarkKind.RESUME, at)


def change(at: datetime, term: Term) -> Mark:
    return Mark(MarkKind.CHANGE_TERM, at, term)


def read(*marks: Mark, at: datetime, calendar: WorkCalendar = OFFICE) -> Reading:
    return read_clock(calendar, marks, at)


def due(*marks: Mark, calendar: WorkCalendar = OFFICE) -> datetime:
    found = read(*marks, at=marks[-1].at, calendar=calendar).due_at
    assert found is not None
    return found


# What users of other systems asked for.


def test_a_report_before_the_national_holiday_is_due_on_the_make_up_saturday() -> None:
    """1 to 7 October 2026 are off; 8 and 9 are working days, and so is Saturday the 10th."""
    assert due(start(on(9, 30, 10), D3)) == on(10, 10, 18)
    assert due(start(on(9, 30, 10), D3), calendar=ALWAYS) == on(10, 4, 0)
    hours = Term(3 * 7, TermUnit.WORKING_HOURS)
    assert due(start(on(9, 30, 10), hours)) == on(10, 10, 10)


def test_a_pause_moves_the_term_by_what_was_missed() -> None:
    """open-zaak 747 and 885, osTicket 3034, glpi 24481: late while waiting for somebody else."""
    opened = start(on(9, 14, 9), H4)
    waiting = read(opened, pause(on(9, 14, 10)), at=on(9, 16, 9))
    assert (waiting.state, waiting.due_at, waiting.late) == (ClockState.PAUSED, None, False)
    assert waiting.remaining == 3 * HOUR
    assert due(opened, pause(on(9, 14, 10)), resume(on(9, 16, 9))) == on(9, 16, 12)
    # A pause over two closes of business costs two days, the next two of which are Friday and a
    # Sunday worked for the holiday; one within a day costs none.
    case = start(on(9, 14, 9), D3)
    assert due(case) == on(9, 17, 18)
    assert due(case, pause(on(9, 15, 10)), resume(on(9, 17, 9))) == on(9, 20, 18)
    assert due(case, pause(on(9, 15, 10)), resume(on(9, 15, 17))) == on(9, 17, 18)


def test_a_pause_survives_a_change_of_the_term() -> None:
    """glpi 6902: the pause was forgotten when the priority changed."""
    opened = start(on(9, 14, 9), H4)
    paused = [pause(on(9, 14, 10)), resume(on(9, 16, 9))]
    longer = Term(10, TermUnit.WORKING_HOURS)
    assert due(opened, *paused, change(on(9, 16, 10), longer)) == on(9, 17, 11)
    days = Term(1, TermUnit.WORKING_DAYS)
    assert due(opened, *paused, change(on(9, 16, 10), days)) == on(9, 16, 18)


@pytest.mark.parametrize(
    "term", [D3, Term(9, TermUnit.WORKING_HOURS), Term(9, TermUnit.CLOCK_HOURS)]
)
def test_pausing_then_changing_equals_changing_then_pausing(term: Term) -> None:
    opened, at = start(on(9, 14, 9), H4), on(9, 14, 10)
    one = [opened, pause(at), change(at, term), resume(on(9, 16, 9))]
    other = [opened, change(at, term), pause(at), resume(on(9, 16, 9))]
    later = [opened, pause(at), resume(on(9, 16, 9)), change(on(9, 16, 9), term)]
    for hour in range(80):
        now = on(9, 16, 9) + timedelta(hours=hour)
        assert read(*one, at=now) == read(*other, at=now) == read(*later, at=now)


@given(
    gaps=st.lists(st.integers(0, 3000), min_size=4, max_size=4),
    term=st.builds(Term, st.integers(1, 40), st.sampled_from(TermUnit)),
)
def test_a_change_of_term_may_come_at_any_time_round_a_pause(gaps: list[int], term: Term) -> None:
    pause_at, resume_at, first, second = (
        on(9, 14, 9) + timedelta(minutes=sum(gaps[:count])) for count in (1, 2, 3, 4)
    )
    paused = [start(on(9, 14, 9), H4), pause(pause_at), resume(resume_at)]
    at = [on(9, 14, 9), pause_at, resume_at, first]
    told = set()
    for when in at:
        marks = sorted([*paused, change(when, term)], key=lambda mark: mark.at)
        reading = read(*marks, at=second)
        told.add((reading.elapsed, reading.due_at, reading.late))
    assert len(told) == 1


def test_lunch_and_holidays_are_no_working_time() -> None:
    """glpi 10594, osTicket 1168, frappe 2212: one segment a day was assumed."""
    assert due(start(on(9, 14, 11), H4)) == on(9, 14, 17)
    assert due(start(on(9, 14, 13), H4)) == on(9, 14, 18)
    assert due(start(on(9, 30, 17), H4)) == on(10, 8, 12)
    # Sunday 20 September is worked for the Monday before the holiday.
    assert due(start(on(9, 19, 17), H4)) == on(9, 20, 15)


def test_each_holder_is_charged_for_own_time_and_may_have_own_term() -> None:
    """glpi 1911: whoever received a case late had no time left."""
    marks = [
        start(on(9, 14, 9), Term(20, TermUnit.WORKING_HOURS), "street"),
        Mark(MarkKind.HAND_OVER, on(9, 14, 11), Term(6, TermUnit.WORKING_HOURS), "water"),
        pause(on(9, 14, 12)),
        resume(on(9, 15, 9)),
    ]
    reading = read(*marks, at=on(9, 15, 11))
    assert reading.by_holder == {"street": 2 * HOUR, "water": 3 * HOUR}
    assert reading.elapsed == sum(reading.by_holder.values()) == 5 * HOUR
    assert reading.holder == "water"
    assert reading.holder_due_at == on(9, 15, 16)
    assert reading.due_at == on(9, 17, 12)


def test_the_history_tells_which_term_held_when() -> None:
    """atd-data-tech 15615: which term is being used?"""
    marks = [start(on(9, 14, 9), H4), change(on(9, 14, 10), D3), pause(on(9, 14, 11))]
    told = clock_history(OFFICE, marks)
    assert [one.term for one in told] == [H4, D3, D3]
    assert [one.due_at for one in told] == [on(9, 14, 15), on(9, 17, 18), None]
    assert {one.calendar for one in told} == {"office hours"}


# What the definition says.


def test_the_day_of_the_start_is_not_counted_and_the_last_ends_with_business() -> None:
    one = Term(1, TermUnit.WORKING_DAYS)
    for at in (on(9, 14, 0), on(9, 14, 8), on(9, 14, 17, 59), on(9, 14, 23, 59)):
        assert due(start(at, one)) == on(9, 15, 18)
    assert due(start(on(9, 12, 10), one)) == on(9, 14, 18)
    assert due(start(on(9, 14, 10), Term(1, TermUnit.CALENDAR_DAYS))) == on(9, 16, 0)
    assert due(start(on(9, 14, 10), Term(21, TermUnit.CALENDAR_DAYS))) == on(10, 6, 0)


def test_hours_run_from_the_instant_and_end_with_the_last_one_worked() -> None:
    assert due(start(on(9, 14, 9), Term(7, TermUnit.WORKING_HOURS))) == on(9, 14, 18)
    assert due(start(on(9, 14, 20), Term(90, TermUnit.WORKING_MINUTES))) == on(9, 15, 10, 30)
    assert due(start(on(9, 14, 20), Term(2, TermUnit.CLOCK_HOURS))) == on(9, 14, 22)


def test_a_clock_is_late_only_once_its_term_is_over() -> None:
    opened = start(on(9, 14, 9), H4)
    assert not read(opened, at=on(9, 14, 15)).late
    after = read(opened, at=on(9, 14, 16))
    assert (after.late, after.remaining, after.elapsed) == (True, -HOUR, 5 * HOUR)
    in_time = read(opened, Mark(MarkKind.STOP, on(9, 14, 15)), at=on(9, 20, 9))
    assert (in_time.late, in_time.state, in_time.remaining) == (False, ClockState.STOPPED, 0)
    assert read(opened, Mark(MarkKind.STOP, on(9, 14, 16)), at=on(9, 20, 9)).late


def test_a_reopened_clock_runs_on() -> None:
    opened, stopped = start(on(9, 14, 9), H4), Mark(MarkKind.STOP, on(9, 14, 10))
    again = [opened, stopped, Mark(MarkKind.REOPEN, on(9, 15, 9))]
    assert read(opened, stopped, at=on(9, 15, 8)).due_at is None
    assert due(*again) == on(9, 15, 12)


def test_marks_to_come_are_not_yet_in_force() -> None:
    marks = [start(on(9, 14, 9), H4), pause(on(9, 14, 11))]
    assert read(*marks, at=on(9, 14, 10)).state is ClockState.RUNNING
    assert read(*marks, at=on(9, 14, 11)).state is ClockState.PAUSED


BERLIN = ZoneInfo("Europe/Berlin")
NIGHT_SHIFT = WorkCalendar("nights", "Europe/Berlin", (((0, 240),),) * 7)


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2026, 3, 29), 3), (date(2026, 10, 25), 5), (date(2026, 3, 28), 4)]
)
def test_a_change_of_the_clocks_takes_an_hour_or_gives_one(day: date, hours: int) -> None:
    opened = start(datetime(day.year, day.month, day.day, tzinfo=BERLIN), H4)
    at = datetime(day.year, day.month, day.day, 12, tzinfo=BERLIN)
    assert read(opened, at=at, calendar=NIGHT_SHIFT).elapsed == hours * HOUR


def test_marks_in_the_repeated_hour_keep_their_order() -> None:
    first = datetime(2026, 10, 25, 2, 50, tzinfo=BERLIN)
    second = datetime(2026, 10, 25, 2, 10, fold=1, tzinfo=BERLIN)
    marks = [start(first, H4), pause(second)]
    assert read(*marks, at=second, calendar=NIGHT_SHIFT).elapsed == 20 * HOUR // 60
    with pytest.raises(ClockError) as refused:
        read(start(second, H4), pause(first), at=second, calendar=NIGHT_SHIFT)
    assert refused.value.code == "OUT_OF_ORDER"


def test_make_up_days_have_mondays_hours_unless_told() -> None:
    saturday = date(2026, 10, 10)
    assert OFFICE.hours_of(saturday) == HOURS
    short = WorkCalendar(
        "short", "Asia/Shanghai", (HOURS,) * 5 + (CLOSED,) * 2, china=True, make_up=((540, 720),)
    )
    assert short.hours_of(saturday) == ((540, 720),)
    assert due(start(on(9, 30, 10), D3), calendar=short) == on(10, 10, 12)
    own = WorkCalendar(
        "own", "Asia/Shanghai", (HOURS,) * 7, days_off=frozenset({saturday}),
        extra_days=frozenset({saturday}),
    )  # fmt: skip
    assert own.hours_of(saturday) == CLOSED


# What is refused.


@pytest.mark.parametrize("year", [2003, 2027])
def test_a_year_without_announced_holidays_is_not_guessed(year: int) -> None:
    at = datetime(year, 6, 1, 10, tzinfo=SHANGHAI)
    with pytest.raises(ClockError) as refused:
        read(start(at, H4), at=at)
    assert (refused.value.code, refused.value.facts) == ("YEAR_UNKNOWN", {"year": year})
    assert due(start(at, Term(1, TermUnit.CLOCK_HOURS))) == at + timedelta(hours=1)


def test_a_term_that_reaches_into_an_unknown_year_is_refused() -> None:
    with pytest.raises(ClockError) as refused:
        due(start(on(12, 30, 10), Term(10, TermUnit.WORKING_DAYS)))
    assert refused.value.code == "YEAR_UNKNOWN"


T9, T10, T11 = (on(9, 14, hour) for hour in (9, 10, 11))
OPENED = start(T9, H4)


@pytest.mark.parametrize(
    ("marks", "code"),
    [
        ([], "TOO_EARLY"),
        ([pause(T9)], "NOT_STARTED"),
        ([start(on(9, 14, 12), H4)], "TOO_EARLY"),
        ([OPENED, OPENED], "STARTED_TWICE"),
        ([OPENED, resume(T10)], "NOT_PAUSED"),
        ([OPENED, pause(T10), pause(T11)], "ALREADY_PAUSED"),
        ([OPENED, pause(T11), resume(T10)], "OUT_OF_ORDER"),
        ([OPENED, Mark(MarkKind.REOPEN, T10)], "NOT_STOPPED"),
        ([OPENED, Mark(MarkKind.STOP, T10), pause(T11)], "STOPPED"),
        ([OPENED, Mark(MarkKind.STOP, T10), change(T11, D3)], "STOPPED"),
        ([Mark(MarkKind.START, T9)], "MARK_WITHOUT"),
        ([OPENED, Mark(MarkKind.HAND_OVER, T10)], "MARK_WITHOUT"),
        ([OPENED, Mark(MarkKind.PAUSE, T10, D3)], "MARK_WITH"),
        ([OPENED, Mark(MarkKind.PAUSE, T10, None, "water")], "MARK_WITH"),
        ([OPENED] + [pause(T10), resume(T10)] * 5000, "TOO_MANY_MARKS"),
    ],
)
def test_marks_that_contradict_each_other_are_named(marks: list[Mark], code: str) -> None:
    with pytest.raises(ClockError) as refused:
        read(*marks, at=T11)
    assert refused.value.code == code


def test_times_without_a_zone_are_refused() -> None:
    naive = datetime(2026, 9, 14, 9)  # noqa: DTZ001
    with pytest.raises(ClockError) as refused:
        Mark(MarkKind.PAUSE, naive)
    assert refused.value.code == "NAIVE_TIME"
    with pytest.raises(ClockError) as refused:
        read(OPENED, at=naive)
    assert refused.value.code == "NAIVE_TIME"


@pytest.mark.parametrize("amount", [0, -1, 1_000_001])
def test_a_term_has_a_sensible_length(amount: int) -> None:
    with pytest.raises(ClockError) as refused:
        Term(amount, TermUnit.CLOCK_HOURS)
    assert refused.value.code == "BAD_TERM"


@pytest.mark.parametrize(
    "hours",
    [
        ((720, 540),),
        ((0, 1441),),
        ((-1, 5),),
        ((5, 5),),
        ((0, 60), (30, 90)),
        ((60, 90), (0, 9)),
    ],
)
def test_hours_must_be_in_order(hours: Segments) -> None:
    with pytest.raises(ClockError) as refused:
        WorkCalendar.office("Asia/Shanghai", hours)
    assert refused.value.code == "BAD_HOURS"


def test_a_calendar_needs_a_zone_and_seven_days() -> None:
    with pytest.raises(ClockError) as refused:
        WorkCalendar.round_the_clock("Asia/Nowhere")
    assert refused.value.code == "NO_ZONE"
    with pytest.raises(ClockError) as refused:
        WorkCalendar("short week", "UTC", (ALL_DAY,) * 6)
    assert refused.value.code == "BAD_HOURS"


def test_a_desk_that_never_opens_never_ends_a_term() -> None:
    closed = WorkCalendar("closed", "UTC", (CLOSED,) * 7)
    with pytest.raises(ClockError) as refused:
        due(start(datetime(2026, 1, 1, tzinfo=UTC), H4), calendar=closed)
    assert refused.value.code == "NEVER_DUE"
