"""One launch of the server's process: wait until it answers, or say why it ended."""

import signal
import subprocess
import time
from collections.abc import Callable

from anlan.kernel.postgres.errors import (
    DatabaseError,
    DiskFullError,
    PortTakenError,
    StartFailedError,
)
from anlan.kernel.postgres.home import Home
from anlan.kernel.postgres.programs import NO_SPACE, Programs

LOG_MAX_BYTES = 10_000_000
"""A longer log is set aside as `pg.log.old` at the next launch, in place of the older one."""
OLD_SERVER_LIMIT_S = 30
"""How long the children of a killed server may hold its shared memory before they notice."""
POLL_S = 0.02
RETRY_S = 0.25
END_LIMIT_S = 10

OLD_SERVER = "pre-existing shared memory block"
PORT_TAKEN = "could not create any TCP/IP sockets"
TURNED_AWAY = "FATAL:  the database system is "  # a client that came too early or late


class Launch:
    """A launched server process."""

    def __init__(self, programs: Programs, arguments: list[str], home: Home) -> None:
        """Launch it."""
        self._programs = programs
        self._arguments = arguments
        self._home = home
        self._process = self._spawn()

    def wait_until(self, answers: Callable[[], bool], *, limit_s: float) -> None:
        """Return once `answers` holds.

        Raises
        ------
        PortTakenError, DiskFullError, StartFailedError
            The process ended, or was not ready in time.
        """
        started = time.monotonic()
        while not answers():
            waited_s = time.monotonic() - started
            if self._process.poll() is not None:
                self._explain_end(retry=waited_s < OLD_SERVER_LIMIT_S)
            elif waited_s > limit_s:
                reason = f"it was not ready within {limit_s} s"
                raise StartFailedError(reason=reason, log=self._home.log)
            time.sleep(POLL_S)

    def abandon(self) -> None:
        """End the process without ceremony; the next start recovers what it was doing."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGQUIT)
        self.reap()

    def reap(self) -> None:
        """Take the exit of a process that is ending, so that none is left as a zombie."""
        try:
            self._process.wait(END_LIMIT_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _spawn(self) -> subprocess.Popen[bytes]:
        log = self._home.log
        if log.exists() and log.stat().st_size > LOG_MAX_BYTES:
            log.replace(log.with_name(log.name + ".old"))
        log.touch(mode=0o600)
        with log.open("ab") as output:
            self._log_start_bytes = output.tell()
            return self._programs.launch("postgres", self._arguments, output)

    def _explain_end(self, *, retry: bool) -> None:
        """Raise why the process ended, or launch it again if the server before it still ends."""
        printed = self._home.log.read_bytes()[self._log_start_bytes :].decode(errors="replace")
        if OLD_SERVER in printed and retry:
            time.sleep(RETRY_S)
            self._process = self._spawn()
            return
        raise self._error(printed)

    def _error(self, printed: str) -> DatabaseError:
        if PORT_TAKEN in printed:
            port = next(a for a in self._arguments if a.startswith("port=")).removeprefix("port=")
            return PortTakenError(port=port)
        if NO_SPACE in printed:
            return DiskFullError(folder=self._home.folder)
        fatal = [line for line in printed.splitlines() if "FATAL:" in line or "PANIC:" in line]
        lines = [line for line in fatal if TURNED_AWAY not in line]
        reason = (lines or printed.splitlines() or ["it printed nothing"])[-1]
        return StartFailedError(reason=reason.rsplit(":  ", 1)[-1].strip(), log=self._home.log)
