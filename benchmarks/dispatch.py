"""The desk in its peak hour and at ten times that, over HTTP, on the embedded database.

The peak hour of a city with 10,000 calls a day is taken as ten times its mean: 70 calls a minute,
each taken, recommended for, sent to, driven, cleared and closed; 500 units tell 2,000 positions a
second; 50 consoles are open. Then 700 calls a minute come in while lists and figures are asked for
as fast as they are answered: intake must take every one. Who asks shares the server's cores.
"""

import json
import os
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import closing
from typing import Any

import httpx
from tests.live import CHECKOUT, LiveServer

from anlan.kernel.text_files import data_folder
from anlan.project.door import LANES
from anlan_engine.city import open_city
from benchmarks.calls import cookie_of
from benchmarks.desk_day import REFUSED, Desk, Timed
from benchmarks.installation import installation
from benchmarks.machine import Disk, processor_time
from benchmarks.places import SEED, drawn_places
from benchmarks.rows import Row, Target, milliseconds, row

UNITS, KNOWN_UNITS = 500, 40
CALLS_A_MINUTE, OVER = 70, 10
POSITIONS_A_SECOND = 2_000
CONSOLES = 50
PEAK_S, PEAK_FULL_S = 60.0, 1_800.0
"""`ANLAN_BENCH_SECONDS` sets another length."""
SIGN_INS = ("calltaker", "dispatcher", "dispatcher-2", "gateway")
FLOOD_S = 20.0
FLOODERS = 24
FLOOD_PATHS = ("cases", "items", "wall", "months")
WARM_UP_S = 5.0
LOOK_EVERY_S = 2.0
MIB = 2**20
DISK_PEER = "8 KiB written through to the same disk"
WEB, WORKER = "anlan web", "anlan worker"


def run(*, full: bool) -> list[Row]:
    """Measure the peak hour for a minute, or for half an hour, and then the flood."""
    seconds = float(os.environ.get("ANLAN_BENCH_SECONDS", PEAK_FULL_S if full else PEAK_S))
    with installation(units=UNITS - KNOWN_UNITS) as server:
        cookies = {name: cookie_of(server, name) for name in SIGN_INS}
        places = drawn_in_the_city()
        Desk(server, cookies, places).work(CALLS_A_MINUTE, WARM_UP_S, whole=True)
        rows = _peak(server, cookies, places, seconds)
        return rows + _flooded(server, cookies, places)


def drawn_in_the_city() -> list[tuple[float, float]]:
    """Return places within the bounds of the sample city, drawn from the seed."""
    city = open_city(data_folder() / "cities" / "helsinki.city")
    west, south, east, north = city.meta["bounds"]
    drawn = drawn_places(city.road_times.graph, 2_000, SEED + 3)
    every = [(float(lon), float(lat)) for lon, lat in drawn]
    return [(lon, lat) for lon, lat in every if west < lon < east and south < lat < north]


