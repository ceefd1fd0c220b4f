"""Parts of the system that follow the outbox: each event once, in order, whoever dies in between.

A reader's place is a row. A batch is read, handled and its place moved on in one transaction, so
what is handled and what counts as read are the same. Any number of workers may run: the row is
locked, and who does not get it does nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, Q

from anlan.kernel.access import system_actor
from anlan.kernel.models import OutboxEntry, OutboxReader
from anlan.kernel.scope import scoped

BATCH_ROWS = 500
READER = system_actor("outbox-reader", sees_sealed=True)


@dataclass(frozen=True, slots=True)
class Reader:
    """A named reader: `handle` is given the events it wants, in their order, and the time."""

    name: str
    wants: Q
    handle: Callable[[Sequence[OutboxEntry], datetime], None]


def read_batch(reader: Reader, at: datetime) -> int:
    """Let a reader handle the next events it wants, at most `BATCH_ROWS`; return how many."""
    with scoped(READER):
        own = OutboxReader.objects.select_for_update(skip_locked=True).filter(name=reader.name)
        place = own.first()
        if place is None:  # another worker has it, or nobody has ever read under this name
            made = OutboxReader(area=READER.area_low, name=reader.name)
            OutboxReader.objects.bulk_create([made], ignore_conflicts=True)
            place = own.first()
        if place is None:
            return 0
        newest = OutboxEntry.objects.aggregate(newest=Max("sequence"))["newest"] or 0
        unread = OutboxEntry.objects.filter(sequence__gt=place.sequence, sequence__lte=newest)
        batch = list(unread.filter(reader.wants).order_by("sequence")[:BATCH_ROWS])
        if batch:
            reader.handle(batch, at)
        reached = batch[-1].sequence if len(batch) == BATCH_ROWS else newest
        if reached and reached > place.sequence:
            place.sequence = reached
            place.save(update_fields=["sequence"])
    return len(batch)
