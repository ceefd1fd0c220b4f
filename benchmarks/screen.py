"""From commit to screen: when open streams show a report, beside a bare LISTEN and NOTIFY."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import psycopg
from tests.live import LiveServer

from anlan_engine.statistics import percentile
from benchmarks.reports import BODY, database_of
from benchmarks.rows import Row, row

STREAMS = 20
REPORTS = 30
SETTLE_S = 1.0
STREAM_SILENCE_LIMIT_S = 60.0
PAUSE_S = 0.15
P95_LIMIT_MS = 1_000.0


def run() -> list[Row]:
    """Measure from the reply to the write (it comes after the commit) to each stream's event."""
    live = LiveServer()
    try:
        live.start()
        live.load_city()
        shown = _shown_ms(live)
        bare = _notified_ms(live)
    finally:
        live.remove()
    peer = ("LISTEN and NOTIFY alone", percentile(bare, 50))
    return [
        row("commit to screen, p50", percentile(shown, 50), "ms", peer=peer),
        row("commit to screen, p95", percentile(shown, 95), "ms", at_most=P95_LIMIT_MS),
        row("events seen of those due", len(shown) / (STREAMS * REPORTS), "share", at_least=1.0),
    ]


def _shown_ms(live: LiveServer) -> list[float]:
    seen: list[tuple[str, float]] = []
    acknowledged: dict[str, float] = {}
    with live.client("calltaker") as taker, _streams(live, seen):
        for _ in range(REPORTS):
            taken = taker.post("/api/v1/reports", json=BODY)
            acknowledged[taken.json()["incident_id"]] = time.perf_counter()
            time.sleep(PAUSE_S)
        time.sleep(SETTLE_S)
    return [
        max(0.0, (at - acknowledged[incident]) * 1000)
        for incident, at in seen
        if incident in acknowledged
    ]


@contextmanager
def _streams(live: LiveServer, seen: list[tuple[str, float]]) -> Iterator[None]:
    with live.client("dispatcher") as client:
        limits = httpx.Limits(max_connections=STREAMS + 1)
        streams = httpx.Client(
            base_url=live.url, cookies=client.cookies, limits=limits, timeout=STREAM_SILENCE_LIMIT_S
        )
        over = threading.Event()
        threads = [
            threading.Thread(target=_follow, args=[streams, seen, over], daemon=True)
            for _ in range(STREAMS)
        ]
        for thread in threads:
            thread.start()
        time.sleep(SETTLE_S)
        yield
        over.set()


def _follow(streams: httpx.Client, seen: list[tuple[str, float]], over: threading.Event) -> None:
    received = False
    with streams.stream("GET", "/stream") as stream:
        for line in stream.iter_lines():
            if over.is_set():
                return
            if line.startswith("event: "):
                received = line == "event: incident.received"
            elif received and line.startswith("data: "):
                seen.append((line.split('"subject_id":"')[1][:36], time.perf_counter()))


def _notified_ms(live: LiveServer) -> list[float]:
    conninfo = database_of(live).conninfo()
    took = []
    with (
        psycopg.connect(conninfo, autocommit=True) as listening,
        psycopg.connect(conninfo, autocommit=True) as telling,
    ):
        listening.execute("LISTEN bench")
        for _ in range(REPORTS):
            began = time.perf_counter()
            telling.execute("NOTIFY bench")
            heard = list(listening.notifies(timeout=SETTLE_S, stop_after=1))
            if heard:
                took.append((time.perf_counter() - began) * 1000)
    return took
