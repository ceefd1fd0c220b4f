"""Open consoles in a process of their own: `python -m benchmarks.consoles PORT COUNT SECONDS`.

`BENCH_COOKIE` is the Cookie header. Prints as JSON for how many milliseconds each change of
an incident or a job was on its way: from the time that the server gave it to its arrival, at every
console. They share the server's clock.
"""

import asyncio
import json
import os
import sys
import time
from contextlib import suppress
from datetime import datetime

LINE_LIMIT_BYTES = 4 * 2**20  # all units at once stand in one line
SHOWN = (b"event: incident.", b"event: assignment.")


async def _watch(port: int, cookie: str, took_ms: list[float]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=LINE_LIMIT_BYTES)
    writer.write(f"GET /stream HTTP/1.1\r\nHost: localhost\r\nCookie: {cookie}\r\n\r\n".encode())
    shown = False
    while line := await reader.readline():
        if line.startswith(b"event: "):
            shown = line.startswith(SHOWN)
        elif shown and line.startswith(b"data: "):
            at = datetime.fromisoformat(json.loads(line[6:])["at"])
            took_ms.append(1000 * (time.time() - at.timestamp()))


async def _main(port: int, count: int, seconds: float, cookie: str) -> list[float]:
    took_ms: list[float] = []
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds), asyncio.TaskGroup() as group:
            for _ in range(count):
                group.create_task(_watch(port, cookie, took_ms))
    return took_ms


if __name__ == "__main__":
    port, count, seconds = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
    found = asyncio.run(_main(port, count, seconds, os.environ["BENCH_COOKIE"]))
    sys.stdout.write(json.dumps(found))
