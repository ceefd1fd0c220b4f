"""The one place where dispatch writes steps and tells the screens."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from anlan.dispatch.models import TEXT_MAX_CHARACTERS, Assignment, Incident, IncidentStep
from anlan.dispatch.selectors import assignment_shape, incident_shape
from anlan.kernel.access import Actor
from anlan.kernel.outbox import publish
from anlan.kernel.texts import clean_text

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
