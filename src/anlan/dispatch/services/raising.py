"""Raising an incident: what a caller answers makes it more urgent, or lets it need more."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from anlan.dispatch.models import Incident
from anlan.dispatch.services.asking import card_of
from anlan.dispatch.services.incidents import locked_incident, make_move
from anlan.dispatch.services.steps import REASON_MAX_CHARACTERS, tell_incident, write_step
from anlan.dispatch.transitions import IncidentState
from anlan.kernel.access import Actor, require


@transaction.atomic
def raise_incident(
    incident_id: UUID, *, priority: int | None, needs: Sequence[str], because: Sequence[str],
    alarm_level: int, actor: Actor, at: datetime,
) -> Incident:  # fmt: skip
    """Make an open incident at least so urgent, and let it need these capabilities too.

    Never less: a lower urgency and capabilities it needs already change nothing, and what changes
    nothing leaves no step. An `alarm_level` above the present one is raised by the same move as by
    hand, as far as the incident's run card goes. An incident that has left the desk stays as it is.
    """
    require(actor, "report.update")
    incident = locked_incident(incident_id)
    if incident.state != IncidentState.OPEN:
        return incident
    more = [need for need in dict.fromkeys(needs) if need not in incident.needs]
    urgent = priority if priority is not None and priority < incident.priority else None
    if more or urgent:
        _write(incident, urgent, more, because, actor, at)
    return _raise_alarm(incident, alarm_level, because, actor, at)


def _write(
    incident: Incident, urgent: int | None, more: list[str], because: Sequence[str],
    actor: Actor, at: datetime,
) -> None:  # fmt: skip
    facts: dict[str, Any] = {"because": list(because)}
    if urgent:
        facts |= {"priority": urgent, "before": incident.priority}
        incident.priority = urgent
    if more:
        facts["needs"] = more
        incident.needs = [*incident.needs, *more]
    incident.save(update_fields=["priority", "needs"])
    write_step(incident, "raise", (incident.state, incident.state), facts, actor, at)
    tell_incident(incident, "incident.changed", at)


def _raise_alarm(
    incident: Incident, level: int, because: Sequence[str], actor: Actor, at: datetime
) -> Incident:
    """Raise the alarm to `level`, or to the highest that the run card knows below it.

    The rule decides, not whoever writes the answer down: the move is made with its permission.
    """
    card = card_of(incident, at)
    reached = min(level, card.highest_level) if card else 0
    if reached <= incident.alarm_level:
        return incident
    facts = {"reason": "; ".join(because)[:REASON_MAX_CHARACTERS], "alarm_level": reached}
    by_rule = replace(actor, permissions=actor.permissions | {"incident.raise_alarm"})
    return make_move(incident.id, "raise_alarm", facts, actor=by_rule, at=at)
