"""From the command to the answer "ready": the first start with its database, and the next."""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.live import LiveServer

from anlan.kernel.postgres.home import Home
from anlan.kernel.postgres.server import Server
from anlan_engine.statistics import percentile
from benchmarks.rows import Row, Target, row

STARTS, STARTS_FULL = 3, 10


def run(*, full: bool) -> list[Row]:
    """Measure a whole installation, and PostgreSQL alone in the same way."""
    server, starts = LiveServer(), STARTS_FULL if full else STARTS
    try:
        first = _timed(server.start)
        server.stop()
        warm = []
        for _ in range(starts):
            warm.append(_timed(server.start))
            server.stop()
    finally:
        server.remove()
    alone_first, alone_warm = _postgres_alone(starts)
    peer = "embedded PostgreSQL alone"
    target = Target("value", 15.0)
    return [
        row("first start until ready", first, "s", peer=(peer, alone_first)),
        row("next start until ready", _middle(warm), "s", peer=(peer, alone_warm), target=target),
    ]


def _postgres_alone(starts: int) -> tuple[float, float]:
    with tempfile.TemporaryDirectory(prefix="anlan-bench-") as folder:
        Path(folder).chmod(0o711)  # PostgreSQL does not run as root: its account passes here
        database = Server(Home(Path(folder).resolve() / "home"))
        first = _timed(database.start)
        database.stop()
        warm = []
        for _ in range(starts):
            warm.append(_timed(database.start))
            database.stop()
    return first, _middle(warm)


def _middle(seconds: list[float]) -> float:
    return float(percentile(seconds, 50))


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
