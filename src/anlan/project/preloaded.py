"""Parts that start at once: the supervisor has loaded everything, and a part is a fork of it.

Loading takes eight seconds of a processor: whoever is killed would be away for that long. A fork
takes a tenth of one, and shares with the others the memory of what is loaded. The process that
loads opens no connection and starts no thread, so that nothing of it is shared by mistake.
"""

import gc
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from multiprocessing.process import BaseProcess
from pathlib import Path

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server as WebServer
from setproctitle import setproctitle

from anlan.project.guard import end_group

BACKPRESSURE_REQUESTS = 20_000
"""Open streams count as requests; granian's default is reached with a thousand screens."""
WEB_DRAIN_S = 5
"""How long the web server's workers may finish what they serve; open streams never do."""
APPLICATION = "anlan.project.asgi:application"
_FORKING = multiprocessing.get_context("fork")


@dataclass
class Forked:
    """A part that is a fork of this process and does `work`; the process is called `anlan NAME`."""

    name: str
    work: Callable[[], int]
    log: Path | None = None
    end_signal: int = signal.SIGTERM
    _process: BaseProcess | None = None

    @property
    def group(self) -> int | None:
        """See `supervision.Part`."""
        return self._process.pid if self._process else None

    def start(self) -> None:
        """See `supervision.Part`. It leads a group of its own: a Ctrl-C reaches it through us."""
        self._process = _FORKING.Process(target=self._run, name=self.name)
        self._process.start()
        _lead_group(self._process.pid or 0)

    def alive(self) -> bool:
        """See `supervision.Part`."""
        return self._process is not None and self._process.is_alive()

    def stop(self) -> None:
        """See `supervision.Part`."""
        if self._process is not None:
            # Children of a leader that died serve nobody: new clients wait for its successor.
            number = self.end_signal if self.alive() else signal.SIGKILL
            end_group(self._process.pid or 0, number, reap=self._process.is_alive)
            self._process = None

    def _run(self) -> None:
        _lead_group(0)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_DFL)
        setproctitle(f"anlan {self.name}")
        sys.exit(self.work())


def _lead_group(pid: int) -> None:
    """Both sides of a fork ask for it: whoever comes first, neither goes on without."""
    try:
        os.setpgid(pid, pid)
    except OSError:
        return  # it does already, or has ended


def preload() -> None:
    """Load what the web server and the worker are, with the city, so that forks have it."""
    import_module("anlan.project.worker")
    import_module("anlan.project.asgi").warm_up()
    gc.collect()
    gc.freeze()  # what is shared is not written to by a look through it


def web_work(host: str, port: int, workers: int) -> Callable[[], int]:
    """Return the work of the web server: console, API, streams and tiles on one port."""

    def serve() -> int:
        WebServer(
            APPLICATION,
            address=host,
            port=port,
            interface=Interfaces.ASGI,
            workers=workers,
            websockets=False,
            backpressure=BACKPRESSURE_REQUESTS,
            log_level=LogLevels.warning,
            respawn_failed_workers=True,
            workers_kill_timeout=WEB_DRAIN_S,
            process_name="anlan web",
        ).serve()
        return 0

    return serve


def worker_work() -> int:
    """Do what the worker does: the outbox relay and what falls due."""
    code: int = import_module("anlan.project.worker").main()
    return code
