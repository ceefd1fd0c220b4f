"""Incidents that wait for units, and those one of whose clocks ran out."""

from collections.abc import Iterator
from datetime import datetime

from anlan.dispatch.desk_policy import desk_clocks
from anlan.dispatch.models import Incident
from anlan.dispatch.running_clocks import clocks_of
from anlan.dispatch.selectors.incidents import OPEN_LIMIT_ROWS, incidents, waiting_incidents
from anlan.kernel.access import Actor
from anlan.kernel.waiting import READ_LIMIT_ROWS, Queue, WaitingRow


def _waiting(_: Actor, __: datetime) -> Iterator[WaitingRow]:
    return (_row(one, one.received_at) for one in waiting_incidents(READ_LIMIT_ROWS))


def _late(_: Actor, at: datetime) -> Iterator[WaitingRow]:
    """Yield the open incidents one of whose clocks has run out, the longest since first."""
    past = []
    for one in incidents("OPEN").order_by("priority", "received_at", "id")[:OPEN_LIMIT_ROWS]:
        rules = desk_clocks(one.area, one.received_at.date())
        running = clocks_of(one, list(one.assignments.all()), rules)
        due = [clock.due_at for clock in running if clock.ended_at is None and clock.due_at < at]
        if due:
            past.append((min(due), one))
    yield from (_row(one, due_at) for due_at, one in sorted(past, key=lambda found: found[0]))


def _row(incident: Incident, at: datetime) -> WaitingRow:
    return WaitingRow(incident.id, incident.number, incident.kind, incident.place_text, at)


INCIDENT_QUEUES = (
    Queue("CLOCK_LATE", "incident.assign", _late),
    Queue("INCIDENT_WAITING", "incident.assign", _waiting),
)
