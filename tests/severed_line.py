"""A TCP line that can be cut, held half-open or slowed, between two parts of a real installation.

It listens on a port of its own and hands every byte on to where it leads. Everything runs in one
event loop in a thread; whoever tests calls from outside.
"""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Coroutine
from pathlib import Path
from typing import Any, TypeVar

CHUNK_BYTES = 65_536
STARTED_WITHIN_S = 10

Answer = TypeVar("Answer")
Ends = tuple[asyncio.StreamReader, asyncio.StreamWriter]
Connect = Callable[[], Awaitable[Ends]]


def to_socket(path: Path) -> Connect:
    """Lead to a Unix socket."""
    return lambda: asyncio.open_unix_connection(path)


def to_port(port: int) -> Connect:
    """Lead to a TCP port of this machine."""
    return lambda: asyncio.open_connection("127.0.0.1", port)


class Line:
    """The line; `port` is where it listens on 127.0.0.1."""

    def __init__(self, connect: Connect) -> None:
        self._connect = connect
        self._loop = asyncio.new_event_loop()
        self._writers: set[asyncio.StreamWriter] = set()
        self._is_cut = False
        self._slow_s = 0.0
        self._outward = asyncio.Event()  # set: what the far end is told flows
        self._homeward = asyncio.Event()  # set: what the far end answers flows
        self._pumps: set[asyncio.Task[None]] = set()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.port = self._in_loop(self._listen())

    def cut(self) -> None:
        """Tear every connection down, and each new one at once: nothing listens any more."""
        self._in_loop(self._cut())

    def hold(self) -> None:
        """Let nothing through, and tell nobody: connections stand, and new ones are taken."""
        self._in_loop(self._set_flow(outward=False, homeward=False))

    def hold_answers(self) -> None:
        """Let through what the far end is told, and nothing of what it answers."""
        self._in_loop(self._set_flow(outward=True, homeward=False))

    def slow(self, seconds: float) -> None:
        """Keep every piece back for a while before it goes on."""
        self._slow_s = seconds

    def heal(self) -> None:
        """Be a good line again; what was held back arrives now."""
        self._slow_s = 0.0
        self._is_cut = False
        self._in_loop(self._set_flow(outward=True, homeward=True))

    def close(self) -> None:
        """End the line and its thread."""
        self.cut()
        self._in_loop(self._stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _in_loop(self, work: Coroutine[Any, Any, Answer]) -> Answer:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(STARTED_WITHIN_S)

    async def _listen(self) -> int:
        await self._set_flow(outward=True, homeward=True)
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    async def _set_flow(self, *, outward: bool, homeward: bool) -> None:
        for gate, flows in ((self._outward, outward), (self._homeward, homeward)):
            if flows:
                gate.set()
            else:
                gate.clear()

    async def _cut(self) -> None:
        self._is_cut = True
        for writer in list(self._writers):
            writer.transport.abort()

    async def _stop(self) -> None:
        self._server.close()
        for pump in list(self._pumps):
            pump.cancel()
        await asyncio.gather(*self._pumps, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._is_cut:
            writer.transport.abort()
            return
        try:
            far_reader, far_writer = await self._connect()
        except OSError:
            writer.transport.abort()
            return
        self._writers |= {writer, far_writer}
        for source, target, gate in (
            (reader, far_writer, self._outward), (far_reader, writer, self._homeward),
        ):  # fmt: skip
            pump = asyncio.create_task(self._pump(source, target, gate))
            self._pumps.add(pump)
            pump.add_done_callback(self._pumps.discard)

    async def _pump(
        self, source: asyncio.StreamReader, target: asyncio.StreamWriter, gate: asyncio.Event
    ) -> None:
        try:
            while piece := await source.read(CHUNK_BYTES):
                await asyncio.sleep(self._slow_s)
                await gate.wait()
                target.write(piece)
                await target.drain()
            await gate.wait()
        except OSError:
            pass
        finally:
            self._writers.discard(target)
            target.close()
