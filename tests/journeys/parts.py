"""The processes of a running installation, by what they are for."""

import psutil
from tests.live import LiveServer


def web_server(server: LiveServer) -> psutil.Process:
    """Return the process that starts the web processes."""
    return next(p for p in server.processes("anlan web") if not _of_same_kind(p.parent()))


def web_process(server: LiveServer) -> psutil.Process:
    """Return a process that answers requests."""
    return next(p for p in server.processes("anlan web") if _of_same_kind(p.parent()))


def worker(server: LiveServer) -> psutil.Process:
    """Return the worker, with the relay, the deadlines and the bridges in it."""
    return server.processes("anlan worker")[0]


def postmaster(server: LiveServer) -> psutil.Process:
    """Return the embedded database's first process."""
    return psutil.Process(int((server.home / "pgdata" / "postmaster.pid").read_text().split()[0]))


def _of_same_kind(process: psutil.Process | None) -> bool:
    return process is not None and "anlan web" in " ".join(process.cmdline())
