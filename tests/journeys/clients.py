"""Clients that go on whatever breaks: writers that repeat a write, a screen that comes back."""

import threading
import time
from collections import Counter
from collections.abc import Callable
from uuid import uuid4

import httpx
from tests.live import LiveServer

RETRY_S = 0.1
PATIENCE_S = 120
PAGE_ROWS = 200
PLACE = {"lon": 24.942, "lat": 60.1712}
CLIENTS = 8


class Writers:
    """Clients that report, each report with one key until it is acknowledged."""

    def __init__(self, server: LiveServer, name: str, *, reports_each: int) -> None:
        self.name = name
        self.total = CLIENTS * reports_each
        self.acknowledged: dict[str, str] = {}
        self.refused: list[tuple[int, str]] = []
        self._reports_each = reports_each
        self._client = server.client("calltaker")
        self._threads = [
            threading.Thread(target=self._write, args=[number]) for number in range(CLIENTS)
        ]

    def start(self) -> None:
        """Let all of them begin."""
        for thread in self._threads:
            thread.start()

    def finish(self) -> None:
        """Wait until all of them have done, or nobody believes it any more."""
        deadline = time.monotonic() + PATIENCE_S
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        self._client.close()

    def _write(self, number: int) -> None:
        deadline = time.monotonic() + PATIENCE_S
        for turn in range(self._reports_each):
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
        self.topics: list[str] = []
        self.ready = threading.Event()
        self._client = server.client("dispatcher")
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._follow, daemon=True)
        self._thread.start()
        assert self.ready.wait(PATIENCE_S)

    def close(self) -> None:
        """Look no longer."""
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
                pass
            time.sleep(RETRY_S)

    def _read(self, line: str, last: str) -> str:
        name, _, value = line.partition(": ")
        if name == "id":
            return value
        if name == "event":
            self.ready.set()
            self.topics.append(value)
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
    """Wait until something holds; fail with `what` when it does not for `PATIENCE_S`."""
    deadline = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < deadline, what
        time.sleep(RETRY_S)
