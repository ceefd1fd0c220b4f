"""What every move of dispatch ends with: its step, its clocks, what the screens are told."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from anlan.dispatch.models import TEXT_MAX_CHARACTERS, Assignment, Incident
from anlan.dispatch.selectors import assignment_shape, incident_shape
from anlan.dispatch.services.clocks import assignments_of, follow_clocks
from anlan.dispatch.services.step_rows import write_step
from anlan.kernel.outbox import publish
from anlan.kernel.texts import clean_text

__all__ = ["clean_facts", "tell_assignment", "tell_incident", "write_step"]

REASON_MAX_CHARACTERS = 500
CODE_MAX_CHARACTERS = 24

TEXT_LIMITS_CHARACTERS = {
    "reason": REASON_MAX_CHARACTERS,
    "departure_reason": REASON_MAX_CHARACTERS,
    "note": TEXT_MAX_CHARACTERS,
    "outcome": TEXT_MAX_CHARACTERS,
}


def clean_facts(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts of a move that were given, their texts checked and trimmed."""
    cleaned = {
        name: clean_text(
            value,
            field=name,
            limit_characters=TEXT_LIMITS_CHARACTERS.get(name, CODE_MAX_CHARACTERS),
        )
        if isinstance(value, str)
        else value
        for name, value in facts.items()
    }
    return {name: value for name, value in cleaned.items() if value not in (None, "")}


def tell_incident(incident: Incident, topic: str, at: datetime) -> None:
    """Publish the incident as lists show it, and let its clocks follow what has changed."""
    assignments = assignments_of(incident.id)
    shape = incident_shape(incident, assignments)
    publish(topic, area=incident.area, subject_id=incident.id, body=shape, at=at)
    follow_clocks(incident, assignments, at)


def tell_assignment(assignment: Assignment, at: datetime) -> None:
    """Publish the assignment as the unit board shows it."""
    publish(
        "assignment.changed",
        area=assignment.area,
        subject_id=assignment.id,
        body=assignment_shape(assignment),
        at=at,
    )
