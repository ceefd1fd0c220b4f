"""Times told by devices: put right by what their own clock says, believed within bounds."""

from datetime import UTC, datetime, timedelta

import pytest

from anlan.kernel.told_times import TOLD_OFF_LIMIT, TOLD_SKEW_LIMIT, ToldTime, read_told

AT = datetime(2026, 11, 22, 8, tzinfo=UTC)
SINCE = AT - timedelta(days=7)
HOUR, DAY, NONE = timedelta(hours=1), timedelta(days=1), timedelta()


def told(ago: timedelta, off: timedelta = NONE) -> ToldTime:
    """Return what is read of an act so long ago, told by a clock that is so much off."""
    return read_told(AT - ago + off, AT + off, since=SINCE, at=AT)


@pytest.mark.parametrize("off", [DAY, -DAY, timedelta(days=300), timedelta(minutes=3)])
def test_clock_that_is_wrong_is_put_right_and_said(off):
    found = told(HOUR, off)
    assert found == ToldTime(AT - HOUR, off)
    assert found.facts == {"clock_off_s": f"{off.total_seconds():.0f}"}


@pytest.mark.parametrize("off", [NONE, TOLD_SKEW_LIMIT, -TOLD_SKEW_LIMIT])
def test_clock_that_is_a_little_off_says_nothing_of_it(off):
    assert told(HOUR, off) == ToldTime(AT - HOUR + off)
    assert told(HOUR, off).facts == {}


def test_clock_that_did_not_tell_its_time_is_taken_as_right():
    assert read_told(AT - HOUR, None, since=SINCE, at=AT) == ToldTime(AT - HOUR)


@pytest.mark.parametrize(
    ("ago", "at"),
    [
        (timedelta(days=7), SINCE),
        (timedelta(days=7) + TOLD_SKEW_LIMIT, SINCE),
        (timedelta(days=7, minutes=3), None),
        (-TOLD_SKEW_LIMIT, AT),
        (timedelta(minutes=-3), None),
    ],
)
def test_nothing_was_done_before_it_could_be_or_is_still_to_come(ago, at):
    assert told(ago).at == at
    assert told(ago, DAY).at == at


def test_clock_that_is_beyond_measure_tells_nothing():
    ends = (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))
    for sent in (*ends, AT + TOLD_OFF_LIMIT + DAY):
        for said in (*ends, AT):
            assert read_told(said, sent, since=SINCE, at=AT).at is None
    for said in ends:
        assert read_told(said, AT + DAY, since=SINCE, at=AT).at is None
