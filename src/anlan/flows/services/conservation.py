"""Tells the desk when something that was acknowledged is nowhere."""

from datetime import datetime

import structlog

from anlan.flows.selectors.conservation import recent_gaps
from anlan.kernel.access import system_actor
from anlan.kernel.outbox import Event, publish_all
from anlan.kernel.scope import scoped

CHECKER = system_actor("conservation", sees_sealed=True)
TOLD_LIMIT = 100

log = structlog.get_logger("anlan.conservation")


def tell_gaps(at: datetime) -> int:
    """Look for gaps among what is recent; log and publish each. Return how many there are."""
    with scoped(CHECKER):
        gaps = recent_gaps()
        for gap in gaps[:TOLD_LIMIT]:
            log.error("conservation_broken", rule=gap.rule, number=gap.number)
        publish_all(
            [
                Event(
                    "conservation.broken", gap.area, gap.id,
                    {"rule": gap.rule, "number": gap.number},
                )
                for gap in gaps[:TOLD_LIMIT]
            ],
            at=at,
        )  # fmt: skip
    return len(gaps)
