"""Where things stand now, told to screens as it changes: looked up, never queued.

A position is a state, not an event: only the last one counts, and it comes every second. Through
the outbox, 500 units would write 500 rows a second, keep a day of their tracks, and send a screen
that was away through all of them. So each process looks at the states themselves a few times a
second, hands screens what changed since, at most once a second for each thing, all of it in one
event; and a screen that comes, or comes back, gets everything once.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

import orjson

TELL_EVERY_S = 1.0  # of one thing, at most this often

State = tuple[Any, ...]
"""How one thing stands, a row of the query: its key, its area, a mark that differs when it changed,
and what else is shown. As it was read: of 500 a few times a second most are told another time."""

KEY, AREA, MARK = range(3)


@dataclass
class Standing:
    """States of one sort as this process last saw them.

    Parameters
    ----------
    topic
        The event that tells of them; its data is ``{"<topic's first word>": [shown, ...]}``.
    query
        SQL for all of them.
    shown
        Makes of one state what JSON shows of it to who sees its area.
    """

    topic: str
    query: str
    shown: Callable[[State], dict[str, Any]]
    _told: dict[Any, tuple[Any, float]] = field(default_factory=dict)
    _seen: Collection[State] = ()

    def look(self, states: Collection[State], now_s: float) -> list[State]:
        """Take in all states; return those to be told now: changed, and not told for a second."""
        self._seen = states
        due = [state for state in states if self._is_due(state, now_s)]
        self._told |= {state[KEY]: (state[MARK], now_s) for state in due}
        if len(self._told) > len(states):  # whatever is there has been told: so something has gone
            self._told = {state[KEY]: self._told[state[KEY]] for state in states}
        return due

    def _is_due(self, state: State, now_s: float) -> bool:
        told = self._told.get(state[KEY])
        return told is None or (told[0] != state[MARK] and now_s - told[1] >= TELL_EVERY_S)

    def all(self) -> Collection[State]:
        """Return every state as last seen: what a screen gets that has just come."""
        return self._seen

    def frame(self, states: Iterable[State]) -> bytes:
        """Return states as one event, without a number: a screen resumes by events alone."""
        content = orjson.dumps({self.topic.partition(".")[0]: [*map(self.shown, states)]})
        return f"event: {self.topic}\ndata: ".encode() + content + b"\n\n"
