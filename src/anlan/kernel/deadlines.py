"""Moments at which something is due: rows of one table, and a loop that handles each exactly once.

A move sets and clears deadlines in its own transaction. The loop takes a due row away and does what
follows from it in one transaction too, so that a process that dies in between leaves the row as it
was. Any number of loops may run.

The order of locks is that of the moves: the subject first, then its deadline. A loop that locked
the row first would wait for a move that waits for the loop. So a loop claims a row by an advisory
lock that no move takes, then locks the subject, and only then takes the row, if it is still due.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import structlog
from django.db import connection
from django.db.models import Min

from anlan.kernel.access import system_actor
from anlan.kernel.models import Deadline
from anlan.kernel.riding import ride, ride_rows
from anlan.kernel.scope import scoped

BATCH_ROWS = 200
RETRY_FIRST_S = 1
RETRY_LIMIT_S = 300
LOOP = system_actor("deadlines", sees_sealed=True)

_CLEAR = "DELETE FROM kernel_deadline WHERE subject_id = %s AND name = ANY(%s)"
_CLAIM = "SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))"

log = structlog.get_logger("anlan.deadlines")


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline whose moment has come, as its handler gets it."""

    name: str
    subject_id: UUID
    area: int
    due_at: datetime
    facts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Handler:
    """What follows when a deadline of one name is due.

    Attributes
    ----------
    lock
        Lock the subject as its moves do (none, if it is gone): from then on it cannot change.
    handle
        Do what follows, in the loop's transaction, over every area; it is given the time.
    """

    lock: Callable[[UUID], object]
    handle: Callable[[Due, datetime], None]


def set_deadline(
    name: str, *, area: int, subject_id: UUID, due_at: datetime, facts: dict[str, Any] | None = None
) -> None:
    """Make the subject's deadline `name` due at `due_at`, in the caller's transaction.

    A subject has one pending deadline of a name; setting it again moves it. The caller holds the
    lock of the subject.
    """
    row = Deadline(
        area=area, subject_id=subject_id, name=name, due_at=due_at, try_at=due_at, facts=facts or {}
    )
    ride_rows(
        [row],
        in_place_of=("subject_id", "name"),
        replacing=("area", "street", "due_at", "try_at", "facts", "failures"),
    )


def clear_deadlines(subject_id: UUID, names: Collection[str]) -> None:
    """Clear the subject's pending deadlines of these names.

    The caller holds the lock of the subject.
    """
    ride(_CLEAR, (subject_id, list(names)))


def next_due_at(handlers: Mapping[str, Handler]) -> datetime | None:
    """Return when the loop has something to do next; None where nothing is pending."""
    with scoped(LOOP):
        rows = Deadline.objects.filter(name__in=list(handlers))
        found: datetime | None = rows.aggregate(first=Min("try_at"))["first"]
    return found


def handle_due(handlers: Mapping[str, Handler], at: datetime) -> int:
    """Handle up to `BATCH_ROWS` deadlines that are due at `at`, each in a transaction of its own.

    Returns how many were handled. One whose handler fails keeps its row and is tried again, later
    each time: it holds up no other. A deadline without a handler waits for a process that has one.
    """
    with scoped(LOOP):
        rows = Deadline.objects.filter(try_at__lte=at, name__in=list(handlers)).order_by("try_at")
        due = list(rows.values_list("id", "subject_id", "name")[:BATCH_ROWS])
    return sum(_handle(row_id, subject_id, handlers[name], at) for row_id, subject_id, name in due)


def _handle(row_id: UUID, subject_id: UUID, handler: Handler, at: datetime) -> bool:
    try:
        with scoped(LOOP):
            if not _claimed(row_id):
                return False
            handler.lock(subject_id)
            row = Deadline.objects.filter(pk=row_id, try_at__lte=at).first()
            if row is None:
                return False
            Deadline.objects.filter(pk=row_id).delete()
            handler.handle(Due(row.name, subject_id, row.area, row.due_at, row.facts), at)
    except Exception as error:
        _postpone(row_id, at)
        log.exception("deadline_failed", deadline=str(row_id), kind=type(error).__name__)
        return False
    return True


def _claimed(row_id: UUID) -> bool:
    """Return whether this loop has the row for itself until its transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, [str(row_id)])
        row = cursor.fetchone()
    return bool(row and row[0])


def _postpone(row_id: UUID, at: datetime) -> None:
    """Try again twice as late as the last time, at most `RETRY_LIMIT_S` from now."""
    with scoped(LOOP):
        rows = Deadline.objects.select_for_update().filter(pk=row_id, try_at__lte=at)
        for row in rows:
            wait_s = min(RETRY_FIRST_S << min(row.failures, 16), RETRY_LIMIT_S)
            row.try_at = at + timedelta(seconds=wait_s)
            row.failures = min(row.failures + 1, 1_000)
            row.save(update_fields=["try_at", "failures"])
