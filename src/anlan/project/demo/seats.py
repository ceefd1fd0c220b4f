"""Desks with so many seats: who sits down takes one matter at a time, the most urgent first."""

import heapq
from collections.abc import Callable, Iterable
from itertools import count

from anlan.project.demo.link import Session

WAITING_LIMIT = 10_000

Work = Callable[[Session], None]
"""Begins work at a seat; whoever does it gives the seat back with `Seats.leave`."""


class SeatsFullError(Exception):
    """More waits at a desk than a day can bring."""


class Seats:
    """The seats of one desk and what waits for them."""

    def __init__(self, sessions: Iterable[Session]) -> None:
        """Begin with every seat free."""
        self._free = list(sessions)
        self._waiting: list[tuple[tuple[int, int], int, Work]] = []
        self._order = count()

    def ask(self, urgency: tuple[int, int], work: Work) -> None:
        """Begin `work` now at a free seat, or later: the smallest urgency first, then in order."""
        if self._free:
            work(self._free.pop(0))
            return
        if len(self._waiting) >= WAITING_LIMIT:
            raise SeatsFullError
        heapq.heappush(self._waiting, (urgency, next(self._order), work))

    def leave(self, session: Session) -> None:
        """Give a seat back; what waits takes it at once."""
        self._free.append(session)
        if self._waiting:
            _, _, work = heapq.heappop(self._waiting)
            work(self._free.pop(0))
