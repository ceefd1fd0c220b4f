"""Calls that come at their times and are worked on to the end, each step timed: an open load.

A call waits for nobody: where the server is slow, more of them are on their way, as at a real desk.
"""

import threading
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import Any

import numpy as np
from tests.live import LiveServer

from benchmarks.calls import Caller, RefusedCallError
from benchmarks.places import SEED

HANDS = 48
KINDS = ("FIRE_STRUCTURE", "MEDICAL_FALL", "MEDICAL_CHEST_BREATH")
WAY: tuple[tuple[str, dict[str, str]], ...] = (
    ("en_route", {}), ("on_scene", {}), ("clear", {"outcome": "Done."}),
)  # fmt: skip
REFUSED = 409
SENT_LIMIT_UNITS = 2
PAUSE_S = (1.0, 5.0)
"""How long somebody takes between two steps: people are slower than this, and crews are minutes."""


@dataclass
class Timed:
    """Seconds of each request by its sort, and how often one was refused with which status."""

    intake_s: list[float] = field(default_factory=list)
    recommend_s: list[float] = field(default_factory=list)
    write_s: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)

    @property
    def acknowledged_s(self) -> list[float]:
        """Seconds of every write: intake, sending, moves."""
        return self.intake_s + self.write_s


class Desk:
    """A call-taker, one who sends and closes, and one who moves the units along."""

    def __init__(
        self, server: LiveServer, cookies: dict[str, str], places: Sequence[tuple[float, float]]
    ) -> None:
        self.timed = Timed()
        self._places = places
        self._callers: dict[str, SimpleQueue[Caller]] = {}
        for name, cookie in cookies.items():
            self._callers[name] = SimpleQueue()
            for _ in range(HANDS):
                self._callers[name].put(Caller(server, cookie))
        self._lock = threading.Lock()

    def work(self, a_minute: float, seconds: float, *, whole: bool) -> None:
        """Let calls come for so long; each is worked on to the end where `whole`, else taken."""
        draw = np.random.default_rng(SEED + 7)
        count = int(a_minute * seconds / 60)
        times = np.sort(draw.uniform(0, seconds, count)).tolist()
        began = time.perf_counter()
        with ThreadPoolExecutor(HANDS) as hands:
            calls = []
            for number, due_s in enumerate(times):
                time.sleep(max(0.0, began + due_s - time.perf_counter()))
                calls.append(hands.submit(self._call, number, began + due_s, whole=whole))
        for call in calls:
            call.result()  # an error of the benchmark itself is raised here

    def _call(self, number: int, due: float, *, whole: bool) -> None:
        lon, lat = self._places[number % len(self._places)]
        kind = KINDS[number % len(KINDS)]
        body = {"channel": "PHONE", "kind": kind, "lon": lon, "lat": lat}
        taken = self._post("calltaker", "reports", body, self.timed.intake_s, due)
        if taken is None or not whole:
            return
        pauses = np.random.default_rng((SEED, number))
        incident = f"incidents/{taken['incident_id']}"
        _pause(pauses)
        advice = self._post("dispatcher", f"{incident}/recommendations", {}, self.timed.recommend_s)
        units = [p["unit_id"] for p in advice["requirements"] if p["unit_id"]] if advice else []
        if not units:
            return
        _pause(pauses)
        sending = {"unit_ids": units[:SENT_LIMIT_UNITS]}
        sent = self._write("dispatcher", f"{incident}/assignments", sending)
        for assignment in sent or []:
            for move, facts in WAY:
                _pause(pauses)
                self._write("dispatcher-2", f"assignments/{assignment['id']}/moves/{move}", facts)
        if sent:  # by somebody else than who said that it is done
            _pause(pauses)
            closing = {"disposition": "RESOLVED"}
            self._write("dispatcher", f"{incident}/moves/close", closing)

    def _write(self, who: str, path: str, body: Any) -> Any:
        return self._post(who, path, body, self.timed.write_s)

    def _post(
        self, who: str, path: str, body: Any, into: list[float], since: float | None = None
    ) -> Any:
        """Return the answer, None where it was refused; the time counts from when it was due."""
        caller = self._callers[who].get()
        began = time.perf_counter() if since is None else since
        try:
            answer = caller.post(path, body)
        except RefusedCallError as refused:
            with self._lock:
                self.timed.statuses[refused.args[1]] += 1
            return None
        finally:
            self._callers[who].put(caller)
        with self._lock:
            into.append(time.perf_counter() - began)
            self.timed.statuses[200] += 1
        return answer


def _pause(drawn: np.random.Generator) -> None:
    """Wait as long as somebody takes before the next step."""
    time.sleep(drawn.uniform(*PAUSE_S))
