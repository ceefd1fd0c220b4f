"""What is written is numbered at once by a relay that sleeps until woken; nothing is missed."""

import threading
import time
from collections.abc import Callable, Iterator
from functools import partial

import psycopg
import pytest
from django.db import connection, transaction
from tests.database import held_connections
from tests.people import EVERYTHING
from tests.together import at_once

from anlan.kernel import outbox, waking
from anlan.kernel.identifiers import new_id
from anlan.kernel.models import OutboxEntry
from anlan.kernel.scope import scoped
from anlan.kernel.waking import NUMBERED, WRITTEN, Waker, Waking
from anlan.project import worker

CELL = 990101001001001
NEVER_S = 3_600.0
PATIENCE_S = 60.0
WRITERS, WRITES_EACH = 8, 40


class Relay:
    """A worker's relay and its ears, in threads; it never looks by itself unless told to."""

    def __init__(self) -> None:
        self.stopped = threading.Event()
        self.threads: list[threading.Thread] = []

    def start(self) -> None:
        for work in (worker.WAKING.listen_until, worker.relay_until):
            thread = threading.Thread(target=_closing, args=[work, self.stopped])
            thread.start()
            self.threads.append(thread)

    def stop(self) -> None:
        self.stopped.set()
        worker.WAKING.written.set()
        for thread in self.threads:
            thread.join(PATIENCE_S)
        assert not any(thread.is_alive() for thread in self.threads)


def _closing(work: Callable[[threading.Event], None], stopped: threading.Event) -> None:
    try:
        work(stopped)
    finally:
        connection.close()


@pytest.fixture
def relay(committing: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Relay]:
    monkeypatch.setattr(worker, "LOOK_S", NEVER_S)
    monkeypatch.setattr(worker, "WAKING", Waking(worker.listening_connection))
    monkeypatch.setattr(waking, "RECONNECT_S", 0.05)
    monkeypatch.setattr(outbox, "WAKER", Waker())
    made = Relay()
    yield made
    made.stop()


def write(*topics: str, at) -> None:
    for topic in topics:
        with scoped(EVERYTHING):
            outbox.publish(topic, area=CELL, subject_id=new_id(), body={}, at=at)


def numbered() -> dict[str, int | None]:
    with scoped(EVERYTHING):
        return dict(OutboxEntry.objects.order_by("sequence").values_list("topic", "sequence"))


def all_numbered(count: int) -> bool:
    found = numbered()
    return len(found) == count and None not in found.values()


def until(done: Callable[[], bool], otherwise: str) -> None:
    ends = time.monotonic() + PATIENCE_S
    while not done():
        assert time.monotonic() < ends, otherwise
        time.sleep(0.01)


