"""What waits for somebody: queues by name, each read as far as a screen shows it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import NamedTuple
from uuid import UUID

from anlan.kernel.access import Actor

COUNTED_LIMIT_ROWS = 99
"""A longer queue is said to be longer: whoever has a hundred things to do needs no number."""
READ_LIMIT_ROWS = COUNTED_LIMIT_ROWS + 1
SHOWN_LIMIT_ROWS = 5


class WaitingRow(NamedTuple):
    """Something that waits: its name and kind, where, since or by when, and with whom."""

    id: UUID | None
    name: str
    code: str = ""
    place_text: str = ""
    at: datetime | None = None
    organisation_id: UUID | None = None


RowsOf = Callable[[Actor, datetime], Iterable[WaitingRow]]


class Queue(NamedTuple):
    """What waits for whoever holds a permission; `rows` reads it in the order to be done."""

    name: str
    permission: str
    rows: RowsOf


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many wait in a queue, at most a named limit (then there are `more`), and the first."""

    name: str
    count: int
    more: bool
    rows: list[WaitingRow]


def waiting_in(queues: Iterable[Queue], actor: Actor, at: datetime) -> Iterator[Waiting]:
    """Yield what waits for an actor, in the queues that are his to work through."""
    for queue in queues:
        if queue.permission in actor.permissions:
            found = list(islice(queue.rows(actor, at), READ_LIMIT_ROWS))
            yield Waiting(
                queue.name,
                min(len(found), COUNTED_LIMIT_ROWS),
                len(found) > COUNTED_LIMIT_ROWS,
                found[:SHOWN_LIMIT_ROWS],
            )
