"""Which process is the server of a data folder: told by its command line, not by its pid."""

from itertools import pairwise
from pathlib import Path

import psutil


def recorded_pid(data: Path) -> int | None:
    """Return the pid in `postmaster.pid`; whoever has that number now may be a stranger."""
    try:
        first = (data / "postmaster.pid").read_text(encoding="utf-8").split("\n", 1)[0]
        return int(first)
    except (FileNotFoundError, ValueError):
        return None


def running_pid(data: Path) -> int | None:
    """Return the pid of the live server of `data`, or None."""
    pid = recorded_pid(data)
    return pid if pid is not None and serves(pid, data) else None


def serves(pid: int, data: Path) -> bool:
    """Say whether the process is a live PostgreSQL server of `data` (a zombie is not)."""
    try:
        command = psutil.Process(pid).cmdline()
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return False
    return ("-D", str(data)) in pairwise(command)


def clear_misleading_record(data: Path) -> None:
    """Remove a `postmaster.pid` that is cut short or has a live stranger's pid.

    PostgreSQL would refuse to start over either. The record of a dead server stays: PostgreSQL
    reads from it whether that server's children still hold the shared memory.
    """
    pid = recorded_pid(data)
    if pid is None or (psutil.pid_exists(pid) and not serves(pid, data)):
        (data / "postmaster.pid").unlink(missing_ok=True)
