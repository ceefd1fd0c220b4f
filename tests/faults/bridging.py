"""A round in which the bridge to a broker is killed while units tell where they are."""

import os
import signal
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

import psycopg

from tests.broker import Broker, position, tell
from tests.faults.rows import Row
from tests.journeys.clients import until
from tests.journeys.parts import worker
from tests.live import LiveServer

TOLD_EVERY_S = 0.25
STEP_DEGREES = 1e-5
LATEST_LIMIT_S = 60.0
START = (24.94, 60.17)
NEWEST = "SELECT call_sign, lon FROM orgs_unit WHERE call_sign = ANY (%s) ORDER BY call_sign"
SINCE = "SELECT min(positioned_at) FROM orgs_unit WHERE call_sign = ANY (%s)"


class NearServer(LiveServer):
    """An installation with the embedded database and a broker's bridge in its worker."""

    def __init__(self) -> None:
        super().__init__()
        (self.folder / "broker").mkdir()
        self.broker = Broker(self.folder / "broker")

    def environment(self) -> dict[str, str]:
        """Return the environment in which a command acts on this installation."""
        return super().environment() | {"ANLAN_MQTT": self.broker.address}


class Telling:
    """Units that tell the broker where they are, all a step further each time, while it is open."""

    def __init__(self, broker: Broker, call_signs: list[str]) -> None:
        self.call_signs = call_signs
        self.told: dict[str, float] = {}
        """The last place of each unit that the broker has acknowledged."""
        self._broker = broker
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._tell)

    def __enter__(self) -> Self:
        """Begin to tell."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """End after the last place was acknowledged."""
        self._stop.set()
        self._thread.join()

    def _tell(self) -> None:
        client, lon = self._broker.client(), START[0]
        while not self._stop.wait(TOLD_EVERY_S):
            lon = round(lon + STEP_DEGREES, 5)
            for call_sign in self.call_signs:
                tell(client, call_sign, position(lon, START[1], datetime.now(UTC)))
                self.told[call_sign] = lon
        client.disconnect()
        client.loop_stop()


def bridge_killed(near: NearServer, conninfo: str, *, times: int) -> Row:
    """Kill the worker with the bridge in it; every unit ends where it told last that it was.

    A position replaces the one before, so what is held against it is the last of each unit: what
    was told while the bridge was away, and what the bridge had heard and not written when it died.
    """
    call_signs, back_s = _units(conninfo), 0.0
    with Telling(near.broker, call_signs) as telling:
        _wait_for(conninfo, call_signs, datetime.now(UTC))
        for _ in range(times):
            killed = worker(near)
            os.kill(killed.pid, signal.SIGKILL)
            began, at = time.monotonic(), datetime.now(UTC)
            _wait_for(conninfo, call_signs, at)
            back_s = max(back_s, time.monotonic() - began)
    _patiently(lambda: not _behind(conninfo, telling.told))
    return Row(
        name="bridge killed",
        control=False,
        faults=times,
        acknowledged=len(telling.told),
        acknowledged_lost=len(_behind(conninfo, telling.told)),
        doubled=0,
        unknown=0,
        back_s=back_s,
    )


def without_broker(program: Path) -> Row:
    """Return the row of a machine that has no broker."""
    reason = f"{program} is missing (Debian: mosquitto)"
    return Row("bridge killed", False, 0, 0, 0, 0, 0, None, skipped=reason)


def _units(conninfo: str) -> list[str]:
    with psycopg.connect(conninfo) as connection:
        return [
            name for (name,) in connection.execute("SELECT call_sign FROM orgs_unit ORDER BY 1")
        ]


def _wait_for(conninfo: str, call_signs: list[str], since: datetime) -> None:
    def all_since() -> bool:
        with psycopg.connect(conninfo) as connection:
            found = connection.execute(SINCE, [call_signs]).fetchone()
        return bool(found and found[0] and found[0] > since)

    until(all_since, "no position comes through the bridge")


def _behind(conninfo: str, told: dict[str, float]) -> list[str]:
    """Return the units that do not stand where they told last."""
    with psycopg.connect(conninfo) as connection:
        stand: dict[str, float] = dict(connection.execute(NEWEST, [sorted(told)]).fetchall())
    return [name for name, lon in told.items() if stand.get(name) != lon]


def _patiently(enough: Callable[[], bool]) -> None:
    """Wait until it is enough, at most `LATEST_LIMIT_S`: the row then counts what is behind."""
    ends = time.monotonic() + LATEST_LIMIT_S
    while not enough() and time.monotonic() < ends:
        time.sleep(TOLD_EVERY_S)
