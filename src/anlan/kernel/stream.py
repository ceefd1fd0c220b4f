"""Server-sent events with resume, bare ASGI: what the relay numbered, to every open screen.

One hub a process listens for the relay, reads the new rows once, and hands each screen the rows of
its area. A screen that comes back with Last-Event-ID gets what it missed, each event once: it is
subscribed first, then reads the backlog up to the number at which it was subscribed.
While the database is away the line to the screen still stands, and says so: `away`, then `hello`.
Form of the stream: WHATWG HTML, "Server-sent events".
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qs

import psycopg
import structlog
from psycopg.rows import TupleRow

from anlan.kernel.access import Actor
from anlan.kernel.asgi_types import Receive, Scope, Send
from anlan.kernel.ended_sign_ins import EVERYWHERE, EndedSignIns
from anlan.kernel.http import AWAY as DATABASE_AWAY
from anlan.kernel.outbox import CHANNEL
from anlan.kernel.postgres.bounded import BoundedAsyncConnection
from anlan.kernel.purposes import PARAMETER, ForeignPurposeError, for_purpose
from anlan.kernel.screens import Screen, Showing, frame_of, notice
from anlan.kernel.standing import AREA, Standing, State

BACKLOG_LIMIT_ROWS = 5_000
BATCH_LIMIT_ROWS = 1_000
CLIENTS_LIMIT = 5_000
RESUMES_AT_ONCE = 4  # after a restart every screen comes back; each resume takes a connection
STREAM_LIFE_S = 1_800.0  # then the screen reconnects, and its sign-in is looked at afresh
RECONNECT_S = 1.0
LOOK_EVERY_S = 0.5  # at the states that are looked up rather than queued
POLL_S = 2.0  # a lost notification delays a screen by no more than this
RETRY_MS = 1_500
HUB_ANSWER_LIMIT_S = 4.0  # its reads are small: what takes longer has gone
AWAY = "away"  # the event of a server whose database does not answer
NUMBER_MAX_DIGITS = 18
PERMISSION = "stream.follow"

FindActor = Callable[[str], Awaitable[Actor | None]]
Connection = psycopg.AsyncConnection[TupleRow]

_LOST = (psycopg.Error, OSError)
_ROWS = """
    SELECT sequence, topic, area, subject_id, body, published_at, audience, sealed_to
    FROM kernel_outbox LEFT JOIN {sealed} USING (subject_id)
    WHERE sequence > %s AND sequence <= %s ORDER BY sequence LIMIT %s
"""
_MISSED = """
    SELECT sequence, topic, area, subject_id, body, published_at, audience, sealed_to
    FROM kernel_outbox LEFT JOIN {sealed} USING (subject_id)
    WHERE sequence > %s AND sequence <= %s
        AND (audience IS NULL AND area BETWEEN %s AND %s OR audience = %s)
    ORDER BY sequence LIMIT %s
