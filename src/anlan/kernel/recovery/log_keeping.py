"""The log since the last base backup, sealed as it is written: what makes the recovery point small.

`pg_receivewal` follows the server through a replication slot, so that the server keeps what was not
received yet, up to `max_slot_wal_keep_size`. What it writes stands in clear in a spool in the home,
where the database stands in clear too, until it is sealed: whole segments once, the one that is
being written every second in which it grew.
"""

import contextlib
import os
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import psycopg

from anlan.kernel.postgres.bounded import CONNECT_LIMIT_S, BoundedConnection
from anlan.kernel.postgres.programs import clean_environment, client_programs
from anlan.kernel.postgres.where import ConnectionParameters
from anlan.kernel.recovery.errors import BusyError, RecoveryError
from anlan.kernel.recovery.repository import PARTIAL, SEGMENT_NAME, Repository
from anlan.kernel.recovery.sealing import seal

SLOT = "anlan_log"
LOOK_EVERY_S = 1.0
REPORT_EVERY_S = 1  # how often pg_receivewal says how far it is; it knows whole seconds only
AGAIN_AFTER_S = 1.0
END_LIMIT_S = 10
CAUGHT_UP_LIMIT_S = 120.0
REACHED = "reached"
RECEIVED = "SELECT write_lsn::text FROM pg_stat_replication WHERE application_name = %s"
SLOT_STATE = "SELECT wal_status FROM pg_replication_slots WHERE slot_name = %s"
IS_REACHED = "SELECT %s::pg_lsn <= %s::pg_lsn"

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Source:
    """The server whose log is kept: how its administrator signs in, and where the spool is."""

    parameters: ConnectionParameters
    spool: Path

    def connect(self) -> psycopg.Connection[Any]:
        """Connect, outside of transactions; `psycopg.Error` when it does not answer."""
        conninfo = self.parameters.conninfo()
        return BoundedConnection.connect(conninfo, autocommit=True, connect_timeout=CONNECT_LIMIT_S)

    def command(self, program: str, *arguments: str) -> "tuple[list[str], dict[str, str]]":
        """Return the command line and environment of one of PostgreSQL's programs."""
        where = replace(self.parameters, password="").conninfo()  # a command line shows it
        command = [str(client_programs().folder / program), f"--dbname={where}", *arguments]
        secret = {"PGPASSWORD": self.parameters.password, "PGAPPNAME": SLOT, "LC_ALL": "C"}
        return command, {**clean_environment(), **secret}


def value_of(connection: psycopg.Connection[Any], query: str, *values: object) -> Any:
    """Return the one value that a query gives; None without a row."""
    row = connection.execute(query.encode(), values).fetchone()
    return row[0] if row else None


def identifier_of(connection: psycopg.Connection[Any]) -> str:
    """Return what tells this database cluster from every other."""
    return str(value_of(connection, "SELECT system_identifier::text FROM pg_control_system()"))


class LogKeeper:
    """Receives and seals the log of one server while it is open; one at a time a repository."""

    def __init__(self, source: Source, repository: Repository, *, tell: Tell) -> None:
        self._source = source
        self._repository = repository
        self._tell = tell
        self._receiver: subprocess.Popen[bytes] | None = None
        self._sealed_up_to = ""

    def follow(self, stopping: Callable[[float], bool]) -> None:
        """Keep the log until `stopping`, which waits, says so; wait out a server that is away."""
        with self._repository.locked("log"):
            try:
                while not stopping(self._one_round()):
                    pass
            finally:
                self._end_receiver()

    def catch_up(self, position: str) -> None:
        """Return once the log is sealed up to `position`, by this or by the keeper that runs.

        Raises `RecoveryError` when that does not happen within `CAUGHT_UP_LIMIT_S`.
        """
        deadline = time.monotonic() + CAUGHT_UP_LIMIT_S

        def waited(seconds: float) -> bool:
            if self._is_reached(position):
                return True
            if time.monotonic() > deadline:
                raise RecoveryError(reason=f"the log was not safe within {CAUGHT_UP_LIMIT_S:g} s")
            time.sleep(min(seconds, LOOK_EVERY_S / 5))
            return False

        try:
            self.follow(waited)
        except BusyError:  # a keeper runs: it will come to it
            while not waited(LOOK_EVERY_S):
                pass

    def make_slot(self) -> None:
        """Have the server keep its log until it was received here; `psycopg.Error` if it cannot."""
        with self._source.connect() as connection:
            state = value_of(connection, SLOT_STATE, SLOT)
            if state == "lost":
                self._tell("the log was not received for too long and has a gap: back up again")
                connection.execute("SELECT pg_drop_replication_slot(%s)", [SLOT])
            if state in {None, "lost"}:
                arguments = (SLOT,)
                connection.execute(
                    "SELECT pg_create_physical_replication_slot(%s, true)", arguments
                )

    def _is_reached(self, position: str) -> bool:
        with self._source.connect() as connection:
            reached = reached_in(self._source.spool)
            return bool(reached) and bool(value_of(connection, IS_REACHED, position, reached))

    def _one_round(self) -> float:
        """Seal what is new, with a receiver at work; return how long to wait."""
        try:
            if self._receiver is None or self._receiver.poll() is not None:
                self._start_receiver()
            with self._source.connect() as connection:
                received = value_of(connection, RECEIVED, SLOT)
            if received and received != self._sealed_up_to:
                self._seal_new()
                write_reached(self._source.spool, received)
                self._sealed_up_to = received
        except psycopg.Error:
            return AGAIN_AFTER_S
        except OSError as error:
            self._tell(f"the log cannot be kept: {error.strerror or error}")
        return LOOK_EVERY_S

    def _start_receiver(self) -> None:
        self.make_slot()
        spool = self._source.spool
        spool.mkdir(mode=0o700, parents=True, exist_ok=True)
        command, environment = self._source.command(
            "pg_receivewal", f"--directory={spool}", f"--slot={SLOT}", "--no-loop",
            f"--status-interval={REPORT_EVERY_S}",
        )  # fmt: skip
        self._receiver = subprocess.Popen(  # noqa: S603 - PostgreSQL's own program, no shell
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def _seal_new(self) -> None:
        """Seal what the receiver wrote; what is whole is sealed once and leaves the spool."""
        for file in sorted(self._source.spool.iterdir()):
            name = file.name
            if name.endswith(".history"):
                if not self._repository.segment_file(name).exists():
                    self._seal(file)
            elif SEGMENT_NAME.fullmatch(name):
                self._seal(file)
                self._repository.segment_file(name + PARTIAL).unlink(missing_ok=True)
                file.unlink()
            elif SEGMENT_NAME.fullmatch(name.removesuffix(PARTIAL)):
                with contextlib.suppress(FileNotFoundError):  # it has just become whole
                    self._seal(file)

    def _seal(self, file: Path) -> None:
        target = self._repository.segment_file(file.name)
        with file.open("rb") as source:
            seal(source, target, self._repository.key, self._repository.label(target))

    def _end_receiver(self) -> None:
        if self._receiver is None:
            return
        self._receiver.terminate()
        try:
            self._receiver.wait(END_LIMIT_S)
        except subprocess.TimeoutExpired:
            self._receiver.kill()
            self._receiver.wait()


def reached_in(spool: Path) -> str:
    """Return up to where the log was sealed; empty when it never was."""
    try:
        return (spool / REACHED).read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return ""


def write_reached(spool: Path, position: str) -> None:
    """Note up to where the log is sealed, and by the file's time, since when."""
    draft = spool / f".{REACHED}"
    draft.write_text(position, encoding="ascii")
    os.replace(draft, spool / REACHED)
