"""When an incident is escalated: the next level that nobody has made needless."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from anlan.dispatch.escalation_rules import EscalationStep, desk_escalation
from anlan.dispatch.history import Round
from anlan.dispatch.models import Assignment, Incident
from anlan.dispatch.rounds import present_round

CALLED_OFF = "CANCELLED"


def next_escalation_at(incident: Incident, assignments: Sequence[Assignment]) -> datetime | None:
    """Return when the first level above the present one is asked; None where none will be."""
    moments = [at for _, at in levels_to_come(incident, assignments)]
    return min(moments, default=None)


def levels_to_come(
    incident: Incident, assignments: Sequence[Assignment]
) -> list[tuple[int, datetime]]:
    """Return the levels above the present one that would still be asked, each with its moment."""
    policy = desk_escalation(incident.area, incident.received_at.date())
    if policy is None or incident.state != "OPEN":
        return []
    stamps = present_round(incident)
    sent = [one for one in assignments if one.round == incident.round]
    return [
        (level, stamps.received_at + timedelta(seconds=after_s))
        for level, step in enumerate(policy.steps, start=1)
        if level > incident.escalation_level
        and (after_s := step.after_s(incident.priority)) is not None
        and not _needless(step, stamps, sent)
    ]


def _needless(step: EscalationStep, stamps: Round, assignments: Sequence[Assignment]) -> bool:
    """Return whether somebody has come as far as the level asks for."""
    coming = [one for one in assignments if one.state != CALLED_OFF]
    if step.unless == "SENT":
        return bool(coming)
    if step.unless == "UNDER_WAY":
        return any(one.en_route_at or one.on_scene_at for one in coming)
    return stamps.arrived_at is not None
