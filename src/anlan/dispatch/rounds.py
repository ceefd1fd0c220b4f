"""The rounds of an incident: from being received to its end, and again each time it is reopened.

First stamps stay. Clocks run and count in each round by its own stamps, so that a call that comes
back after a night is neither an answer of eight hours nor one of no time at all.
"""

from collections.abc import Sequence
from datetime import datetime

from anlan.dispatch.history import Round
from anlan.dispatch.models import Incident, Reopening


def rounds_of(incident: Incident) -> list[Round]:
    """Return the rounds of an incident, the first one first."""
    later = sorted(incident.reopenings.all(), key=lambda one: one.round) if _again(incident) else []
    ends: list[tuple[datetime | None, str]] = [(one.closed_at, one.disposition) for one in later]
    ends.append((incident.closed_at, incident.disposition))
    first = Round(
        number=1,
        rang_at=incident.rang_at,
        answered_at=incident.answered_at,
        received_at=incident.received_at,
        dispatched_at=incident.dispatched_at,
        arrived_at=incident.arrived_at,
        closed_at=ends[0][0],
        disposition=ends[0][1],
    )
    return [first, *_later(later, ends)]


def present_round(incident: Incident) -> Round:
    """Return the round that an incident is in, or ended with."""
    return rounds_of(incident)[-1]


def _again(incident: Incident) -> bool:
    return incident.round > 1


def _later(
    reopenings: Sequence[Reopening], ends: Sequence[tuple[datetime | None, str]]
) -> list[Round]:
    return [
        Round(
            number=one.round,
            rang_at=None,
            answered_at=None,
            received_at=one.reopened_at,
            dispatched_at=one.dispatched_at,
            arrived_at=one.arrived_at,
            closed_at=closed_at,
            disposition=disposition,
        )
        for one, (closed_at, disposition) in zip(reopenings, ends[1:], strict=True)
    ]