"""
_BOUNDS = "SELECT coalesce(min(sequence), 0), coalesce(max(sequence), 0) FROM kernel_outbox"
_NO_END = 2**62

log = structlog.get_logger("anlan.stream")


class HubConnection(BoundedAsyncConnection):
    """The connection of a hub: it notices soon that the database is away."""

    answer_limit_s = HUB_ANSWER_LIMIT_S


class Hub:
    """Follows the outbox, and what stands beside it; hands both to this process's screens."""

    def __init__(
        self, connect: Callable[[], Awaitable[Connection]], showing: Showing,
        standing: Standing | None = None, ended: EndedSignIns | None = None,
    ) -> None:  # fmt: skip
        self._connect = connect
        self._showing = showing
        self._standing = standing
        self._ended = ended
        self._screens: set[Screen] = set()
        self._resumes = asyncio.Semaphore(RESUMES_AT_ONCE)
        self._tasks: list[asyncio.Task[None]] = []
        self.last: int | None = None
        self.away = False

    def start(self) -> None:
        """Begin to follow the outbox, in the running event loop."""
        if not self._tasks:
            works = [self._follow] + ([self._look_on] if self._standing else [])
            self._tasks = [asyncio.create_task(_kept_up(work)) for work in works]

    async def stop(self) -> None:
        """End every stream and stop following."""
        for task in self._tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        for screen in list(self._screens):
            self.drop(screen)

    def subscribe(self, actor: Actor) -> Screen | None:
        """Return a new screen for `actor`; None before the outbox is followed or at the limit."""
        if self.last is None or len(self._screens) >= CLIENTS_LIMIT:
            return None
        screen = Screen(
            actor.area_low,
            actor.area_high,
            since=self.last,
            organisation_id=actor.organisation_id,
            session_id=actor.session_id,
            permissions=actor.permissions,
            hides=self._showing.hidden_from(actor),
        )
        self._screens.add(screen)
        return screen

    def leave(self, screen: Screen) -> None:
        """Forget a screen that has gone."""
        self._screens.discard(screen)

    def drop(self, screen: Screen) -> None:
        """End a stream; the screen comes back by itself and resumes after its last event."""
        self.leave(screen)
        while not screen.frames.empty():
            screen.frames.get_nowait()
        screen.frames.put_nowait(None)

    async def missed(self, screen: Screen, seen: int) -> list[bytes] | None:
        """Return the frames after `seen` up to the subscription; None when not all are kept."""
        async with (
            self._resumes,
            await self._connect() as connection,
            connection.transaction(),
        ):
            await connection.execute(EVERYWHERE)
            oldest, newest = await self._bounds(connection)
            if seen > newest or (oldest > seen + 1):
                return None
            allowed = [screen.low, screen.high, screen.organisation_id]
            asked = [seen, screen.since, *allowed, BACKLOG_LIMIT_ROWS + 1]
            rows = await connection.execute(self._showing.asking(_MISSED), asked)
            found = [row async for row in rows]
        if len(found) > BACKLOG_LIMIT_ROWS:
            return None
        return [frame_of(row, screen.hides) for row in found if self._is_for(screen, row)]

    def _is_for(self, screen: Screen, row: tuple[Any, ...]) -> bool:
        return screen.sees(row[2], row[6], self._showing.needed_for(row[1]), row[7])

    async def _bounds(self, connection: Connection) -> tuple[int, int]:
        found = await (await connection.execute(_BOUNDS)).fetchone()
        return (int(found[0]), int(found[1])) if found else (0, 0)

    async def _look_on(self) -> None:
        """Look at what stands, and tell what changed: only while somebody looks on."""
        async with await self._connect() as connection:
            await connection.set_autocommit(True)
            await connection.execute(EVERYWHERE.replace("SET LOCAL", "SET"))
            while self._standing is not None:
                await asyncio.sleep(LOOK_EVERY_S)
                if self._screens:
                    rows = await (await connection.execute(self._standing.query)).fetchall()
                    now_s = asyncio.get_running_loop().time()
                    self._tell_standing(self._standing, self._standing.look(rows, now_s))

    def _tell_standing(self, standing: Standing, changed: list[State]) -> None:
        """Hand each screen what changed in its area; everything, if it has just come."""
        frames: dict[tuple[int, int, bool, frozenset[str]], bytes] = {}
        needed = self._showing.needed_for(standing.topic)
        for screen in list(self._screens):
            alike = (screen.low, screen.high, screen.knows_standing, screen.permissions)
            if alike not in frames:
                told = changed if screen.knows_standing else standing.all()
                seen = [state for state in told if screen.sees(state[AREA], None, needed)]
                frames[alike] = standing.frame(seen) if seen else b""
            screen.knows_standing = True
            if frames[alike] and not screen.offer(_NO_END, frames[alike]):
                self.drop(screen)

    async def _follow(self) -> None:
        try:
            await self._follow_connected()
        except _LOST:
            if not self.away:
                self.away = True
                self._tell_all(notice(AWAY))
            raise

    def _tell_all(self, frame: bytes) -> None:
        for screen in list(self._screens):
            if not screen.offer(_NO_END, frame):
                self.drop(screen)

    async def _follow_connected(self) -> None:
        async with await self._connect() as connection:
            await connection.set_autocommit(True)
            await connection.execute(f"LISTEN {CHANNEL}")
            if self.last is None:
                async with connection.transaction():
                    await connection.execute(EVERYWHERE)
                    _, self.last = await self._bounds(connection)
            while True:
                while await self._hand_out(connection) == BATCH_LIMIT_ROWS:
                    pass
                await self._end_with_sign_ins(connection)
                if self.away:
                    self.away = False
                    self._tell_all(notice("hello", self.last))
                async for _ in connection.notifies(timeout=POLL_S, stop_after=1):
                    pass

    async def _end_with_sign_ins(self, connection: Connection) -> None:
        asked = {screen.session_id for screen in self._screens if screen.session_id}
        ended = await self._ended.among(asked, connection) if self._ended else set()
        for screen in list(self._screens):
            if screen.session_id in ended:
                self.drop(screen)

    async def _hand_out(self, connection: Connection) -> int:
        async with connection.transaction():
            await connection.execute(EVERYWHERE)
            asked = self._showing.asking(_ROWS)
            cursor = await connection.execute(asked, [self.last, _NO_END, BATCH_LIMIT_ROWS])
            rows = await cursor.fetchall()
        for row in rows:
            self._hand_to_screens(row)
            self.last = row[0]
        return len(rows)

    def _hand_to_screens(self, row: tuple[Any, ...]) -> None:
        """Offer one event to everybody it is for; it is written once for all who see as much."""
        frames: dict[frozenset[str], bytes] = {}
        for screen in list(self._screens):
            if self._is_for(screen, row):
                if screen.hides not in frames:
                    frames[screen.hides] = frame_of(row, screen.hides)
                if not screen.offer(row[0], frames[screen.hides]):
                    self.drop(screen)