def _beside(
    server: LiveServer, cookies: dict[str, str], who: str, module: str, *arguments: float
) -> Any:
    """Start one of the benchmark's other programs on an installation."""
    command = [sys.executable, "-m", f"benchmarks.{module}", str(server.port)]
    return subprocess.Popen(
        [*command, *(str(one) for one in arguments)],
        env=server.environment()
        | {"BENCH_COOKIE": cookies[who], "BENCH_READER": cookies["dispatcher"]},
        cwd=CHECKOUT,
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip


def _peak(
    server: LiveServer, cookies: dict[str, str], places: list[tuple[float, float]], seconds: float
) -> list[Row]:
    watching = _beside(server, cookies, "dispatcher", "consoles", CONSOLES, seconds + WARM_UP_S)
    telling = _beside(server, cookies, "gateway", "positions", POSITIONS_A_SECOND, seconds)
    desk, memory = Desk(server, cookies, places), Memory(server)
    web, worker = server.processes(WEB), server.processes(WORKER)
    disk = Disk(server.home)
    with memory, disk, processor_time(web) as web_s, processor_time(worker) as worker_s:
        began = time.perf_counter()
        desk.work(CALLS_A_MINUTE, seconds, whole=True)
        elapsed_s = time.perf_counter() - began
    told, seen_ms = (json.loads(one.communicate()[0]) for one in (telling, watching))
    return [
        row("length of the peak", seconds, "s"),
        *_desk_rows(desk.timed, disk.taken_s),
        *_screen_rows(seen_ms),
        *_position_rows(told),
        row("web process, share of a core", web_s[0] / elapsed_s, "cores"),
        row("worker, share of a core", worker_s[0] / elapsed_s, "cores"),
        *memory.rows(),
    ]


def _desk_rows(timed: Timed, disk_s: list[float]) -> list[Row]:
    found = [row("calls taken in the peak", len(timed.intake_s), "calls")]
    for name, seconds, bound in (
        ("recommendation in the peak", timed.recommend_s, 50.0),
        ("write acknowledged in the peak", timed.acknowledged_s, 150.0),
    ):
        for share, target in ((50, None), (99, Target("value", bound))):
            peer = (DISK_PEER, milliseconds(disk_s, share))
            value = milliseconds(seconds, share)
            found.append(row(f"{name}, p{share}", value, "ms", peer=peer, target=target))
    found.append(row("told that another was faster", timed.statuses[REFUSED], "requests"))
    failed = sum(timed.statuses.values()) - timed.statuses[200] - timed.statuses[REFUSED]
    found.append(row("refused otherwise", failed, "requests", target=Target("value", 0)))
    return found


def _screen_rows(seen_ms: list[float]) -> list[Row]:
    seconds = [one / 1000 for one in seen_ms]
    name = f"change on its way to {CONSOLES} consoles"
    return [
        row("changes that consoles got", len(seen_ms), "changes"),
        row(f"{name}, p50", milliseconds(seconds, 50), "ms"),
        row(f"{name}, p95", milliseconds(seconds, 95), "ms", target=Target("value", 1_000.0)),
    ]


def _position_rows(told: dict[str, Any]) -> list[Row]:
    rate = Target("value", 0.98 * POSITIONS_A_SECOND, at_least=True)
    seconds = [one / 1000 for one in told["took_ms"]]
    return [
        row("positions told a second", told["a_second"], "positions/s", target=rate),
        row("positions not taken", told["refused"], "positions", target=Target("value", 0)),
        row("batch of 50 positions accepted, p99", milliseconds(seconds, 99), "ms"),
    ]


class Memory:
    """Looks at the web process and the worker every few seconds, in a thread, while it is open."""

    def __init__(self, server: LiveServer) -> None:
        self._watched = {"web process": server.processes(WEB), "worker": server.processes(WORKER)}
        self._seen: dict[str, list[float]] = {name: [] for name in self._watched}
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._look)

    def __enter__(self) -> None:
        """Begin to look."""
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        """End."""
        self._stop.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._stop.wait(LOOK_EVERY_S):
            for name, processes in self._watched.items():
                self._seen[name].append(max(one.memory_info().rss for one in processes) / MIB)

    def rows(self) -> list[Row]:
        """Compare the last quarter of the run with the second: the first warms up."""
        found = []
        for name, seen in self._seen.items():
            quarter = max(1, len(seen) // 4)
            before = seen[quarter : 2 * quarter] or seen
            early, late = (sum(part) / len(part) for part in (before, seen[-quarter:]))
            found.append(
                row(
                    f"memory of the {name}, last quarter", late, "MiB",
                    peer=("second quarter", early), target=Target("ratio", 1.05),
                )
            )  # fmt: skip
        return found


def _flooded(
    server: LiveServer, cookies: dict[str, str], places: list[tuple[float, float]]
) -> list[Row]:
    """Ten times the peak while lists and figures are asked for without a pause."""
    desk, stopped, answered = Desk(server, cookies, places), threading.Event(), Counter[int]()
    with closing(server.client("supervisor")) as signed_in:
        supervisor = dict(signed_in.cookies)
    flooders = [
        threading.Thread(target=_flood, args=[server, supervisor, number, stopped, answered])
        for number in range(FLOODERS)
    ]
    for one in flooders:
        one.start()
    began = time.perf_counter()
    desk.work(CALLS_A_MINUTE * OVER, FLOOD_S, whole=False)
    elapsed_s = time.perf_counter() - began
    stopped.set()
    for one in flooders:
        one.join()
    refused = sum(desk.timed.statuses.values()) - desk.timed.statuses[200]
    first = LANES[0].name
    taken = 60 * len(desk.timed.intake_s) / elapsed_s
    return [
        row("calls taken a minute at ten times the peak", taken, "calls/min"),
        row(f"requests of the lane {first} refused", refused, "requests",
            target=Target("value", 0)),
        row("report acknowledged in the flood, p50", milliseconds(desk.timed.intake_s, 50), "ms"),
        row("report acknowledged in the flood, p99", milliseconds(desk.timed.intake_s, 99), "ms"),
        row("lists and figures answered in the flood", answered[200], "requests"),
        row("lists and figures turned away", answered[503], "requests"),
        row("lists and figures answered otherwise",
            answered.total() - answered[200] - answered[503], "requests",
            target=Target("value", 0)),
    ]  # fmt: skip


def _flood(
    server: LiveServer, cookies: dict[str, str], number: int, stopped: threading.Event,
    answered: Counter[int],
) -> None:  # fmt: skip
    """Ask again as soon as there is an answer; who is turned away does not wait as it is told."""
    path = f"/api/v1/{FLOOD_PATHS[number % len(FLOOD_PATHS)]}"
    with httpx.Client(base_url=server.url, cookies=cookies, timeout=60) as client:
        while not stopped.is_set():
            answered[client.get(path).status_code] += 1
