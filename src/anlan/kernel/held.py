"""A value that is the same for everybody and dear to make: made again when it is so old."""

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class Held(Generic[T]):
    """What `make` gave for a time, kept by this process for `fresh_for`.

    One caller makes it anew; whoever asks meanwhile gets the one before, and waits only where there
    is none. What a caller may see must not decide what is made: it goes to the next one too.
    """

    def __init__(self, make: Callable[[datetime], T], fresh_for: timedelta) -> None:
        self._make = make
        self._fresh_for = fresh_for
        self._lock = Lock()
        self._held: tuple[datetime, T] | None = None

    def at(self, at: datetime) -> T:
        """Return the value, at most `fresh_for` older than `at` unless it is being made."""
        held = self._held
        if held is not None and self._is_fresh(held[0], at):
            return held[1]
        if not self._lock.acquire(blocking=held is None) and held is not None:
            return held[1]
        try:
            made = self._held  # by whom this one waited for
            if made is None or not self._is_fresh(made[0], at):
                made = self._held = (at, self._make(at))
            return made[1]
        finally:
            self._lock.release()

    def let_go(self) -> None:
        """Make it anew for the next one who asks."""
        self._held = None

    def _is_fresh(self, made_at: datetime, at: datetime) -> bool:
        """Return whether it is; a clock that went back does not keep it for longer."""
        return abs(at - made_at) < self._fresh_for
