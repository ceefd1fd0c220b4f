"""The parts of a running installation: the embedded database, the web server, the worker."""

import errno
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import psycopg

from anlan.kernel.errors import OperatorError
from anlan.kernel.postgres.bounded import CONNECT_LIMIT_S, BoundedConnection
from anlan.kernel.postgres.home import present_home, tcp_port
from anlan.kernel.postgres.server import Server
from anlan.kernel.postgres.where import ConnectionParameters, database
from anlan.kernel.vault.masters import masters
from anlan.project.preloaded import BACKPRESSURE_REQUESTS, WEB_DRAIN_S
from anlan.project.supervision import Program, Supervisor

READY_LIMIT_S = 300
READY_POLL_S = 0.1
ANSWER_LIMIT_S = 5
MIGRATION_LIMIT_S = 3_600
LOCK_TRIES = 10
LOCK_PAUSE_S = 1.0
LOCK_WAITED = "lock timeout"
"""What PostgreSQL says to who waited too long for a table (SQLSTATE 55P03)."""
DATABASE_WAIT_S = 20.0
"""How long a database that is elsewhere may take until it answers; it may be starting too."""
DATABASE_POLL_S = 0.5
PYTHON = (sys.executable, "-P", "-m")
ROLES: tuple[Literal["app", "owner"], ...] = ("owner", "app")


class ServingError(OperatorError):
    """The server cannot be brought up. Facts: `reason`."""

    code = "serving.failed"


@dataclass
class DatabasePart:
    """The embedded server as a part. One that already ran is used, and left running at the end."""

    server: Server
    name: str = "database"
    end_signal: int = signal.SIGINT  # postmaster: end the sessions, write everything, stop
    _ours: bool = False

    @property
    def group(self) -> int | None:
        """See `supervision.Part`."""
        return self.server.pid() if self._ours else None

    def start(self) -> None:
        """See `supervision.Part`."""
        if self.server.start() == "started":
            self._ours = True

    def alive(self) -> bool:
        """See `supervision.Part`."""
        return self.server.pid() is not None

    def stop(self) -> None:
        """See `supervision.Part`."""
        if self._ours:
            self.server.stop()
            self._ours = False


def present_server() -> Server:
    """Return the embedded server that the environment names."""
    return Server(present_home(), tcp_port=tcp_port())


def web_part(host: str, port: int, *, workers: int = 1, log: Path | None = None) -> Program:
    """Return the web server: the console, the API, streams and tiles on one port."""
    options = {
        "--interface": "asgi",
        "--host": host,
        "--port": port,
        "--workers": workers,
        "--backpressure": BACKPRESSURE_REQUESTS,
        "--workers-kill-timeout": WEB_DRAIN_S,
        "--log-level": "warning",
    }
    flat = [str(word) for pair in options.items() for word in pair]
    command = [*PYTHON, "granian", *flat, "--respawn-failed-workers", "--no-ws"]
    return Program("web", [*command, "anlan.project.asgi:application"], log=log)


def worker_part(*, log: Path | None = None) -> Program:
    """Return the worker: the outbox relay and what falls due."""
    return Program("worker", [*PYTHON, "anlan.project.worker"], log=log)


class _Greeting(BoundedConnection):
    """A connection that only asks whether anybody is there."""

    answer_limit_s = 3.0


def log_part(*, log: Path | None = None) -> Program:
    """Return the keeper of the database's log, for the backups that ANLAN_BACKUPS names."""
    return Program("log keeper", [*PYTHON, "anlan.project.cli", "backup", "--follow"], log=log)


def check_database(tell: Callable[[str], None], *, wait_s: float = DATABASE_WAIT_S) -> None:
    """Return once the database answers each of its two roles; tell once that it is waited for.

    Raises
    ------
    ServingError
        It did not within `wait_s`; the reason is the last one given.
    """
    ends, told = time.monotonic() + wait_s, False
    for role in ROLES:
        while (reason := _unanswered(role)) is not None:
            if time.monotonic() > ends:
                raise ServingError(reason=reason)
            if not told:
                tell(f"waiting for the database: {reason}")
                told = True
            time.sleep(DATABASE_POLL_S)


