"""The machine on which something was measured, and the processor time that was spent on it.

The machine's name is left out on purpose.
"""

import os
import platform
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psutil

from anlan.kernel.postgres.programs import package_folder

INSTALLATION = "pginstall18"
STEPS, TRIES = 100_000, 5


def describe() -> dict[str, Any]:
    """Return cores, memory, versions, how busy the machine was and how fast, when it was asked."""
    return {
        "cores": len(os.sched_getaffinity(0)),
        "memory_gib": round(psutil.virtual_memory().total / 2**30, 1),
        "architecture": platform.machine(),
        "kernel": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "postgres": _postgres(),
        "load_1_min": round(os.getloadavg()[0], 2),
        "python_steps_ms": round(min(_steps_ms() for _ in range(TRIES)), 2),
    }


def _steps_ms() -> float:
    """Return how long `STEPS` steps of plain Python take now: a busy machine is a slow one."""
    began, total = time.perf_counter(), 0
    for step in range(STEPS):
        total += step
    return 1000 * (time.perf_counter() - began)


def _postgres() -> str:
    program = package_folder() / INSTALLATION / "bin" / "postgres"
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=True)
    return said.stdout.strip().rpartition(" ")[2]


@contextmanager
def processor_time(processes: Sequence[psutil.Process]) -> Iterator[list[float]]:
    """Give a list that will hold the processor seconds that these processes used meanwhile.

    It hardly depends on what else runs on the machine, as rates and latencies do.
    """
    used: list[float] = []
    before = _processor_s(processes)
    yield used
    used.append(_processor_s(processes) - before)


def _processor_s(processes: Sequence[psutil.Process]) -> float:
    times = [process.cpu_times() for process in processes]
    return float(sum(time.user + time.system for time in times))
