"""The one clock. Read here, in API and task code; everything below takes `at`.

With `ANLAN_CLOCK` naming a file, the time comes from it: eight bytes, a little-endian float of
Unix seconds, mapped into every process of the installation. Exercises and the demo day drive that
file; a production system has none and follows the machine's clock.
"""

import mmap
import os
import struct
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

SECONDS = struct.Struct("<d")


class DrivenClock:
    """A clock kept in a shared file: one process writes it, every process reads it."""

    def __init__(self, path: Path, *, start: float | None = None) -> None:
        """Map the file at `path`; create it at `start` (Unix seconds) when that is given."""
        if start is not None:
            path.write_bytes(SECONDS.pack(start))
        with path.open("r+b") as file:
            self._bytes = mmap.mmap(file.fileno(), SECONDS.size)

    def read(self) -> float:
        """Return the clock's time in Unix seconds."""
        seconds: float = SECONDS.unpack_from(self._bytes)[0]
        return seconds

    def set(self, seconds: float) -> None:
        """Move the clock to `seconds`; it never goes back."""
        SECONDS.pack_into(self._bytes, 0, max(seconds, self.read()))


@cache
def _source() -> Callable[[], float]:
    path = os.environ.get("ANLAN_CLOCK")
    return DrivenClock(Path(path)).read if path else time.time


def now() -> datetime:
    """Return the present time, aware, in UTC."""
    return datetime.fromtimestamp(_source()(), UTC)


def machine_now() -> datetime:
    """Return the machine's own time, whatever an exercise drives.

    For what bounds a sign-in and its proofs: a stolen token and a telephone's codes age in real
    time, in an exercise too.
    """
    return datetime.fromtimestamp(time.time(), UTC)
