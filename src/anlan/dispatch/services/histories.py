"""Tells the desk when what the steps of an incident say is not what its rows have."""

from datetime import datetime

import structlog

from anlan.dispatch.selectors.lives import history_gaps
from anlan.kernel.access import system_actor
from anlan.kernel.outbox import Event, publish_all
from anlan.kernel.scope import scoped

CHECKER = system_actor("history", sees_sealed=True)
RECENT_ROWS = 500
TOLD_LIMIT = 100

log = structlog.get_logger("anlan.history")


def tell_history_gaps(at: datetime) -> int:
    """Rebuild the latest `RECENT_ROWS` incidents; log and publish each that disagrees.

    Returns how many there are. `anlan check history` does the same for all of them.
    """
    with scoped(CHECKER):
        gaps = list(history_gaps(RECENT_ROWS))
        for gap in gaps[:TOLD_LIMIT]:
            log.error("history_broken", number=gap.number, what=gap.what.partition(":")[0])
        publish_all(
            [
                Event("history.broken", gap.area, gap.id, {"number": gap.number})
                for gap in gaps[:TOLD_LIMIT]
            ],
            at=at,
        )
    return len(gaps)
