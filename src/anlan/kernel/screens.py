"""One open screen of the stream: what it may see, and events as it is told them."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import orjson

from anlan.kernel.access import Actor
from anlan.kernel.purposes import sees

QUEUE_LIMIT_FRAMES = 512
HEARTBEAT_S = 15.0


@dataclass(eq=False)
class Screen:
    """One open stream: what it may see, the number it has come to, the frames that wait for it."""

    low: int
    high: int
    since: int
    organisation_id: UUID | None = None
    session_id: UUID | None = None
    knows_standing: bool = False
    permissions: frozenset[str] = frozenset()
    hides: frozenset[str] = frozenset()
    frames: asyncio.Queue[tuple[int, bytes] | None] = field(
        default_factory=lambda: asyncio.Queue(QUEUE_LIMIT_FRAMES)
    )

    def sees(
        self, area: int, audience: UUID | None, needed: frozenset[str],
        sealed_to: Sequence[UUID] | None = None,
    ) -> bool:  # fmt: skip
        """Say whether an event is for this screen: of its area, or for its organisation.

        Whoever it is for must hold one of the permissions `needed`, and be one of those to whom it
        is sealed, where it is.
        """
        if needed.isdisjoint(self.permissions):
            return False
        if sealed_to is not None and self.organisation_id not in sealed_to:
            return False
        if audience is not None:
            return audience == self.organisation_id
        return self.low <= area <= self.high

    def offer(self, sequence: int, frame: bytes) -> bool:
        """Queue a frame with its number; False when the screen is too slow to take it."""
        try:
            self.frames.put_nowait((sequence, frame))
        except asyncio.QueueFull:
            return False
        return True

    async def next_frames(self) -> tuple[bytes, bool]:
        """Wait for a frame, return all that are there as one text, and whether the stream goes on.

        A frame that the screen has seen already, from another process, is left out.
        """
        try:
            async with asyncio.timeout(HEARTBEAT_S):
                waiting = [await self.frames.get()]
        except TimeoutError:
            return b": still here\n\n", True
        while not self.frames.empty():
            waiting.append(self.frames.get_nowait())
        fresh = [entry[1] for entry in waiting if entry and entry[0] > self.since]
        return b"".join(fresh), None not in waiting


@dataclass(frozen=True)
class Showing:
    """Who is told what: nobody is told of a sort of event that is not named here.

    Parameters
    ----------
    needed
        The first word of a topic -> permissions, one of which must be held.
    protected
        A name in an event's body -> the protected field that it is; emptied for who may not see it.
    sealed
        SQL of rows `subject_id`, `sealed_to`: what is told of such a subject, before or after it
        was sealed, is for these organisations alone.
    """

    needed: Mapping[str, frozenset[str]]
    protected: Mapping[str, str]
    sealed: str = "(SELECT NULL::uuid AS subject_id, NULL::uuid[] AS sealed_to LIMIT 0) AS seals"

    def asking(self, query: str) -> str:
        """Return a query of events with what says which are sealed in it."""
        return query.replace("{sealed}", self.sealed)

    def needed_for(self, topic: str) -> frozenset[str]:
        """Return the permissions one of which shows events of a topic."""
        return self.needed.get(topic.partition(".")[0], frozenset())

    def hidden_from(self, actor: Actor) -> frozenset[str]:
        """Return the names in bodies that the purpose of `actor` does not show."""
        return frozenset(name for name, of in self.protected.items() if not sees(actor, of))


def frame_of(row: tuple[Any, ...], hidden: frozenset[str] = frozenset()) -> bytes:
    """Return one outbox row as an event of the stream, with the names in `hidden` emptied."""
    sequence, topic, area, subject_id, body, published_at, *_ = row
    shown = body | dict.fromkeys(hidden & body.keys(), "")
    content = orjson.dumps({"subject_id": subject_id, "area": area, "at": published_at, **shown})
    return f"id: {sequence}\nevent: {topic}\ndata: ".encode() + content + b"\n\n"


def notice(topic: str, sequence: int | None = None) -> bytes:
    """Return an event of the stream itself: `hello` with the present number, `reset`, `away`."""
    number = "" if sequence is None else f"id: {sequence}\n"
    content = orjson.dumps({"sequence": sequence})
    return f"{number}event: {topic}\ndata: ".encode() + content + b"\n\n"