def _unanswered(role: Literal["app", "owner"]) -> str | None:
    """Return why the database does not answer as `role`; None if it does."""
    where = database(role)
    try:
        with _Greeting.connect(where.conninfo(), connect_timeout=CONNECT_LIMIT_S) as connection:
            connection.execute("SELECT 1")
    except psycopg.Error as error:
        said = (str(error).strip().splitlines() or ["it said nothing"])[0]
        return f"{where.host} port {where.port} does not answer {where.user}: {said}"
    return None


def migrate() -> None:
    """Bring the database's tables up to date, as their owner, in a process of its own.

    Raises
    ------
    ServingError
        The migration failed, and its last line says why; or it did not end.
    """
    try:
        done = _migrated()
        for _ in range(LOCK_TRIES - 1):
            if LOCK_WAITED not in done.stdout:
                break
            time.sleep(LOCK_PAUSE_S)
            done = _migrated()  # it goes on from the last migration that was whole
    except subprocess.TimeoutExpired as error:
        reason = f"the tables were not brought up to date within {MIGRATION_LIMIT_S} s"
        raise ServingError(reason=reason) from error
    if done.returncode:
        lines = done.stdout.strip().splitlines() or ["it printed nothing"]
        raise ServingError(reason=f"the tables could not be brought up to date: {lines[-1]}")


def _migrated() -> "subprocess.CompletedProcess[str]":
    """Try once; a migration waits for a table no longer than writers can, and is tried again."""
    return subprocess.run(  # noqa: S603 - our own program, no shell
        [*PYTHON, "django", "migrate", "--no-input", "--verbosity", "0"],
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "anlan.project.settings",
            "ANLAN_DATABASE_ROLE": "owner",
        },
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
        timeout=MIGRATION_LIMIT_S,
    )


def check_contact_keys(owner: ConnectionParameters) -> None:
    """Return if every master key of contacts that is in use is in its file.

    Raises
    ------
    MasterKeyMissingError
        One is not; the first by name.
    """
    with psycopg.connect(owner.conninfo()) as connection:
        used = connection.execute("SELECT DISTINCT master FROM kernel_data_key ORDER BY 1")
        held = masters()
        for (name,) in used.fetchall():
            held.key(name)


def check_port(host: str, port: int) -> None:
    """Refuse an address that is taken: granian would share the port with whoever has it.

    Raises
    ------
    ServingError
        The port is taken, or the host is no address of this machine.
    """
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, socket.SOCK_STREAM) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
    except OSError as error:
        taken = error.errno == errno.EADDRINUSE
        reason = "another program listens there" if taken else (error.strerror or str(error))
        raise ServingError(reason=f"cannot serve at {host} port {port}: {reason}") from error


def wait_until_ready(
    host: str, port: int, supervisor: Supervisor, stopping: threading.Event
) -> str | None:
    """Tend the parts until the server answers that it is ready; return its address.

    None means that stopping was asked for meanwhile.

    Raises
    ------
    ServingError
        It was not ready within `READY_LIMIT_S`.
    """
    shown = "localhost" if host in {"0.0.0.0", "::"} else host  # noqa: S104 - compared, not bound
    address = f"http://[{shown}]:{port}" if ":" in shown else f"http://{shown}:{port}"
    deadline = time.monotonic() + READY_LIMIT_S
    while not is_ready(address):
        supervisor.tend()
        if time.monotonic() > deadline:
            raise ServingError(reason=f"{address}/readyz was not ready within {READY_LIMIT_S} s")
        if stopping.wait(READY_POLL_S):
            return None
    return address


def is_ready(address: str) -> bool:
    """Ask the server's own readiness answer once."""
    try:
        with urllib.request.urlopen(  # noqa: S310 - our own http address
            f"{address}/readyz", timeout=ANSWER_LIMIT_S
        ) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False
