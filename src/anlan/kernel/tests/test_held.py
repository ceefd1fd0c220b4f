"""What is dear to make is made once for everybody, and again when it is old."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from threading import Event, Thread

from anlan.kernel.held import Held

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
FRESH_FOR = timedelta(minutes=5)


def test_it_is_made_again_once_it_is_so_old():
    made = []
    held = Held(lambda at: made.append(at) or at, FRESH_FOR)
    later = NOON + FRESH_FOR
    assert [held.at(at) for at in (NOON, later - timedelta(seconds=1), later)] == [
        NOON,
        NOON,
        later,
    ]
    assert made == [NOON, later]


def test_a_clock_that_went_back_does_not_keep_it():
    held = Held(lambda at: at, FRESH_FOR)
    assert held.at(NOON) == NOON
    assert held.at(NOON - FRESH_FOR) == NOON - FRESH_FOR


def test_who_asks_while_it_is_made_anew_gets_the_one_before():
    begun, go_on = Event(), Event()

    def make(at: datetime) -> datetime:
        if at != NOON:
            begun.set()
            assert go_on.wait(10)
        return at

    held = Held(make, FRESH_FOR)
    held.at(NOON)
    later = NOON + FRESH_FOR
    got = []
    maker = Thread(target=lambda: got.append(held.at(later)))
    maker.start()
    assert begun.wait(10)
    assert held.at(later) == NOON
    go_on.set()
    maker.join()
    assert (got, held.at(later)) == ([later], later)


def test_it_is_made_once_for_all_who_wait_for_the_first():
    begun, go_on, made = Event(), Event(), []

    def make(at: datetime) -> int:
        begun.set()
        assert go_on.wait(10)
        made.append(at)
        return len(made)

    held, got = Held(make, FRESH_FOR), []
    askers = [Thread(target=lambda: got.append(held.at(NOON))) for _ in range(4)]
    for one in askers:
        one.start()
    assert begun.wait(10)
    go_on.set()
    for one in askers:
        one.join()
    assert (got, len(made)) == ([1, 1, 1, 1], 1)


def test_a_failure_is_not_kept():
    asked = []

    def make(at: datetime) -> datetime:
        asked.append(at)
        if len(asked) == 1:
            raise ValueError
        return at

    held = Held(make, FRESH_FOR)
    with suppress(ValueError):
        held.at(NOON)
    assert held.at(NOON) == NOON
