"""From the commit of an event to its arrival at 50 screens, beside a NOTIFY in the transaction."""

import asyncio
import json
import time
from collections.abc import Callable
from datetime import UTC, datetime
from threading import Event, Thread
from typing import Self
from uuid import uuid4

import psycopg
from tests.live import LiveServer

from benchmarks.calls import cookie_of
from benchmarks.installation import application, installation
from benchmarks.rows import Row, Target, milliseconds, row

SCREENS, SCREENS_FULL = 50, 1_000
EVENTS, EVENTS_FULL = 100, 1_000
PAUSE_S = 0.05
PATIENCE_S = 60.0
CELL, STREET = 990101001001001, 990101001
PEER = "one NOTIFY in the transaction, to one listener"
_SCOPE = "SET LOCAL anlan.area_low=0; SET LOCAL anlan.area_high=999999999999999"
_PUBLISH = (
    "INSERT INTO kernel_outbox (id, area, street, topic, subject_id, body, published_at)"
    " VALUES (%s, %s, %s, 'bench', %s, %s, %s)"
)


def run(*, full: bool) -> list[Row]:
    """Measure each event at every screen; the writer and the screens share the machine's clock."""
    screens = SCREENS_FULL if full else SCREENS
    events = EVENTS_FULL if full else EVENTS
    with installation() as server:
        where = application(server).conninfo()
        with Screens(server, screens) as watching:
            committed = _publish(where, events)
            watching.wait_for(events)
        took = [at - committed[mark] for mark, at in watching.seen]
        alone = _notified(where, events)
    rows = [row(f"events seen by {screens} screens", len(took), "events")]
    for share, target in ((50, None), (99, Target("value", 250.0))):
        beside = (PEER, milliseconds(alone, share))
        name = f"commit to screen, {screens} screens, p{share}"
        rows.append(row(name, milliseconds(took, share), "ms", peer=beside, target=target))
    return rows


class LostEventsError(RuntimeError):
    """So many of so many arrived in time."""


class Screens:
    """So many streams of one person, open in a thread; `seen` is which event came when."""

    def __init__(self, server: LiveServer, count: int) -> None:
        self.seen: list[tuple[int, float]] = []
        self._port, self._count = server.port, count
        cookie = cookie_of(server, "dispatcher")
        request = f"GET /stream HTTP/1.1\r\nHost: localhost\r\nCookie: {cookie}\r\n\r\n"
        self._request = request.encode()
        self._opened = 0
        self._stop = Event()
        self._thread = Thread(target=lambda: asyncio.run(self._main()))

    def __enter__(self) -> Self:
        """Return when every stream has greeted."""
        self._thread.start()
        self._wait(lambda: self._opened)
        return self

    def __exit__(self, *_: object) -> None:
        """Close all."""
        self._stop.set()
        self._thread.join()

    def wait_for(self, events: int) -> None:
        """Return when every screen has seen so many events; fail when that takes too long."""
        self._wait(lambda: len(self.seen) // events)

    def _wait(self, reached: Callable[[], int]) -> None:
        ends = time.monotonic() + PATIENCE_S
        while reached() < self._count:
            if time.monotonic() > ends:
                raise LostEventsError(reached(), self._count)
            time.sleep(PAUSE_S)

    async def _main(self) -> None:
        tasks = [asyncio.create_task(self._watch()) for _ in range(self._count)]
        while not self._stop.is_set():
            await asyncio.sleep(PAUSE_S)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _watch(self) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        writer.write(self._request)
        await reader.readuntil(b"event: hello")
        self._opened += 1
        while line := await reader.readline():
            at = time.perf_counter()
            if b'"mark":' in line:
                self.seen.append((json.loads(line.split(b"data: ", 1)[1])["mark"], at))


def _publish(where: str, events: int) -> list[float]:
    """Commit events one after another; return the moment after each commit."""
    committed = []
    with psycopg.connect(where, prepare_threshold=None) as connection:
        for mark in range(events):
            with connection.transaction():
                connection.execute(_SCOPE)
                body, at = json.dumps({"mark": mark}), datetime.now(UTC)
                values = [uuid4(), CELL, STREET, uuid4(), body, at]
                connection.execute(_PUBLISH, values)
            committed.append(time.perf_counter())
            time.sleep(PAUSE_S)
    return committed


def _notified(where: str, events: int) -> list[float]:
    """Return how long each notification of a plain transaction takes to one listener."""
    took: list[float] = []
    with (
        psycopg.connect(where, autocommit=True) as listener,
        psycopg.connect(where, autocommit=True) as writer,
    ):
        listener.execute("LISTEN bench")
        for _ in range(events):
            with writer.transaction():
                writer.execute("SELECT pg_notify('bench', '')")
            committed = time.perf_counter()
            next(listener.notifies(timeout=PATIENCE_S, stop_after=1))
            took.append(time.perf_counter() - committed)
    return took
