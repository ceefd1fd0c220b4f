"""The line to the database is cut, held or slow while eight clients write: nothing is lost.

`ANLAN_CUT_S` says for how long it is away, 6 s unless given: `ANLAN_CUT_S=30` is the drill.
"""

import json
import os
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from uuid import uuid4

import httpx
import psutil
import pytest
from tests.journeys.clients import PLACE, Watcher, Writers, everything_received, until
from tests.live import LiveServer
from tests.prepared_home import copy_prepared
from tests.severed_line import Line, to_port, to_socket

from anlan.kernel.postgres.home import SOCKET_PORT, Home
from anlan.kernel.postgres.secret import APPLICATION, OWNER
from anlan.kernel.postgres.server import Server

pytestmark = pytest.mark.journey

AWAY_S = float(os.environ.get("ANLAN_CUT_S", "6"))
REPORTS_A_CLIENT = 12
AFTER = 24
SLOW_S = 0.01


class FarServer(LiveServer):
    """An installation whose database, with the city, is at the end of a line that tests break."""

    def __init__(self) -> None:
        super().__init__()
        self.database = Server(Home(self.folder / "database"))
        copy_prepared(self.database.home.folder)
        self.database.start()
        socket = self.database.home.socket_folder / f".s.PGSQL.{SOCKET_PORT}"
        self.line = Line(to_socket(socket))

    def environment(self) -> dict[str, str]:
        """Return the environment in which a command acts on this installation."""
        return super().environment() | {
            "DATABASE_URL": self._address(APPLICATION),
            "DATABASE_OWNER_URL": self._address(OWNER),
        }

    def _address(self, role: str) -> str:
        known = self.database.connection(role)
        return f"postgresql://{role}:{known.password}@127.0.0.1:{self.line.port}/{known.name}"

    def remove(self) -> None:
        """Stop both and delete their homes."""
        self.stop()
        self.line.close()
        self.database.stop()
        super().remove()


@pytest.fixture(scope="module")
def server() -> Iterator[FarServer]:
    server = FarServer()
    try:
        server.start()
        yield server
    finally:
        server.remove()


def worker_of(server: LiveServer) -> psutil.Process:
    return server.processes("anlan worker")[0]


def asked_for_help(server: FarServer) -> str:
    """Ask an agency for help with the least time to answer; return the incident."""
    with server.client("dispatcher") as desk:
        body = {"channel": "PHONE", "kind": "FIRE_STRUCTURE", **PLACE}
        incident = str(desk.post("/api/v1/reports", json=body).json()["incident_id"])
        organisations = desk.get("/api/v1/organisations").json()
        water = next(one["id"] for one in organisations if one["code"] == "WATER_WORKS")
        asked = {"agency_id": water, "capabilities": ["UTILITY_CREW"], "answer_within_s": 1}
        reply = desk.post(f"/api/v1/incidents/{incident}/help-requests", json=asked)
        assert reply.status_code == 201, reply.text
    return incident


def moves_of(server: FarServer, incident: str) -> list[str]:
    with server.client("dispatcher") as desk:
        timeline = desk.get(f"/api/v1/incidents/{incident}").json()["timeline"]
    return [step["move"] for step in timeline]


def says_away(server: FarServer) -> bool:
    """Return whether the server, which is there, says that its database is not."""
    assert httpx.get(f"{server.url}/healthz", timeout=60).status_code == 200
    return httpx.get(f"{server.url}/readyz", timeout=60).status_code == 503


