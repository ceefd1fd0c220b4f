"""Waking what waits for the outbox: told after a commit, never inside it.

A NOTIFY inside a business transaction makes every commit queue behind one lock (ADR 0006). So a
writer says that there is something new in a statement of its own once it has committed, and only
where its process has not just said so. The relay stays awake for longer than writers keep quiet:
what was committed without a word is found by a look that began after it.

Nothing hangs on being heard. A writer may die before it says anything, a line may be cut: whoever
waits looks by itself every `LOOK_S`, and whenever the line is there again.
"""

import math
import threading
import time
from collections.abc import Callable

import psycopg
import structlog
from django.db import connection

from anlan.kernel.postgres.bounded import BoundedConnection

WRITTEN = "anlan_outbox_written"
NUMBERED = "anlan_outbox"
QUIET_S = 0.05  # a process that has said that it wrote says no more for so long
AWAKE_S = 2 * QUIET_S  # and the relay looks on for this long after it was told
LOOK_S = 1.0  # what nobody told of is found after no more than this
RECONNECT_S = 1.0
ANSWER_LIMIT_S = 4.0  # a line that says nothing for so long has gone

log = structlog.get_logger("anlan.waking")


class Waker:
    """The writers' side, one a process: wakes the relay, at most once in `QUIET_S`."""

    def __init__(self) -> None:
        self._told_at_s = -math.inf

    def wake(self) -> None:
        """Wake the relay; to be called after the commit, on the connection that committed."""
        at_s = time.monotonic()
        if at_s - self._told_at_s < QUIET_S:
            return
        self._told_at_s = at_s
        with connection.cursor() as cursor:
            # It carries nothing that must be kept: nobody waits for a disk.
            cursor.execute(f"SET LOCAL synchronous_commit = off; NOTIFY {WRITTEN}")


class ListeningConnection(BoundedConnection):
    """A connection that listens: it is asked now and then whether it still stands."""

    answer_limit_s = ANSWER_LIMIT_S


class Waking:
    """The worker's side: `written` is set when rows were written, `numbered` when numbered.

    Both are set too whenever the line is there anew, since much may have been said meanwhile.
    """

    def __init__(self, connect: Callable[[], ListeningConnection]) -> None:
        self._connect = connect
        self.written = threading.Event()
        self.numbered = threading.Event()
        self._heard = {WRITTEN: self.written, NUMBERED: self.numbered}

    def listen_until(self, stopped: threading.Event) -> None:
        """Listen until `stopped`, on a new line whenever the last one has gone."""
        while not stopped.is_set():
            try:
                self._listen(stopped)
            except (psycopg.Error, OSError) as error:
                log.warning("waking_waits_for_database", kind=type(error).__name__)
                stopped.wait(RECONNECT_S)

    def _listen(self, stopped: threading.Event) -> None:
        with self._connect() as line:
            for channel in self._heard:
                line.execute(f"LISTEN {channel}")
            for event in self._heard.values():
                event.set()
            while not stopped.is_set():
                notices = list(line.notifies(timeout=LOOK_S, stop_after=1))
                for notice in notices:
                    self._heard[notice.channel].set()
                if not notices:
                    line.execute("SELECT 1")  # a line cut without a word says nothing either
