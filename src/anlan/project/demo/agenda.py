"""What is to be done when: a queue in simulated time.

Times are whole milliseconds of Unix time, so that adding them up is exact and the same day gives
the same stamps on every date.
"""

import heapq
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count

ENTRIES_LIMIT = 100_000
"""A day has some thousands; more means that something plans without end."""

Action = Callable[[], None]


class AgendaFullError(Exception):
    """More was planned than a day can hold."""


class Agenda:
    """Actions by time; those for the same time in the order in which they were planned.

    Attributes
    ----------
    now_ms : int
        The time of the action that is being done, or was done last.
    """

    def __init__(self, now_ms: int) -> None:
        """Begin with nothing to do at `now_ms`."""
        self.now_ms = now_ms
        self._entries: list[tuple[int, int, Action]] = []
        self._order = count()

    @property
    def due_ms(self) -> int | None:
        """When the next action is due; None when there is none."""
        return self._entries[0][0] if self._entries else None

    def at(self, at_ms: int, action: Action) -> None:
        """Plan `action` for a time; what should have been done already is done next."""
        if len(self._entries) >= ENTRIES_LIMIT:
            raise AgendaFullError
        heapq.heappush(self._entries, (max(at_ms, self.now_ms), next(self._order), action))

    def after(self, seconds: float, action: Action) -> None:
        """Plan `action` for so many seconds after now."""
        self.at(self.now_ms + milliseconds(seconds), action)

    def do_next(self) -> None:
        """Do the action that is due next, at its own time."""
        self.now_ms, _, action = heapq.heappop(self._entries)
        action()


def milliseconds(seconds: float) -> int:
    """Return seconds as whole milliseconds."""
    return round(seconds * 1000)


def told(at_ms: int) -> str:
    """Return a time as the API reads it: ISO 8601, UTC."""
    return datetime.fromtimestamp(at_ms / 1000, UTC).isoformat(timespec="milliseconds")


def read(text: str) -> int:
    """Return a time that the API has told."""
    return milliseconds(datetime.fromisoformat(text).timestamp())
