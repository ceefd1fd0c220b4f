"""Reports acknowledged per second by a whole installation, beside bare inserts on its database."""

import os
import threading
import time
from collections.abc import Callable
from uuid import uuid4

import httpx
import psycopg
from tests.live import LiveServer

from anlan.kernel.postgres.home import Home
from anlan.kernel.postgres.where import ConnectionParameters, embedded
from anlan_engine.statistics import percentile
from benchmarks.rows import Row, row

CLIENTS = 8
REPORTS_A_CLIENT = 40
P99_LIMIT_MS = 1_000.0
BODY = {
    "channel": "PHONE",
    "kind": "FIRE_STRUCTURE",
    "text": "Smoke",
    "lon": 24.9425,
    "lat": 60.169,
}


def run() -> list[Row]:
    """Measure with `CLIENTS` writers at once; every acknowledgement is a committed report."""
    live = LiveServer()
    try:
        live.start()
        live.load_city()
        took, seconds = _together(lambda: _reporter(live))
        bare, bare_seconds = _together(lambda: _inserter(live))
    finally:
        live.remove()
    rate, bare_rate = len(took) / seconds, len(bare) / bare_seconds
    return [
        row("reports acknowledged", rate, "1/s", peer=("bare INSERT and COMMIT", bare_rate)),
        row("report acknowledged, p50", percentile(took, 50), "ms"),
        row("report acknowledged, p99", percentile(took, 99), "ms", at_most=P99_LIMIT_MS),
    ]


def _together(make: Callable[[], Callable[[], None]]) -> tuple[list[float], float]:
    """Run `CLIENTS` writers side by side; return each write's milliseconds, and all seconds."""
    writers = [make() for _ in range(CLIENTS)]
    took: list[float] = []

    def work(write: Callable[[], None]) -> None:
        for _ in range(REPORTS_A_CLIENT):
            began = time.perf_counter()
            write()
            took.append((time.perf_counter() - began) * 1000)

    threads = [threading.Thread(target=work, args=[write]) for write in writers]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return took, time.perf_counter() - began


def _reporter(live: LiveServer) -> Callable[[], None]:
    client = live.client("calltaker")

    def write() -> None:
        reply: httpx.Response = client.post("/api/v1/reports", json=BODY)
        reply.raise_for_status()

    return write


def database_of(live: LiveServer) -> ConnectionParameters:
    """Return how the application signs in to a running installation's database."""
    return embedded(Home(live.home), os.environ.get("ANLAN_BENCH_ROLE", "anlan_app"))


def _inserter(live: LiveServer) -> Callable[[], None]:
    connection = psycopg.connect(database_of(live).conninfo(), autocommit=True)
    area = 990101001001001
    low, high = "SET LOCAL anlan.area_low=0", "SET LOCAL anlan.area_high=999999999999999"
    insert = (
        "INSERT INTO kernel_field_look (id, area, street, actor_id, actor_name, field,"
        " subject_id, purpose, looked_at) VALUES (%s, %s, %s, 'b', 'b', 'b', %s, 'bench', now())"
    )

    def write() -> None:
        with connection.transaction():
            connection.execute(low)
            connection.execute(high)
            connection.execute(insert, [uuid4(), area, area // 10**6, uuid4()])

    return write
