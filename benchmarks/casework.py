"""A province's day: cases filed at ten times the mean, lists over all there are, and the night.

110,000 officers and 550,000 cases a day come to 64 a second in the peak, each sent where the
routing table says, and acknowledged when that is committed. Then the database is filled with closed
cases, and at each size lists and maps are read as a desk reads them, a routing table is tried on
the latest, and the nightly evaluation is counted: all in one month, more than any has.
"""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from queue import SimpleQueue

import httpx
import psycopg
from tests.live import CHECKOUT, LiveServer

from anlan.kernel.postgres.home import Home
from anlan.kernel.postgres.secret import ADMINISTRATOR
from anlan.kernel.postgres.where import embedded
from benchmarks.calls import Caller, RefusedCallError, cookie_of
from benchmarks.dispatch import drawn_in_the_city
from benchmarks.installation import installation
from benchmarks.past_cases import fill
from benchmarks.rows import Row, Target, milliseconds, row

CASES_A_SECOND = 64
PEAK_S, PEAK_FULL_S = 60.0, 900.0
"""`ANLAN_BENCH_SECONDS` sets another length."""
WARM_UP_CASES = 200
HANDS = 48
SIZES, SIZES_FULL = (100_000, 1_000_000), (100_000, 1_000_000, 10_000_000)
LOOKS = 60
COUNT_LIMIT_S = 600
MARK = "Measured: a slab is loose."
ITEM = "0103"
TABLES = "/api/v1/routing-tables"
PAGES = {
    "cases newest": "api/v1/cases?limit=50",
    "cases of one state": "api/v1/cases?limit=50&state=ASSIGNED",
    "cases closed": "api/v1/cases?limit=50&state=CLOSED",
    "cases past their promise": "api/v1/cases?limit=50&only=late",
    "cases of one organisation": "api/v1/cases?limit=50&organisation_id={works}",
    "cases far back": "api/v1/cases?limit=50&after={far}",
    "map of the city": "api/v1/cases-on-map?west=24.92&south=60.15&east=24.97&north=60.19",
    "map of a few streets": "api/v1/cases-on-map?west=24.94&south=60.165&east=24.945&north=60.168",
    "public map": "matters",
}


def run(*, full: bool) -> list[Row]:
    """Measure the peak for a minute, or a quarter of an hour; then two sizes, or three."""
    seconds = float(os.environ.get("ANLAN_BENCH_SECONDS", PEAK_FULL_S if full else PEAK_S))
    with installation() as server:
        _route(server)
        rows = _peak(server, seconds)
        sizes, before = SIZES_FULL if full else SIZES, 0
        for night, size in enumerate(sizes, 1):
            began = time.perf_counter()
            fill(server, before, size, sizes[-1])
            took = time.perf_counter() - began
            rows.append(row(f"cases written before, {size:,}", (size - before) / took, "cases/s"))
            rows += _pages(server, size)
            rows.append(_replay(server, size))
            rows.append(_night(server, size, night))
            before = size
    return rows


def _route(server: LiveServer) -> None:
    """Publish a routing table, as a city that runs has one: each case is sent to a department."""
    with closing(server.client("admin")) as writer, closing(server.client("supervisor")) as other:
        table = writer.post(TABLES, json={}).raise_for_status().json()
        content = {name: table[name] for name in ("revision", "valid_from", "rows")}
        written = writer.put(f"{TABLES}/{table['id']}", json=content | {"title": "Measured"})
        table = written.raise_for_status().json()
        for client, move in ((writer, "propose"), (other, "publish")):
            body = {"revision": table["revision"]}
            moved = client.post(f"{TABLES}/{table['id']}/moves/{move}", json=body)
            table = moved.raise_for_status().json()


