"""Raising an incident: what a caller answers makes it more urgent, or lets it need more."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from anlan.dispatch.models import Incident
from anlan.dispatch.services.incidents import locked_incident
from anlan.dispatch.services.steps import tell_incident, write_step
from anlan.dispatch.transitions import IncidentState
from anlan.kernel.access import Actor, require


@transaction.atomic
def raise_incident(
    incident_id: UUID, *, priority: int | None, needs: Sequence[str], because: Sequence[str],
    alarm_level: int, actor: Actor, at: datetime,
) -> Incident:  # fmt: skip
    """Make an open incident at least so urgent, and let it need these capabilities too.

    Never less: a lower urgency and capabilities it needs already change nothing, and what changes
    nothing leaves no step. An `alarm_level` above 1 stands in the step as advice to the dispatcher.
    An incident that has left the desk stays as it is.
    """
    require(actor, "report.update")
    incident = locked_incident(incident_id)
    more = [need for need in dict.fromkeys(needs) if need not in incident.needs]
    urgent = priority if priority is not None and priority < incident.priority else None
    if incident.state != IncidentState.OPEN or not (more or urgent):
        return incident
    facts: dict[str, Any] = {"because": list(because)}
    if urgent:
        facts |= {"priority": urgent, "before": incident.priority}
        incident.priority = urgent
    if more:
        facts["needs"] = more
        incident.needs = [*incident.needs, *more]
    if alarm_level > 1:
        facts["alarm_level"] = alarm_level
    incident.save(update_fields=["priority", "needs"])
    write_step(incident, "raise", (incident.state, incident.state), facts, actor, at)
    tell_incident(incident, "incident.changed", at)
    return incident