def listening() -> list[int]:
    """Return the backends that listen for the worker."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pid FROM pg_stat_activity WHERE application_name = 'anlan-waking'")
        return [pid for (pid,) in cursor.fetchall()]


def test_sleeping_relay_is_woken_by_each_write(relay: Relay, at) -> None:
    relay.start()
    until(lambda: bool(listening()), "nobody listens")
    for count in range(1, 6):
        write(f"t{count}", at=at)
        until(partial(all_numbered, count), "a write was not numbered")
    assert list(numbered()) == [f"t{count}" for count in range(1, 6)]


def test_relay_that_sleeps_leaves_its_connection_to_others(relay: Relay, at) -> None:
    relay.start()
    write("t", at=at)
    until(lambda: all_numbered(1), "a write was not numbered")
    until(lambda: held_connections() == 0, "the relay keeps a connection while it sleeps")


def test_many_writers_at_once_are_numbered_once_and_each_in_its_order(relay: Relay, at) -> None:
    relay.start()
    works = [
        partial(write, *[f"{writer} {turn}" for turn in range(WRITES_EACH)], at=at)
        for writer in range(WRITERS)
    ]
    at_once(works)
    until(lambda: all_numbered(WRITERS * WRITES_EACH), "a write was not numbered")
    told = numbered()
    numbers = sorted(number for number in told.values() if number is not None)
    assert numbers == list(range(numbers[0], numbers[0] + WRITERS * WRITES_EACH))
    for writer in range(WRITERS):
        own = [topic for topic in told if topic.startswith(f"{writer} ")]
        assert own == [f"{writer} {turn}" for turn in range(WRITES_EACH)]


def test_what_was_written_while_the_line_was_cut_is_numbered_when_it_is_back(
    relay: Relay, at, monkeypatch: pytest.MonkeyPatch
) -> None:
    back = threading.Event()

    def connect_later() -> waking.ListeningConnection:
        if not first:
            assert back.wait(PATIENCE_S)
        first.clear()
        return worker.listening_connection()

    first = [True]
    monkeypatch.setattr(worker, "WAKING", Waking(connect_later))
    relay.start()
    write("before", at=at)
    until(lambda: all_numbered(1), "a write was not numbered")
    (pid,) = listening()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [pid])
    until(lambda: listening() == [], "the line was not cut")
    write("meanwhile", at=at)
    back.set()
    until(lambda: all_numbered(2), "a write was not numbered after the line was back")
    assert listening() != [pid]
    write("after", at=at)
    until(lambda: all_numbered(3), "the new line was not heard")


def test_worker_that_hears_nothing_looks_by_itself(
    relay: Relay, at, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "LOOK_S", 0.05)
    monkeypatch.setattr(outbox, "WAKER", _Mute())
    relay.start()
    for count in range(1, 4):
        write(f"t{count}", at=at)
        until(partial(all_numbered, count), "a write that nobody told of was not found")


def test_worker_that_is_started_again_numbers_what_was_written_meanwhile(relay: Relay, at) -> None:
    relay.start()
    write("first", at=at)
    until(lambda: all_numbered(1), "a write was not numbered")
    relay.stop()
    write("meanwhile", at=at)
    assert numbered()["meanwhile"] is None
    relay.stopped.clear()
    relay.threads.clear()
    relay.start()
    until(lambda: all_numbered(2), "what was written meanwhile was not numbered")


class _Mute(Waker):
    """Says nothing, as a process that dies after its commit."""

    def wake(self) -> None:
        return


class _Noting(Waker):
    """Notes whether it was called inside a transaction."""

    def __init__(self) -> None:
        super().__init__()
        self.inside: list[bool] = []

    def wake(self) -> None:
        self.inside.append(connection.in_atomic_block)


def test_relay_is_woken_after_the_commit_and_never_for_what_was_undone(
    committing: str, at, monkeypatch: pytest.MonkeyPatch
) -> None:
    noting = _Noting()
    monkeypatch.setattr(outbox, "WAKER", noting)
    with scoped(EVERYTHING):
        outbox.publish("undone", area=CELL, subject_id=new_id(), body={}, at=at)
        transaction.set_rollback(True)
    assert noting.inside == []
    write("done", at=at)
    assert noting.inside == [False]


def test_write_stands_where_the_relay_cannot_be_woken(
    committing: str, at, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise psycopg.OperationalError

    broken = Waker()
    monkeypatch.setattr(broken, "wake", fail)
    monkeypatch.setattr(outbox, "WAKER", broken)
    write("kept", at=at)
    assert numbered() == {"kept": None}


@pytest.mark.parametrize(("quiet_s", "said"), [(NEVER_S, 1), (0.0, 3)])
def test_process_that_has_just_said_so_says_no_more(
    committing: str, monkeypatch: pytest.MonkeyPatch, quiet_s: float, said: int
) -> None:
    monkeypatch.setattr(waking, "QUIET_S", quiet_s)
    with worker.listening_connection() as line:
        for channel in (WRITTEN, NUMBERED):
            line.execute(f"LISTEN {channel}")
        waker = Waker()
        for _ in range(3):
            waker.wake()
        with connection.cursor() as cursor:
            cursor.execute(f"NOTIFY {NUMBERED}")
        heard: list[str] = []
        while NUMBERED not in heard:
            heard += [one.channel for one in line.notifies(timeout=PATIENCE_S, stop_after=1)]
    assert heard.count(WRITTEN) == said