@pytest.mark.parametrize("how", ["cut", "hold"])
def test_database_that_goes_away_loses_nothing_and_comes_back(server: FarServer, how: str) -> None:
    watcher = Watcher(server)
    writers = Writers(server, how, reports_each=REPORTS_A_CLIENT)
    worker, threads = worker_of(server), worker_of(server).num_threads()
    helped = asked_for_help(server)
    writers.start()
    until(lambda: len(writers.acknowledged) >= AFTER, "nobody could report")
    getattr(server.line, how)()
    ends = time.monotonic() + AWAY_S
    until(lambda: "away" in watcher.topics, "the screen was not told")
    until(lambda: says_away(server), "the server does not say what is away")
    time.sleep(max(0.0, ends - time.monotonic()))
    server.line.heal()
    writers.finish()
    assert len(writers.acknowledged) == writers.total, writers.refused
    check_refusals(writers)
    assert everything_received(server, how) == Counter(dict.fromkeys(writers.acknowledged, 1))
    until(lambda: len(watcher.ids) >= writers.total + 1, "the screen missed a report")
    until(lambda: "hello" in watcher.topics[watcher.topics.index("away") :], "no greeting")
    watcher.close()
    assert len(watcher.ids) == len(set(watcher.ids)) == writers.total + 1
    assert watcher.ids == sorted(watcher.ids)
    until(lambda: "help_overdue" in moves_of(server, helped), "no deadline was handled")
    assert moves_of(server, helped).count("help_overdue") == 1
    assert worker.is_running()
    assert worker.num_threads() >= threads
    assert "worker_loop_failed" not in server.log.read_text()


def check_refusals(writers: Writers) -> None:
    """Every refusal was readable, and said that it is the database, or that it is not known."""
    assert {status for status, _ in writers.refused} <= {503}, writers.refused
    codes = {json.loads(text)["code"] for _, text in writers.refused}
    assert codes <= {"database.away", "outcome.unknown"}, writers.refused


def test_refusal_says_what_is_away_and_when_to_come_again(server: FarServer) -> None:
    with server.client("calltaker", language="zh-CN") as taker:
        server.line.cut()
        try:
            until(lambda: taker.get("/api/v1/incidents").status_code == 503, "no refusal")
            reply = taker.get("/api/v1/incidents")
        finally:
            server.line.heal()
        problem = reply.json()
        assert reply.headers["Content-Type"] == "application/problem+json"
        assert (problem["code"], reply.headers["Retry-After"]) == ("database.away", "2")
        assert "数据库" in problem["title"]
        until(lambda: taker.get("/api/v1/incidents").status_code == 200, "it stays away")
    server.wait_until_ready()


def test_slow_line_is_slow_and_nothing_else(server: FarServer) -> None:
    writers = Writers(server, "slow", reports_each=2)
    server.line.slow(SLOW_S)
    try:
        writers.start()
        writers.finish()
    finally:
        server.line.heal()
    assert len(writers.acknowledged) == writers.total, writers.refused
    assert everything_received(server, "slow") == Counter(dict.fromkeys(writers.acknowledged, 1))
    server.wait_until_ready()


def test_server_killed_between_commit_and_reply_has_done_it(server: FarServer) -> None:
    """The reply waits in the line to the browser while the server dies: the retry finds it done."""
    front = Line(to_port(server.port))
    with server.client("dispatcher") as desk:
        body = {"channel": "PHONE", "kind": "FIRE_STRUCTURE", **PLACE}
        incident = desk.post("/api/v1/reports", json=body).json()["incident_id"]
        path, key = f"/api/v1/incidents/{incident}/moves/reprioritise", str(uuid4())
        before = len(moves_of(server, incident))
        front.hold_answers()
        asked = Asked(desk, f"http://127.0.0.1:{front.port}{path}", key)
        until(lambda: len(moves_of(server, incident)) > before, "nothing was committed")
        granian = server.processes("anlan web")[-1]
        granian.kill()
        front.close()
        asked.thread.join()
        assert asked.answers == []
        server.wait_until_ready()
        again = desk.post(path, json=Asked.BODY, headers={"Idempotency-Key": key})
        assert (again.status_code, again.headers["Idempotent-Replay"]) == (200, "true")
        assert moves_of(server, incident).count("reprioritise") == 1


class Asked:
    """One write on its way, whose answer may never come."""

    BODY = {"priority": 3, "reason": "It is smaller than it was told"}

    def __init__(self, desk: httpx.Client, url: str, key: str) -> None:
        self.answers: list[int] = []
        self._send: Callable[[], httpx.Response] = lambda: desk.post(
            url, json=self.BODY, headers={"Idempotency-Key": key}
        )
        self.thread = threading.Thread(target=self._run)
        self.thread.start()

    def _run(self) -> None:
        try:
            self.answers.append(self._send().status_code)
        except httpx.TransportError:
            return
