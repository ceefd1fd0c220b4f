"""Memory of each process of an installation: idle, and after a few thousand writes."""

import subprocess
import sys
from collections.abc import Callable

import psutil
from tests.live import LiveServer

from benchmarks.calls import Caller, cookie_of, load
from benchmarks.installation import installation
from benchmarks.reports import CALL
from benchmarks.rows import Row, Target, row

MIB = 2**20
LOADED_S, LOADED_S_FULL = 8.0, 120.0
CLIENTS = 16
IMPORTS = "import django, ninja, numba, numpy, psycopg, shapely, h3"
PEER = "a Python with the same libraries imported"
WEB, WORKER = "anlan web", "anlan worker"


def run(*, full: bool) -> list[Row]:
    """Measure resident memory; of PostgreSQL the share of each page that is its own (PSS)."""
    bare = _bare_python()
    with installation() as server:
        rows = _rows(server, "idle", bare)
        cookie = cookie_of(server, "calltaker")

        def prepare() -> Callable[[], None]:
            caller = Caller(server, cookie)
            return lambda: caller.post("reports", CALL)

        done = load(CLIENTS, LOADED_S_FULL if full else LOADED_S, prepare)
        rows += _rows(server, "after load", bare)
    return [*rows, row("reports written meanwhile", len(done.seconds), "reports")]


def _rows(server: LiveServer, when: str, bare: float) -> list[Row]:
    web = max(_resident(process) for process in server.processes(WEB))
    worker = max(_resident(process) for process in server.processes(WORKER))
    beside = (PEER, bare)
    return [
        row(f"web process, {when}", web, "MiB", peer=beside, target=Target("value", 400.0)),
        row(f"worker, {when}", worker, "MiB", peer=beside),
        row(f"PostgreSQL, {when}", _postgres(server), "MiB"),
    ]


def _resident(process: psutil.Process) -> float:
    return float(process.memory_info().rss / MIB)


def _postgres(server: LiveServer) -> float:
    first = int((server.home / "pgdata" / "postmaster.pid").read_text().split()[0])
    postmaster = psutil.Process(first)
    family = [postmaster, *postmaster.children(recursive=True)]
    return float(sum(process.memory_full_info().pss for process in family) / MIB)


def _bare_python() -> float:
    program = f"{IMPORTS}; import psutil; print(psutil.Process().memory_info().rss)"
    said = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return int(said.stdout) / MIB
