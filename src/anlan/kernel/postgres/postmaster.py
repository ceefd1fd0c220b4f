"""Which process is the server of a data folder: told by its command line, not by its pid."""

from itertools import pairwise
from pathlib import Path

import psutil

RECORD = "postmaster.pid"


def recorded_pid(record: Path) -> int | None:
    """Return the pid in a lock file of PostgreSQL; whoever has it now may be a stranger."""
    try:
        return int(record.read_text(encoding="utf-8").split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return None


def running_pid(data: Path) -> int | None:
    """Return the pid of the live server of `data`, or None."""
    pid = recorded_pid(data / RECORD)
    return pid if pid is not None and serves(pid, data) else None


def serves(pid: int, data: Path) -> bool:
    """Say whether the process is a live PostgreSQL server of `data` (a zombie is not)."""
    try:
        command = psutil.Process(pid).cmdline()
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return False
    return ("-D", str(data)) in pairwise(command)


def clear_misleading_records(data: Path, socket_folder: Path) -> None:
    """Remove the lock files that are cut short or have the pid of a live stranger or a zombie.

    PostgreSQL would refuse to start over any. The record of a dead server stays: PostgreSQL
    reads from it whether that server's children still hold the shared memory.
    """
    for record in (data / RECORD, *socket_folder.glob(".s.PGSQL.*.lock")):
        pid = recorded_pid(record)
        if pid is None or (psutil.pid_exists(pid) and not serves(pid, data)):
            record.unlink(missing_ok=True)
