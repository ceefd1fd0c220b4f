"""A part is killed while eight clients write: every acknowledged report is there, each once."""

import os
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from uuid import uuid4

import httpx
import psutil
import pytest
from tests.live import LiveServer

pytestmark = pytest.mark.journey

CLIENTS = 8
REPORTS_A_CLIENT = 12
KILLED_AFTER = 24
RETRY_S = 0.1
PATIENCE_S = 120
PAGE_ROWS = 200
PLACE = {"lon": 24.942, "lat": 60.1712}


@pytest.fixture(scope="module")
def server() -> Iterator[LiveServer]:
    """An installation that the tests of this file may break."""
    server = LiveServer()
    try:
        server.start()
        server.load_city()
        yield server
    finally:
        server.remove()


def web_server(server: LiveServer) -> psutil.Process:
    return next(p for p in server.processes("granian") if not of_same_kind(p.parent()))


def web_process(server: LiveServer) -> psutil.Process:
    return next(p for p in server.processes("granian") if of_same_kind(p.parent()))


def of_same_kind(process: psutil.Process | None) -> bool:
    return process is not None and "granian" in " ".join(process.cmdline())


def worker(server: LiveServer) -> psutil.Process:
    return server.processes("anlan.project.worker")[0]


def postmaster(server: LiveServer) -> psutil.Process:
    return psutil.Process(int((server.home / "pgdata" / "postmaster.pid").read_text().split()[0]))


class Writers:
    """Clients that report, each report with one key until it is acknowledged."""

    def __init__(self, server: LiveServer, name: str) -> None:
        self.name = name
        self.acknowledged: dict[str, str] = {}
        self.refused: list[tuple[int, str]] = []
        self._client = server.client("calltaker")
        self._threads = [
            threading.Thread(target=self._write, args=[number]) for number in range(CLIENTS)
        ]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def finish(self) -> None:
        deadline = time.monotonic() + PATIENCE_S
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        self._client.close()

    def _write(self, number: int) -> None:
        deadline = time.monotonic() + PATIENCE_S
        for turn in range(REPORTS_A_CLIENT):
            place, key = f"{self.name} {number} {turn}", str(uuid4())
            while place not in self.acknowledged and time.monotonic() < deadline:
                self._try_once(place, key)

    def _try_once(self, place: str, key: str) -> None:
        body = {"channel": "PHONE", "kind": "FIRE_STRUCTURE", "place_text": place, **PLACE}
        try:
            headers = {"Idempotency-Key": key}
            reply = self._client.post("/api/v1/reports", json=body, headers=headers)
        except httpx.TransportError:
            time.sleep(RETRY_S)
            return
        if reply.status_code == 201:
            self.acknowledged[place] = reply.json()["incident_id"]
            return
        self.refused.append((reply.status_code, reply.text))
        time.sleep(RETRY_S)


class Watcher:
    """A screen that follows the stream and comes back with the number it saw last."""

    def __init__(self, server: LiveServer) -> None:
        self.ids: list[int] = []
        self.ready = threading.Event()
        self._client = server.client("dispatcher")
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._follow, daemon=True)
        self._thread.start()
        assert self.ready.wait(PATIENCE_S)

    def close(self) -> None:
        self._stop.set()
        self._client.close()

    def _follow(self) -> None:
        last = ""
        while not self._stop.is_set():
            headers = {"Last-Event-ID": last} if last else {}
            try:
                with self._client.stream("GET", "/stream", headers=headers) as reply:
                    for line in reply.iter_lines():
                        last = self._read(line, last)
            except (httpx.HTTPError, RuntimeError):
                time.sleep(RETRY_S)

    def _read(self, line: str, last: str) -> str:
        name, _, value = line.partition(": ")
        if name == "id":
            return value
        if name == "event":
            self.ready.set()
            if value == "incident.received":
                self.ids.append(int(last))
        return last


def everything_received(server: LiveServer, name: str) -> Counter[str]:
    """Return how many reports stand in the list of incidents for each place of these writers."""
    found: Counter[str] = Counter()
    with server.client("dispatcher") as dispatcher:
        after = ""
        while after is not None:
            query = {"limit": PAGE_ROWS, "after": after}
            page = dispatcher.get("/api/v1/incidents", params=query).json()
            for row in page["items"]:
                found[row["place_text"]] += row["report_count"]
            after = page["next"]
    return Counter({place: n for place, n in found.items() if place.startswith(name)})


def until(holds: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < deadline, what
        time.sleep(RETRY_S)


@pytest.mark.parametrize("part", [web_server, web_process, postmaster, worker])
def test_part_that_is_killed_loses_nothing_and_comes_back(server, part):
    name = part.__name__
    watcher, writers = Watcher(server), Writers(server, name)
    killed = part(server)
    writers.start()
    until(lambda: len(writers.acknowledged) >= KILLED_AFTER, "nobody could report")
    os.kill(killed.pid, signal.SIGKILL)
    writers.finish()
    total = CLIENTS * REPORTS_A_CLIENT
    assert len(writers.acknowledged) == total, writers.refused
    assert {status for status, _ in writers.refused} <= {503}, writers.refused
    server.wait_until_ready()
    assert everything_received(server, name) == Counter(dict.fromkeys(writers.acknowledged, 1))
    until(lambda: len(watcher.ids) >= total, "the screen missed a report")
    watcher.close()
    assert len(watcher.ids) == len(set(watcher.ids)) == total
    assert watcher.ids == sorted(watcher.ids)
    until(lambda: part(server).pid != killed.pid, "the part did not come back")
    assert part(server).is_running()
