"""Writes of rounds: when the present one was first dispatched and reached, and a new one begun."""

from datetime import datetime
from typing import Literal

from anlan.dispatch.models import Incident, Reopening


def stamp_round(
    incident: Incident, name: Literal["dispatched_at", "arrived_at"], at: datetime
) -> None:
    """Keep when the present round of a locked incident was first dispatched or reached.

    Of several arrivals the earliest counts, whichever the server heard of first.
    """
    row: Incident | Reopening = incident
    if incident.round > 1:
        row = Reopening.objects.get(incident=incident, round=incident.round)
    before: datetime | None = getattr(row, name)
    if before is None or at < before:
        setattr(row, name, at)
        row.save(update_fields=[name])


def begin_round(incident: Incident, at: datetime) -> None:
    """Begin the next round of a locked, closed incident; the caller saves the incident.

    Nobody of this round was asked or sent yet, so that it is escalated from the first ring again.
    """
    incident.round += 1
    closed_at = incident.closed_at or at  # the database has it of everything that is closed
    Reopening.objects.create(
        area=incident.area,
        incident=incident,
        round=incident.round,
        closed_at=closed_at,
        disposition=incident.disposition,
        reopened_at=at,
    )
    incident.disposition, incident.closed_at, incident.reopened_at = "", None, at
    incident.escalation_level = 0
