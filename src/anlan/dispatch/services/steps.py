"""The one place where dispatch writes steps and tells the screens."""

from datetime import datetime
from typing import Any

from anlan.dispatch.models import Assignment, Incident, IncidentStep
from anlan.dispatch.selectors import assignment_shape, incident_shape
from anlan.kernel.access import Actor
from anlan.kernel.outbox import publish


def write_step(
    incident: Incident, move: str, change: tuple[str, str], facts: dict[str, Any],
    actor: Actor, at: datetime,
) -> None:  # fmt: skip
    """Add one step to the incident's history; `change` is (source, target)."""
    IncidentStep.objects.create(
        area=incident.area,
        subject_id=incident.id,
        move=move,
        source=change[0],
        target=change[1],
        made_by=actor.id,
        made_by_name=actor.name,
        made_at=at,
        facts=facts,
    )


def tell_incident(incident: Incident, topic: str, at: datetime) -> None:
    """Publish the incident as lists show it."""
    publish(topic, area=incident.area, subject_id=incident.id, body=incident_shape(incident), at=at)


def tell_assignment(assignment: Assignment, at: datetime) -> None:
    """Publish the assignment as the unit board shows it."""
    publish(
        "assignment.changed",
        area=assignment.area,
        subject_id=assignment.id,
        body=assignment_shape(assignment),
        at=at,
    )
