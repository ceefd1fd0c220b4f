"""Keeping the parts of an installation running: restart what dies, leave nothing behind."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import IO, Protocol

from anlan.kernel.errors import AnlanError
from anlan.project import guard
from anlan.project.guard import end_group

FIRST_BACK_OFF_S = 0.2
LONGEST_BACK_OFF_S = 1.0  # what is killed again and again is still back within five seconds
SETTLED_AFTER_S = 60.0
"""A part that ran this long starts with the first back-off again when it dies."""
TEND_EVERY_S = 0.1
LOG_MAX_BYTES = 20_000_000
"""A longer log is set aside as `NAME.log.old` at the part's next start."""


class Part(Protocol):
    """Something to keep running."""

    name: str
    end_signal: int

    @property
    def group(self) -> int | None:
        """The process group that this supervisor has to end, if there is one."""

    def start(self) -> None:
        """Start it and return when it is on its way; an error ends the whole supervisor's start."""

    def alive(self) -> bool:
        """Say whether it still runs."""

    def stop(self) -> None:
        """End it and everything it started, by force if need be."""


@dataclass
class Program:
    """A part that is a program: its output goes to `log`, or to the terminal when that is None."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    log: Path | None = None
    end_signal: int = signal.SIGTERM
    _process: subprocess.Popen[bytes] | None = None

    @property
    def group(self) -> int | None:
        """See `Part`."""
        return self._process.pid if self._process else None

    def start(self) -> None:
        """See `Part`. It leads a session of its own: a Ctrl-C reaches it only through us."""
        with ExitStack() as stack:
            output = stack.enter_context(_open_log(self.log)) if self.log else None
            self._process = subprocess.Popen(  # noqa: S603 - our own programs, no shell
                list(self.command),
                env={**os.environ, **self.environment},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    def alive(self) -> bool:
        """See `Part`."""
        return self._process is not None and self._process.poll() is None

    def stop(self) -> None:
        """See `Part`."""
        if self._process is not None:
            # Children of a leader that died serve nobody: new clients wait for its successor.
            number = self.end_signal if self.alive() else signal.SIGKILL
            end_group(self._process.pid, number, reap=self._process.poll)
            self._process = None


@dataclass
class _Care:
    """What the supervisor knows of one part."""

    part: Part
    group: int | None = None
    started_at_s: float = 0.0
    start_again_at_s: float | None = None
    back_off_s: float = FIRST_BACK_OFF_S


class Supervisor:
    """Restarts each of its parts that dies, and ends them in the opposite order of their start.

    Use as a context manager; leaving it ends every part. When the supervising process itself is
    killed, its guard ends them.
    """

    def __init__(self, *, tell: Callable[[str], None]) -> None:
        """Start nothing yet; `tell` is called with one line when a part dies or comes back."""
        self._cares: list[_Care] = []
        self._tell = tell
        self._guard: subprocess.Popen[str] | None = None
        self._starting: Part | None = None
        os.register_at_fork(after_in_child=self._leave_guard)

    def __enter__(self) -> "Supervisor":
        """Return the supervisor; parts are added inside."""
        return self

    def add(self, part: Part) -> None:
        """Start a part and keep it running from now on."""
        care = _Care(part)
        self._start(care)
        self._cares.append(care)

    def __exit__(self, *_: object) -> None:
        """End every part."""
        self.stop()

    def tend(self) -> None:
        """Look after every part once, without waiting: restart those that died and are due."""
        now_s = time.monotonic()
        if self._guard is not None and self._guard.poll() is not None:
            self._start_guard()
        for care in self._cares:
            if care.start_again_at_s is not None:
                if now_s >= care.start_again_at_s:
                    self._start_again(care)
            elif not care.part.alive():
                self._plan_start(care, now_s)

    def stop(self) -> None:
        """End every part that runs, the last one first."""
        for care in reversed(self._cares):
            care.part.stop()
            self._note_group(care, None)
        if self._guard is not None and self._guard.stdin is not None:
            self._guard.stdin.close()
            self._guard.wait()
            self._guard = None

    def _start(self, care: _Care) -> None:
        if self._guard is None:
            self._start_guard()
        self._starting = care.part
        try:
            care.part.start()
        finally:
            self._starting = None
        care.started_at_s = time.monotonic()
        care.start_again_at_s = None
        self._note_group(care, care.part.group)

    def _start_again(self, care: _Care) -> None:
        try:
            self._start(care)
        except (OSError, AnlanError) as error:
            self._tell(f"{care.part.name} cannot be started: {error}")
            self._plan_start(care, time.monotonic())
        else:
            self._tell(f"{care.part.name} runs again")

    def _plan_start(self, care: _Care, now_s: float) -> None:
        """Clear away what a dead part left and choose when to start it again."""
        care.part.stop()
        self._note_group(care, None)
        if now_s - care.started_at_s > SETTLED_AFTER_S:
            care.back_off_s = FIRST_BACK_OFF_S
        self._tell(f"{care.part.name} ended; starting it again in {care.back_off_s:.1f} s")
        care.start_again_at_s = now_s + care.back_off_s
        care.back_off_s = min(2 * care.back_off_s, LONGEST_BACK_OFF_S)

    def _note_group(self, care: _Care, group: int | None) -> None:
        """Let the guard know which group to end in our place."""
        if care.group is not None:
            self._tell_guard(f"- {care.group}\n")
        care.group = group
        if group is not None:
            self._tell_guard(f"+ {group} {int(care.part.end_signal)}\n")

    def _start_guard(self) -> None:
        cares = [care for care in self._cares if care.group is not None]
        running = [f"{care.group}:{int(care.part.end_signal)}" for care in cares]
        self._guard = subprocess.Popen(  # noqa: S603 - our own program, no shell
            [sys.executable, "-I", "-S", guard.__file__, *running],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
            text=True,
        )

    def _leave_guard(self) -> None:
        """In a fork: hold the guard's pipe no longer, or it would outlast the supervisor.

        A part names itself first: if the supervisor is killed before it does, the guard knows.
        """
        if self._guard is not None and self._guard.stdin is not None:
            if self._starting is not None:
                os.setpgid(0, 0)
                self._tell_guard(f"+ {os.getpid()} {int(self._starting.end_signal)}\n")
                self._starting = None  # what the part forks stays in its group
            self._guard.stdin.close()

    def _tell_guard(self, line: str) -> None:
        if self._guard is not None and self._guard.stdin is not None:
            try:
                self._guard.stdin.write(line)
                self._guard.stdin.flush()
            except BrokenPipeError:
                self._tell("the guard ended; starting it again")


@contextmanager
def asked_to_stop() -> Iterator[threading.Event]:
    """Give an event that SIGINT or SIGTERM sets; a second signal raises KeyboardInterrupt."""
    stopping = threading.Event()

    def handle(number: int, frame: FrameType | None) -> None:
        if stopping.is_set():
            raise KeyboardInterrupt
        stopping.set()

    before = {n: signal.signal(n, handle) for n in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stopping
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _open_log(path: Path) -> IO[bytes]:
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and path.stat().st_size > LOG_MAX_BYTES:
        path.replace(path.with_name(path.name + ".old"))
    return path.open("ab")
