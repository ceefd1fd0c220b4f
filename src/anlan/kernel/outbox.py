"""What happened, told to everybody who should see it: one table, one relay, one order.

A write adds its row in its own transaction and does nothing else in it: a NOTIFY inside every
business transaction costs four fifths of the throughput. One relay, woken after the commit, numbers
the committed rows and notifies once a batch, so the numbers become visible in their own order and a
screen that was away can go on after the last number it saw.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from anlan.kernel.access import system_actor
from anlan.kernel.models import OutboxEntry
from anlan.kernel.riding import ride_rows
from anlan.kernel.scope import scoped
from anlan.kernel.waking import NUMBERED, Waker

CHANNEL = NUMBERED
RELAY_BATCH_ROWS = 1_000
KEPT_FOR = timedelta(hours=24)
ERASE_BATCH_ROWS = 5_000
RELAY_LOCK_KEY = 0x616E6C616E  # "anlan": one relay at a time, however many workers run
RELAY = system_actor("outbox-relay", sees_sealed=True)
WAKER = Waker()

_NUMBER_WAITING = """
    WITH waiting AS (
        SELECT id, position FROM kernel_outbox WHERE sequence IS NULL
        ORDER BY position LIMIT %s FOR UPDATE
    ), numbered AS (
        SELECT id, nextval('kernel_outbox_sequence') AS number
        FROM (SELECT id FROM waiting ORDER BY position) AS ordered
    )
    UPDATE kernel_outbox SET sequence = numbered.number FROM numbered
    WHERE kernel_outbox.id = numbered.id
"""
_ERASE_OLD = """
    DELETE FROM kernel_outbox WHERE id IN (
        SELECT id FROM kernel_outbox WHERE sequence IS NOT NULL AND published_at < %s LIMIT %s
    )
"""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened.

    `body` is JSON that every signed-in reader of `area` may see: no contact, no free text of a
    reporter beyond what the lists show. With `audience`, an organisation, it is for that
    organisation's screens alone, whatever their area.
    """

    topic: str
    area: int
    subject_id: UUID
    body: dict[str, Any]
    audience: UUID | None = None


def publish(
    topic: str, *, area: int, subject_id: UUID, body: dict[str, Any], at: datetime,
    audience: UUID | None = None,
) -> None:  # fmt: skip
    """Add one event to the outbox, inside the caller's transaction."""
    publish_all([Event(topic, area, subject_id, body, audience)], at=at)


def publish_all(events: Iterable[Event], *, at: datetime) -> None:
    """Add events to the outbox in their order, in the caller's transaction.

    Once that has committed, the relay is woken; should that fail, it looks by itself.
    """
    rows = [
        OutboxEntry(
            topic=event.topic,
            area=event.area,
            subject_id=event.subject_id,
            body=event.body,
            published_at=at,
            audience=event.audience,
        )
        for event in events
    ]
    ride_rows(rows)
    transaction.on_commit(WAKER.wake, robust=True)


def relay_batch() -> int:
    """Number up to `RELAY_BATCH_ROWS` committed rows and wake the listeners; return how many.

    Only one relay may run: a transaction-scoped advisory lock makes any other a no-op.
    """
    with scoped(RELAY), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [RELAY_LOCK_KEY])
        row = cursor.fetchone()
        if row is None or not row[0]:
            return 0
        cursor.execute(_NUMBER_WAITING, [RELAY_BATCH_ROWS])
        moved: int = cursor.rowcount
        if moved:
            cursor.execute(f"NOTIFY {CHANNEL}")
    return moved


def erase_old_entries(at: datetime) -> int:
    """Delete up to `ERASE_BATCH_ROWS` numbered rows older than `KEPT_FOR`; return how many."""
    with scoped(RELAY), connection.cursor() as cursor:
        cursor.execute(_ERASE_OLD, [at - KEPT_FOR, ERASE_BATCH_ROWS])
        return int(cursor.rowcount)