async def _kept_up(work: Callable[[], Awaitable[None]]) -> None:
    """Do a work that needs the database; begin it anew whenever that was away."""
    while True:
        try:
            await work()
        except _LOST as error:
            log.warning("stream_waits_for_database", kind=type(error).__name__)
            await asyncio.sleep(RECONNECT_S)


class Stream:
    """The ASGI application at `/stream`."""

    def __init__(self, hub: Hub, find_actor: FindActor) -> None:
        self.hub = hub
        self.find_actor = find_actor

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one stream until the screen leaves, falls behind, or its life is over."""
        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
        if self.hub.away:  # nobody's sign-in can be looked at: so nobody waits for that
            await _say_away(send)
            return
        try:
            actor = await self.find_actor(headers.get(b"cookie", ""))
            actor = for_purpose(actor, _stated_purpose(scope)) if actor else None
        except ForeignPurposeError:
            await _refuse(send, 403)
            return
        except DATABASE_AWAY as error:
            log.warning("stream_waits_for_database", kind=type(error).__name__)
            await _say_away(send)
            return
        if actor is None or not actor.signed_in:
            await _refuse(send, 401)
            return
        if PERMISSION not in actor.permissions:
            await _refuse(send, 403)
            return
        screen = self.hub.subscribe(actor)
        if screen is None:
            await _refuse(send, 503)
            return
        gone = asyncio.create_task(self._leave_when_gone(screen, receive))
        try:
            await self._serve(screen, number_seen(headers.get(b"last-event-id", "")), send)
        finally:
            gone.cancel()
            self.hub.leave(screen)

    async def _serve(self, screen: Screen, seen: int | None, send: Send) -> None:
        try:
            opening = await self._opening(screen, seen)
        except _LOST as error:
            log.warning("stream_waits_for_database", kind=type(error).__name__)
            await _say_away(send)
            return
        await send({"type": "http.response.start", "status": 200, "headers": _STREAM_HEADERS})
        await send({"type": "http.response.body", "body": opening, "more_body": True})
        await _pump(screen, send)

    async def _leave_when_gone(self, screen: Screen, receive: Receive) -> None:
        while (await receive())["type"] != "http.disconnect":
            pass
        self.hub.drop(screen)

    async def _opening(self, screen: Screen, seen: int | None) -> bytes:
        """Return what was missed and the greeting; the screen then stands where it left off."""
        frames = [] if seen is None else await self.hub.missed(screen, seen)
        if frames is not None:
            screen.since = max(screen.since, seen or 0)
        greeting = notice("hello" if frames is not None else "reset", screen.since)
        return f"retry: {RETRY_MS}\n\n".encode() + b"".join(frames or []) + greeting


def _stated_purpose(scope: Scope) -> str:
    """Return the purpose in the query: a browser sends no header of ours along with a stream."""
    query: bytes = scope.get("query_string", b"")
    return parse_qs(query.decode("latin-1")).get(PARAMETER, [""])[0]


def number_seen(typed: str) -> int | None:
    """Return the number in a Last-Event-ID header; None where there is none."""
    plain = typed.isascii() and typed.isdigit() and len(typed) <= NUMBER_MAX_DIGITS
    return int(typed) if plain else None


_STREAM_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]


async def _refuse(send: Send, status: int) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"retry-after", b"2")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


async def _say_away(send: Send) -> None:
    """Say that the database is away, and end: the screen comes back by itself, where it was.

    A refusal would end a browser's EventSource, and with it the number that it saw last.
    """
    content = f"retry: {RETRY_MS}\n\n".encode() + notice(AWAY)
    await send({"type": "http.response.start", "status": 200, "headers": _STREAM_HEADERS})
    await send({"type": "http.response.body", "body": content})


async def _pump(screen: Screen, send: Send) -> None:
    loop = asyncio.get_running_loop()
    ends, more = loop.time() + STREAM_LIFE_S, True
    while more and loop.time() < ends:
        body, more = await screen.next_frames()
        await send({"type": "http.response.body", "body": body, "more_body": True})
    with suppress(Exception):
        await send({"type": "http.response.body", "body": b"", "more_body": False})