def _peak(server: LiveServer, seconds: float) -> list[Row]:
    """File cases at their times, whether the server is slow or not."""
    places, cookie = drawn_in_the_city(), cookie_of(server, "calltaker")
    callers: SimpleQueue[Caller] = SimpleQueue()
    for _ in range(HANDS):
        callers.put(Caller(server, cookie))
    taken_s: list[float] = []
    refused: list[int] = []

    def file(number: int, due: float) -> None:
        lon, lat = places[number % len(places)]
        caller = callers.get()
        try:
            caller.post("cases", {"item_code": ITEM, "lon": lon, "lat": lat, "text": MARK})
            taken_s.append(time.perf_counter() - due)
        except RefusedCallError as error:
            refused.append(error.args[1])
        finally:
            callers.put(caller)

    for number in range(WARM_UP_CASES):
        file(number, time.perf_counter())
    taken_s.clear()
    began, count = time.perf_counter(), int(CASES_A_SECOND * seconds)
    with ThreadPoolExecutor(HANDS) as hands:
        for number in range(count):
            due = began + number / CASES_A_SECOND
            time.sleep(max(0.0, due - time.perf_counter()))
            hands.submit(file, number, due)
    elapsed = time.perf_counter() - began
    kept = _one(server, "SELECT count(*) FROM casework_case WHERE text = %s", MARK)
    lost = len(taken_s) + WARM_UP_CASES - int(kept)
    rate = Target("value", 0.98 * CASES_A_SECOND, at_least=True)
    return [
        row("length of the peak", seconds, "s"),
        row("cases acknowledged a second", len(taken_s) / elapsed, "cases/s", target=rate),
        row("case acknowledged, p50", milliseconds(taken_s, 50), "ms"),
        row("case acknowledged, p99", milliseconds(taken_s, 99), "ms", target=Target("value", 200)),
        row("cases refused", len(refused), "cases", target=Target("value", 0)),
        row("acknowledged cases that are not there", abs(lost), "cases", target=Target("value", 0)),
    ]


def _pages(server: LiveServer, size: int) -> list[Row]:
    """Read each page as a desk of the whole city does."""
    far = _one(server, "SELECT id FROM casework_case WHERE number = %s", f"B-{size // 3}")
    works = _one(server, "SELECT id FROM orgs_organisation WHERE code = %s", "MUNICIPAL_WORKS")
    found = []
    with closing(server.client("supervisor")) as client:
        for name, query in PAGES.items():
            address = f"/{query.format(far=far, works=works)}"
            taken_s = [_look(client, address) for _ in range(LOOKS)]
            target = Target("value", 300)
            found.append(
                row(f"{name}, of {size:,}, p95", milliseconds(taken_s, 95), "ms", target=target)
            )
    return found


def _replay(server: LiveServer, size: int) -> Row:
    """Try a draft on the latest 10,000 cases, page by page as the editor does."""
    looked_at, page = 0, 1
    after: dict[str, str] = {}
    with closing(server.client("admin")) as client:
        draft = client.post(TABLES, json={}).raise_for_status().json()["id"]
        began = time.perf_counter()
        while page:
            query = {"page": page} | after
            asked = client.get(f"{TABLES}/{draft}/replay", params=query).raise_for_status().json()
            looked_at += asked["looked_at"]
            after = {"after": asked["next"]}
            page = page + 1 if asked["next"] else 0
    seconds = time.perf_counter() - began
    return row(f"cases replayed, of {size:,}", looked_at / seconds, "cases/s")


def _look(client: httpx.Client, address: str) -> float:
    began = time.perf_counter()
    client.get(address).raise_for_status()
    return time.perf_counter() - began


def _night(server: LiveServer, size: int, night: int) -> Row:
    """Count the evaluation over all cases, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.evaluate_once", str(night)],
        env=server.environment(), cwd=CHECKOUT, check=True, timeout=COUNT_LIMIT_S,
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    seconds = float(done.stdout.split()[-1])
    return row(f"nightly evaluation of {size:,}", seconds, "s", target=Target("value", 60))


def _one(server: LiveServer, query: str, value: str) -> str:
    """Return one value, whatever the scope."""
    where = embedded(Home(server.home), ADMINISTRATOR).conninfo()
    with psycopg.connect(where) as connection:
        found = connection.execute(query.encode(), [value]).fetchone()
    if found is None:
        reason = "an installation without what is measured"
        raise RuntimeError(reason)
    return str(found[0])
