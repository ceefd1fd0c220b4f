"""Where things stand now, told to screens as it changes: looked up, never queued.

A position is a state, not an event: only the last one counts, and it comes every second. Through
the outbox, 500 units would write 500 rows a second, keep a day of their tracks, and send a screen
that was away through all of them. So each process looks at the states themselves a few times a
second, hands screens what changed since, at most once a second for each thing, all of it in one
event; and a screen that comes, or comes back, gets everything once.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import orjson

TELL_EVERY_S = 1.0  # of one thing, at most this often


@dataclass(frozen=True, slots=True)
class State:
    """How one thing stands: `mark` differs when it changed, `shown` is JSON for who sees `area`."""

    key: UUID
    area: int
    mark: Any
    shown: dict[str, Any]


@dataclass
class Standing:
    """States of one sort as this process last saw them.

    Parameters
    ----------
    topic
        The event that tells of them; its data is ``{"<topic's first word>": [shown, ...]}``.
    query
        SQL for all of them; `state_of` makes a `State` of one row.
    """

    topic: str
    query: str
    state_of: Callable[[tuple[Any, ...]], State]
    _told: dict[UUID, tuple[Any, float]] = field(default_factory=dict)
    _seen: list[State] = field(default_factory=list)

    def look(self, rows: Iterable[tuple[Any, ...]], now_s: float) -> list[State]:
        """Take in all states; return those to be told now: changed, and not told for a second."""
        self._seen = [self.state_of(row) for row in rows]
        due = [state for state in self._seen if self._is_due(state, now_s)]
        kept = {state.key: self._told.get(state.key) for state in self._seen}
        self._told = {key: told for key, told in kept.items() if told is not None}
        self._told |= {state.key: (state.mark, now_s) for state in due}
        return due

    def _is_due(self, state: State, now_s: float) -> bool:
        told = self._told.get(state.key)
        return told is None or (told[0] != state.mark and now_s - told[1] >= TELL_EVERY_S)

    def all(self) -> list[State]:
        """Return every state as last seen: what a screen gets that has just come."""
        return self._seen

    def frame(self, states: Iterable[State]) -> bytes:
        """Return states as one event, without a number: a screen resumes by events alone."""
        content = orjson.dumps({self.topic.partition(".")[0]: [state.shown for state in states]})
        return f"event: {self.topic}\ndata: ".encode() + content + b"\n\n"
