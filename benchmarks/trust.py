"""What the audit log costs: the same writes with its triggers and without, in turn.

Then what the field policy costs a page: its decisions, beside the whole of the page.

The sealer runs all the time: what it has to seal, and so what it takes of the processors, is made
in the rounds with triggers. Before each round what waits is sealed: no round pays for another.
"""

import subprocess
import sys
import time
import timeit
from collections.abc import Callable
from contextlib import closing
from itertools import cycle

import numpy as np
import psycopg
from psycopg import sql
from tests.live import CHECKOUT, LiveServer

from anlan.audit.checking import covered_tables
from anlan.kernel.policies import fields_for
from anlan.kernel.postgres.home import Home
from anlan.kernel.postgres.secret import OWNER
from anlan.kernel.postgres.where import embedded
from benchmarks.calls import Caller, cookie_of, load
from benchmarks.dispatch import drawn_in_the_city
from benchmarks.installation import installation
from benchmarks.interleaved import bootstrap
from benchmarks.machine import processor_time
from benchmarks.reports import CALL
from benchmarks.rows import Row, Target, row

CLIENTS = 8
ROUND_S = 6.0  # a little more than the sealer's pause: each round has its share of sealing
ROUNDS, ROUNDS_FULL = 4, 20
WARM_UP_S = 3.0
DRAINED_LIMIT_S = 120.0
PAGES, PAGE_CASES, PAGE_FIELDS = 40, 50, 2
"""A page of cases has two protected fields a row."""
DECISIONS = 20_000
TARGET = Target("ratio", 0.85, at_least=True)
PEER = "the same without the log's triggers"
CASE = {"item_code": "0103", "text": "Slabs"}


def run(*, full: bool) -> list[Row]:
    """Measure reports taken and cases filed by 8 clients, and the fields of a page."""
    rows = []
    with installation() as server:
        _draw_key(server)
        owner = psycopg.connect(embedded(Home(server.home), OWNER).conninfo(), autocommit=True)
        for name, prepare in (("reports taken", _report), ("cases filed", _case)):
            work = prepare(server)
            load(CLIENTS, WARM_UP_S, work)
            rows.append(_compared(name, owner, work, ROUNDS_FULL if full else ROUNDS))
        owner.close()
        rows.append(_field_policy(server))
    return rows


def _field_policy(server: LiveServer) -> Row:
    """Compare the decisions that a page of cases takes with all the page takes."""
    decided_s = timeit.timeit(lambda: fields_for("SUPERVISOR", "CASEWORK"), number=DECISIONS)
    web = server.processes("anlan web")
    with closing(server.client("supervisor")) as client, processor_time(web) as spent:
        for _ in range(PAGES):
            client.get(f"/api/v1/cases?limit={PAGE_CASES}").raise_for_status()
    return row(
        f"field policy of a page of {PAGE_CASES} cases",
        1000 * decided_s / DECISIONS * PAGE_CASES * PAGE_FIELDS, "ms",
        peer=("processor time of the page", 1000 * spent[0] / PAGES), target=Target("ratio", 0.15),
    )  # fmt: skip


def _compared(
    name: str, owner: psycopg.Connection, work: Callable[[], Callable[[], None]], rounds: int
) -> Row:
    rates: dict[bool, list[float]] = {True: [], False: []}
    for number in range(rounds):
        for told in (number % 2 == 0, number % 2 != 0):
            _switch(owner, told)
            rates[told].append(load(CLIENTS, ROUND_S, work).per_second)
    with_log, without = np.array(rates[True]), np.array(rates[False])
    return row(
        f"{name}, {CLIENTS} clients", float(np.median(with_log)), "1/s",
        peer=(PEER, float(np.median(without))), target=TARGET,
        interval=bootstrap(with_log / without),
    )  # fmt: skip


def _switch(owner: psycopg.Connection, told: bool) -> None:  # noqa: FBT001
    """Let writes leave leaves, or not, once nothing waits any more."""
    ends = time.monotonic() + DRAINED_LIMIT_S
    while _waiting(owner) and time.monotonic() < ends:
        time.sleep(0.2)
    verb = "ENABLE" if told else "DISABLE"
    for table in covered_tables(owner):
        statement = sql.SQL(f"ALTER TABLE {{}} {verb} TRIGGER audit_leaf")
        owner.execute(statement.format(sql.Identifier(table)))


def _waiting(owner: psycopg.Connection) -> bool:
    found = owner.execute("SELECT EXISTS (SELECT FROM audit_leaf)").fetchone()
    return bool(found and found[0])


def _draw_key(server: LiveServer) -> None:
    command = [sys.executable, "-P", "-m", "anlan.project.cli", "audit", "key", "bench.example/log"]
    subprocess.run(
        command, env=server.environment(), cwd=CHECKOUT, check=True, stdout=subprocess.DEVNULL
    )


def _report(server: LiveServer) -> Callable[[], Callable[[], None]]:
    cookie = cookie_of(server, "calltaker")

    def prepare() -> Callable[[], None]:
        caller = Caller(server, cookie)
        return lambda: caller.post("reports", CALL)

    return prepare


def _case(server: LiveServer) -> Callable[[], Callable[[], None]]:
    cookie, places = cookie_of(server, "calltaker"), cycle(drawn_in_the_city())

    def prepare() -> Callable[[], None]:
        caller = Caller(server, cookie)

        def file_case() -> None:
            lon, lat = next(places)
            caller.post("cases", CASE | {"lon": lon, "lat": lat})

        return file_case

    return prepare
