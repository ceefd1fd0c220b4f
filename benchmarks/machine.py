"""The machine on which something was measured, and the processor time that was spent on it.

The machine's name is left out on purpose.
"""

import os
import platform
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

import psutil

from anlan.kernel.postgres.programs import package_folder

INSTALLATION = "pginstall18"
STEPS, TRIES = 100_000, 5
DISK_PAGE_BYTES, DISK_PAUSE_S = 8_192, 0.05


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


class Disk:
    """Writes 8 KiB through to the disk of a folder, again and again, while it is open.

    What every acknowledged write waits for at least, measured beside it: a disk that is shared
    answers within milliseconds most of the time, and within tenths of a second at the worst.
    """

    def __init__(self, folder: Path) -> None:
        self.taken_s: list[float] = []
        self._path = folder / "written-through"
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._write)

    def __enter__(self) -> Self:
        """Begin to write."""
        self._path.write_bytes(bytes(DISK_PAGE_BYTES))
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """End, and take the file away."""
        self._stop.set()
        self._thread.join()
        self._path.unlink()

    def _write(self) -> None:
        with self._path.open("r+b", buffering=0) as file:
            while not self._stop.wait(DISK_PAUSE_S):
                began = time.perf_counter()
                file.seek(0)
                file.write(bytes(DISK_PAGE_BYTES))
                os.fdatasync(file.fileno())
                self.taken_s.append(time.perf_counter() - began)


def _processor_s(processes: Sequence[psutil.Process]) -> float:
    times = [process.cpu_times() for process in processes]
    return float(sum(time.user + time.system for time in times))
