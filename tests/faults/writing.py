"""Sixteen clients that report without a pause, and know which reports were acknowledged."""

import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from uuid import uuid4

import httpx
import psycopg

from tests.faults.rows import Row
from tests.journeys.clients import PLACE
from tests.live import ANSWER_LIMIT_S

CLIENTS = 16
PAUSE_S = 0.05
RETRY_S = 0.1
GIVE_UP_S = 60.0
COUNT = """
    SELECT place_text, count(*) FROM intake_report WHERE starts_with(place_text, %s) GROUP BY 1
"""


@dataclass
class Told:
    """What the writers were answered: of each report, when it was sent last and acknowledged."""

    acknowledged: dict[str, tuple[float, float]] = field(default_factory=dict)
    statuses: Counter[str] = field(default_factory=Counter)
    keys: dict[str, str] = field(default_factory=dict)


class Writers:
    """Clients; each sends a report with one key until it is acknowledged, then the next.

    With `forgetful` each try has another key: what a client must not do.
    """

    def __init__(self, session: httpx.Client, name: str, *, forgetful: bool = False) -> None:
        self.name = f"{name} {uuid4().hex[:8]}"
        self.told = Told()
        self._forgetful = forgetful
        self._session = session
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._run, args=[n]) for n in range(CLIENTS)]
        for thread in self._threads:
            thread.start()

    def __enter__(self) -> "Writers":
        """Return the writers, who write already."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let each of them have its last report acknowledged, or give up."""
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def served_after(self, when: float) -> float | None:
        """Return when the first report that was sent after `when` was acknowledged."""
        ends = [end for begun, end in list(self.told.acknowledged.values()) if begun > when]
        return min(ends, default=None)

    def wait_for(self, count: int) -> None:
        """Return when so many are acknowledged; fail when that never happens."""
        deadline = time.monotonic() + GIVE_UP_S
        while len(self.told.acknowledged) < count:
            assert time.monotonic() < deadline, self.told.statuses
            time.sleep(RETRY_S)

    def wait_for_refusal(self) -> None:
        """Return when one more report was not taken; fail when that never happens."""
        before, deadline = self.told.statuses.total(), time.monotonic() + GIVE_UP_S
        while self.told.statuses.total() == before:
            assert time.monotonic() < deadline, "nothing was refused"
            time.sleep(PAUSE_S)

    def wait_until_served(self, when: float) -> float:
        """Return how long after `when` somebody was served."""
        deadline = time.monotonic() + GIVE_UP_S
        while (served := self.served_after(when)) is None:
            assert time.monotonic() < deadline, self.told.statuses
            time.sleep(PAUSE_S)
        return served - when

    def longest_gap(self) -> float:
        """Return the longest that nobody was told that a report was taken, in seconds."""
        ends = sorted(end for _, end in list(self.told.acknowledged.values()))
        return max((later - end for end, later in pairwise(ends)), default=0.0)

    def _run(self, number: int) -> None:
        turn, ends = 0, float("inf")
        while not self._stop.is_set():
            place, key = f"{self.name} {number} {turn}", uuid4()
            while not self._acknowledged(place, str(uuid4() if self._forgetful else key)):
                if self._stop.is_set():
                    ends = min(ends, time.monotonic() + GIVE_UP_S)
                if time.monotonic() > ends:
                    return
                time.sleep(RETRY_S)
            turn += 1
            time.sleep(PAUSE_S)

    def _acknowledged(self, place: str, key: str) -> bool:
        begun = time.monotonic()
        try:
            reply = report(self._session, place, key)
        except httpx.TransportError as error:
            self.told.statuses[type(error).__name__] += 1
            return False
        if reply.status_code == 201:
            self.told.acknowledged[place] = (begun, time.monotonic())
            self.told.keys[place] = key
            return True
        self.told.statuses[_code(reply)] += 1
        return False


def report(session: httpx.Client, place: str, key: str) -> httpx.Response:
    """Send one report under a key."""
    body = {"channel": "PHONE", "kind": "FIRE_STRUCTURE", "place_text": place, **PLACE}
    return session.post("/api/v1/reports", json=body, headers={"Idempotency-Key": key})


def _code(reply: httpx.Response) -> str:
    try:
        return str(reply.json()["code"])
    except (ValueError, KeyError):
        return str(reply.status_code)


def stored(conninfo: str, name: str) -> Counter[str]:
    """Return how often each report of these writers stands in the database."""
    with psycopg.connect(conninfo) as connection:
        return Counter(dict(connection.execute(COUNT, [name]).fetchall()))


def at_address(session: httpx.Client, address: str) -> httpx.Client:
    """Return the same session at another address."""
    return httpx.Client(base_url=address, cookies=session.cookies, timeout=ANSWER_LIMIT_S)


def row_of(
    writers: Writers, conninfo: str, *, faults: int, back_s: float | None, control: bool = False
) -> Row:
    """Compare what was acknowledged with what stands in the database."""
    found = stored(conninfo, writers.name)
    lost = [place for place in writers.told.acknowledged if place not in found]
    return Row(
        name=writers.name.rsplit(" ", 1)[0],
        control=control,
        faults=faults,
        acknowledged=len(writers.told.acknowledged),
        acknowledged_lost=len(lost),
        doubled=sum(count - 1 for count in found.values()),
        unknown=writers.told.statuses["outcome.unknown"],
        back_s=None if back_s is None else round(back_s, 2),
    )
