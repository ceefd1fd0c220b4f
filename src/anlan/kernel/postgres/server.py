"""The embedded server of one home: start it, adopt it, stop it, say how it is.

Whether a server runs is asked of the server itself (`pg_isready` on its socket). Pids lie: after a
crash the recorded one may belong to anybody.
"""

import fcntl
import os
import signal
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

import psycopg

from anlan.kernel.postgres.account import server_account
from anlan.kernel.postgres.cluster import make_cluster, make_folders, read_version
from anlan.kernel.postgres.configuration import server_arguments
from anlan.kernel.postgres.errors import FolderLockedError, StartFailedError, StopFailedError
from anlan.kernel.postgres.home import SOCKET_PORT, Home
from anlan.kernel.postgres.launch import Launch
from anlan.kernel.postgres.postmaster import clear_misleading_records, running_pid, serves
from anlan.kernel.postgres.prepare import prepare, prepare_schema
from anlan.kernel.postgres.programs import Programs, client_programs, server_programs
from anlan.kernel.postgres.secret import ADMINISTRATOR, OWNER, make_passwords
from anlan.kernel.postgres.where import DATABASE, ConnectionParameters, embedded

LOCK_LIMIT_S = 120
START_LIMIT_S = 600
"""Recovery after a crash replays at most `max_wal_size`; a slow disc takes minutes for that."""
SILENCE_LIMIT_S = 10
"""How long a live server may leave its socket unanswered before it is ended and replaced."""
FAST_STOP_LIMIT_S = 60
IMMEDIATE_STOP_LIMIT_S = 10
POLL_S = 0.02

ACCEPTS, REJECTS = 0, 1
"""Exit codes of `pg_isready`: accepting connections; up, but starting or stopping."""


@dataclass(frozen=True, slots=True)
class Status:
    """How a server is; `pid` is None when it does not run, `version` before its first start."""

    state: Literal["ready", "busy", "stopped"]
    pid: int | None
    version: str | None
    home: Home


class Server:
    """The PostgreSQL server whose data lies in `home`.

    Any number of programs may hold a `Server` for one home: the first `start` starts it and the
    others adopt it. Only one of them starts or stops it at a time.
    """

    def __init__(
        self,
        home: Home,
        *,
        tcp_port: int | None = None,
        settings: Mapping[str, str] | None = None,
        start_limit_s: float = START_LIMIT_S,
    ) -> None:
        """Touch nothing yet; `settings` are further settings in PostgreSQL's own spelling."""
        self.home = home
        self.tcp_port = tcp_port
        self._settings = settings or {}
        self._start_limit_s = start_limit_s
        self._launch: Launch | None = None

    def start(self) -> Literal["started", "adopted"]:
        """Bring the server up, from whatever state it was left in, and wait until it answers.

        Raises
        ------
        DatabaseError
            One of the family in `anlan.kernel.postgres.errors`; nothing of ours still runs then.
        """
        make_folders(self.home, server_account())
        with self._locked():
            passwords = make_passwords(self.home.secret)
            programs = server_programs()
            make_cluster(self.home, programs, passwords[ADMINISTRATOR])
            if self._adopt():
                self._prepare(passwords, DATABASE)
                return "adopted"
            clear_misleading_records(self.home.data, self.home.socket_folder)
            with self._launched(programs) as launch:
                launch.wait_until(lambda: self._answer() == ACCEPTS, limit_s=self._start_limit_s)
                self._prepare(passwords, DATABASE)
        return "started"

    def stop(self) -> bool:
        """End the server, keeping its data; say whether there was one to end.

        Raises
        ------
        DatabaseError
            The server did not end, or its folder is being started by somebody else.
        """
        if not self.home.lock.exists():
            return False
        with self._locked():
            pid = self.pid()
            if pid is not None:
                self._end(pid)
            if self._launch is not None:
                self._launch.reap()
        return pid is not None

    def ready(self) -> bool:
        """Say whether the server accepts connections at this moment."""
        return self.home.data.exists() and self._answer() == ACCEPTS

    def pid(self) -> int | None:
        """Return the live server's process, None when there is none; asks no program for it."""
        return running_pid(self.home.data)

    def status(self) -> Status:
        """Return how the server is, without changing anything."""
        pid = self.pid()
        if pid is None:
            state: Literal["ready", "busy", "stopped"] = "stopped"
        else:
            state = "ready" if self.ready() else "busy"
        return Status(state=state, pid=pid, version=read_version(self.home.data), home=self.home)

    def add_database(self, name: str) -> None:
        """Make a further database with the same owner and rights, for tests and rehearsals."""
        with self._locked():
            self._prepare(make_passwords(self.home.secret), name)

    def connection(self, user: str, *, database: str = DATABASE) -> ConnectionParameters:
        """Return how one of the roles in `secret.ROLES` signs in."""
        return embedded(self.home, user, name=database, port=self.tcp_port)

    def _answer(self) -> int:
        port = str(self.tcp_port or SOCKET_PORT)
        folder = str(self.home.socket_folder)
        return client_programs().run("pg_isready", "-q", "-h", folder, "-p", port)[0]

    def _adopt(self) -> bool:
        """Wait for a server that is up or on its way; end one that is alive but silent."""
        deadline = time.monotonic() + START_LIMIT_S
        silent_since = time.monotonic()
        while (answer := self._answer()) != ACCEPTS:
            pid = self.pid()
            if pid is None:
                return False
            if answer == REJECTS:
                silent_since = time.monotonic()
            if time.monotonic() > min(deadline, silent_since + SILENCE_LIMIT_S):
                self._end(pid)
                return False
            time.sleep(POLL_S)
        return True

    def _end(self, pid: int) -> None:
        """Stop in order; then at once, to be recovered at the next start; then by force."""
        for number, limit_s in (
            (signal.SIGINT, FAST_STOP_LIMIT_S),
            (signal.SIGQUIT, IMMEDIATE_STOP_LIMIT_S),
            (signal.SIGKILL, IMMEDIATE_STOP_LIMIT_S),
        ):
            if serves(pid, self.home.data):
                os.kill(pid, number)
            if _wait(lambda: not serves(pid, self.home.data), limit_s=limit_s):
                return
        raise StopFailedError(pid=pid, limit_s=FAST_STOP_LIMIT_S + 2 * IMMEDIATE_STOP_LIMIT_S)

    def _prepare(self, passwords: Mapping[str, str], database: str) -> None:
        try:
            prepare(
                self.connection(ADMINISTRATOR, database="postgres"), passwords, database=database
            )
            prepare_schema(self.connection(OWNER, database=database))
        except psycopg.Error as error:
            reason = str(error).strip().splitlines()[-1]
            raise StartFailedError(reason=reason, log=self.home.log) from error

    @contextmanager
    def _launched(self, programs: Programs) -> Iterator[Launch]:
        """Launch the server's process; end it again if what follows fails."""
        arguments = server_arguments(self.home, tcp_port=self.tcp_port, settings=self._settings)
        self._launch = Launch(programs, arguments, self.home)
        try:
            yield self._launch
        except BaseException:
            self._launch.abandon()
            raise

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with self.home.lock.open("w") as file:
            if not _wait(lambda: _try_lock(file.fileno()), limit_s=LOCK_LIMIT_S):
                raise FolderLockedError(folder=self.home.folder, limit_s=LOCK_LIMIT_S)
            yield


def _try_lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _wait(condition: Callable[[], bool], *, limit_s: float) -> bool:
    """Ask again and again until the condition holds or the time is over."""
    deadline = time.monotonic() + limit_s
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(POLL_S)
    return True
