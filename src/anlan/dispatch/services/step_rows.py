"""The one place where dispatch adds to a history."""

from datetime import datetime
from typing import Any

from anlan.dispatch.models import Incident, IncidentStep
from anlan.kernel.access import Actor
from anlan.kernel.riding import ride_rows


def write_step(
    incident: Incident, move: str, change: tuple[str, str], facts: dict[str, Any],
    actor: Actor, at: datetime, told_at: datetime | None = None,
) -> None:  # fmt: skip
    """Add one step to the incident's history; `change` is (source, target)."""
    step = IncidentStep(
        area=incident.area,
        subject_id=incident.id,
        move=move,
        source=change[0],
        target=change[1],
        made_by=actor.id,
        made_by_name=actor.name,
        made_at=at,
        told_at=told_at,
        facts=facts,
    )
    ride_rows([step])
