"""Calls over kept connections with as little client as possible: both share the same cores."""

import http.client
import json
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from tests.live import LiveServer

ANSWER_LIMIT_S = 60.0


class RefusedCallError(RuntimeError):
    """A call that a benchmark makes was not accepted: path, status, begin of the answer."""


class Caller:
    """One kept connection of somebody who is signed in."""

    def __init__(self, server: LiveServer, cookie: str) -> None:
        self._connection = http.client.HTTPConnection(
            "127.0.0.1", server.port, timeout=ANSWER_LIMIT_S
        )
        self._headers = {"Content-Type": "application/json", "Cookie": cookie}

    def post(self, path: str, body: Any) -> Any:
        """POST JSON with a fresh key; return the answer's content, which must be a good one."""
        headers = self._headers | {"Idempotency-Key": str(uuid4())}
        try:
            status, content = self._sent(path, json.dumps(body), headers)
        except ConnectionError:  # the server ends connections that were idle for half a minute
            self._connection.close()
            status, content = self._sent(path, json.dumps(body), headers)
        if status not in {200, 201}:
            raise RefusedCallError(path, status, content[:300])
        return json.loads(content)

    def _sent(self, path: str, body: str, headers: dict[str, str]) -> tuple[int, bytes]:
        self._connection.request("POST", f"/api/v1/{path}", body, headers)
        reply = self._connection.getresponse()
        return reply.status, reply.read()

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


def cookie_of(server: LiveServer, username: str) -> str:
    """Sign in; return the Cookie header."""
    with closing(server.client(username)) as client:
        return "; ".join(f"{name}={value}" for name, value in client.cookies.items())


def timed(works: Sequence[Callable[[], object]]) -> list[float]:
    """Return how many seconds each work takes, one after another; the first is done once more."""
    works[0]()
    seconds = []
    for work in works:
        began = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - began)
    return seconds


@dataclass
class Load:
    """What many callers did at once: how long each call took, and how long all of it."""

    seconds: list[float] = field(default_factory=list)
    elapsed_s: float = 0.0

    @property
    def per_second(self) -> float:
        """Calls done a second."""
        return len(self.seconds) / self.elapsed_s


def load(workers: int, duration_s: float, prepare: Callable[[], Callable[[], None]]) -> Load:
    """Let `workers` threads call for `duration_s`; `prepare` makes each its own call."""
    done, calls = Load(), [prepare() for _ in range(workers)]
    ready = threading.Barrier(workers + 1)
    errors: list[BaseException] = []

    def work(call: Callable[[], None]) -> None:
        taken: list[float] = []
        ready.wait()
        ends = time.perf_counter() + duration_s
        try:
            while (began := time.perf_counter()) < ends:
                call()
                taken.append(time.perf_counter() - began)
        except BaseException as error:
            errors.append(error)
        done.seconds.extend(taken)

    threads = [threading.Thread(target=work, args=[call]) for call in calls]
    for thread in threads:
        thread.start()
    ready.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    done.elapsed_s = time.perf_counter() - began
    if errors:
        raise errors[0]
    return done
