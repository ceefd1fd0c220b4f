"""Screens at the stream: what a browser's EventSource does, as an ASGI client."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db import connection
from tests.people import EVERYTHING

from anlan.kernel import outbox
from anlan.kernel.access import Actor
from anlan.kernel.identifiers import new_id
from anlan.kernel.postgres.where import database
from anlan.kernel.scope import scoped
from anlan.kernel.screens import Showing
from anlan.kernel.stream import Connection, Hub, HubConnection, Stream

AT = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
PATIENCE_S = 60
OWN_TOPICS = {"hello", "reset", "away"}


@dataclass(frozen=True)
class Event:
    """One event as the browser parsed it."""

    id: int
    topic: str
    data: dict[str, Any]


SHOWING = Showing(
    needed={
        "t": frozenset({"stream.follow"}),
        "incident": frozenset({"incident.read"}),
        "case": frozenset({"case.read", "case.handle"}),
    },
    protected={"words": "reporter.words"},
)


async def connect() -> Connection:
    """Open a connection as the application, to the database the tests use at this time."""
    name = str(settings.DATABASES["default"]["NAME"])
    where = database("app").conninfo()
    return await HubConnection.connect(where, dbname=name, prepare_threshold=None)


@asynccontextmanager
async def serving(actor: Actor | None) -> AsyncIterator[Stream]:
    """Serve the stream to `actor`; every screen is signed in as the same person."""

    async def find_actor(cookies: str) -> Actor | None:
        return actor

    hub = Hub(connect, SHOWING)
    hub.start()
    try:
        async with asyncio.timeout(PATIENCE_S):
            while hub.last is None:
                await asyncio.sleep(0.01)
        yield Stream(hub, find_actor)
    finally:
        await hub.stop()


class Screen:
    """One line to the stream; `events` are what has come over it."""

    def __init__(
        self, stream: Stream, last_event_id: str = "", *, cookies: str = "", purpose: str = ""
    ) -> None:
        self.events: list[Event] = []
        self.status = 0
        self.headers: dict[bytes, bytes] = {}
        self._rest = ""
        self._lost = False
        self._reads, self._gone = asyncio.Event(), asyncio.Event()
        self._reads.set()
        self._came = asyncio.Event()
        given = ((b"last-event-id", last_event_id), (b"cookie", cookies))
        headers = [(name, value.encode()) for name, value in given if value]
        query = f"seen_for={purpose}".encode()
        scope = {"type": "http", "path": "/stream", "headers": headers, "query_string": query}
        self.line = asyncio.create_task(stream(scope, self._receive, self._send))

    async def _receive(self) -> dict[str, Any]:
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], dict(message["headers"])
            return
        await self._reads.wait()
        if self._lost:
            return
        *blocks, self._rest = (self._rest + message["body"].decode()).split("\n\n")
        self.events += [event for block in blocks if (event := parsed(block))]
        self._came.set()

    def stop_reading(self) -> None:
        """Take nothing more, as a telephone in a tunnel does; the line stays open."""
        self._reads.clear()

    def hang_up(self) -> None:
        """Close the page."""
        self._gone.set()

    def read_on(self) -> None:
        """Take what comes from now on."""
        self._reads.set()

    async def until(self, enough: Callable[[], bool]) -> None:
        """Wait until `enough` holds; fail when that takes too long."""
        async with asyncio.timeout(PATIENCE_S):
            while not enough():
                self._came.clear()
                await self._came.wait()

    async def greeted(self) -> None:
        """Wait for the stream's own first event."""
        await self.until(lambda: any(event.topic in OWN_TOPICS for event in self.events))

    async def cut(self) -> None:
        """Lose the line: nothing more arrives, and the server is told of it."""
        self._lost = True
        self._reads.set()
        self.hang_up()
        async with asyncio.timeout(PATIENCE_S):
            await self.line

    @property
    def last_event_id(self) -> str:
        """Return what the browser would send when it comes back."""
        return str(self.events[-1].id) if self.events else ""

    @property
    def told(self) -> list[Event]:
        """Return the events that happened, without the stream's own."""
        return [event for event in self.events if event.topic not in OWN_TOPICS]


def parsed(block: str) -> Event | None:
    """Return the event of one block; None for a comment or a retry time."""
    fields = dict(line.split(": ", 1) for line in block.split("\n") if not line.startswith(":"))
    if "data" not in fields:
        return None
    return Event(int(fields.get("id", 0)), fields["event"], json.loads(fields["data"]))


def publish_now(*areas: int, topic: str = "t", relay: bool = True, words: str = "") -> None:
    """Publish one event an area, commit, and let the relay number them."""
    with scoped(EVERYTHING):
        for number, area in enumerate(areas):
            body = {"n": number, "words": words}
            outbox.publish(topic, area=area, subject_id=new_id(), body=body, at=AT)
    if relay:
        outbox.relay_batch()


async def publish(*areas: int, topic: str = "t", words: str = "") -> None:
    """Publish from another thread, as another request would."""

    def work() -> None:
        try:
            publish_now(*areas, topic=topic, words=words)
        finally:
            connection.close()

    await asyncio.to_thread(work)


def run(journey: Callable[[], Awaitable[None]]) -> None:
    """Run one journey of screens in an event loop of its own."""

    async def main() -> None:
        await journey()

    asyncio.run(main())
