"""Start-up and memory of a whole installation, beside its database alone."""

import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.live import LiveServer

from anlan.kernel.postgres.home import Home
from anlan.kernel.postgres.server import Server
from benchmarks.rows import Row, row

PARTS = {"web": "granian", "worker": "project.worker"}
SECOND_START_LIMIT_S = 15.0


def run() -> list[Row]:
    """Measure the first start (database and tables made), the second, and the memory."""
    live = LiveServer()
    try:
        first = _seconds(live.start)
        live.stop()
        second = _seconds(live.start)
        memory = {
            part: sum(process.memory_info().rss for process in live.processes(words)) / 2**20
            for part, words in PARTS.items()
        }
    finally:
        live.remove()
    alone = _database_seconds()
    return [
        row("first start", first, "s", peer=("the database alone, made anew", alone[0])),
        row(
            "second start", second, "s", peer=("the database alone", alone[1]),
            at_most=SECOND_START_LIMIT_S,
        ),
        *(row(f"memory of {part}", size, "MiB") for part, size in memory.items()),
    ]  # fmt: skip


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _database_seconds() -> tuple[float, float]:
    folder = Path(tempfile.mkdtemp(prefix="anlan-bench-"))
    folder.chmod(0o711)
    server = Server(Home(folder / "home"))
    try:
        first = _seconds(server.start)
        server.stop()
        second = _seconds(server.start)
    finally:
        server.stop()
        shutil.rmtree(folder)
    return first, second
