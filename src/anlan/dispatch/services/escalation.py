"""Escalation: the next ring of units is asked, by the clock or by a person; never sent unasked.

Only where a policy says `sends` do units go by themselves.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from anlan.dispatch.errors import TopLevelError
from anlan.dispatch.escalation_rules import Escalation, desk_escalation
from anlan.dispatch.models import Assignment, Incident
from anlan.dispatch.services.assignments import assign
from anlan.dispatch.services.clocks import assignments_of, follow_clocks, lock_incident
from anlan.dispatch.services.escalation_times import levels_to_come
from anlan.dispatch.services.incidents import locked_incident
from anlan.dispatch.services.recommendations import recommend
from anlan.dispatch.services.steps import tell_incident, write_step
from anlan.dispatch.transitions import INCIDENT_MOVES
from anlan.kernel.access import Actor, require, system_actor
from anlan.kernel.deadlines import Due, Handler
from anlan.kernel.errors import AnlanError
from anlan.kernel.outbox import publish

ESCALATION = system_actor("escalation", "incident.recommend", "incident.assign")


@transaction.atomic
def escalate(incident_id: UUID, *, actor: Actor, at: datetime) -> Incident:
    """Ask the next ring now, before its time. Needs `incident.assign`.

    Raises `MoveNotAllowedError` for an incident that is not open, `TopLevelError` where there is no
    further level.
    """
    require(actor, "incident.assign")
    incident = locked_incident(incident_id)
    INCIDENT_MOVES.check(incident.state, "assign", ())
    policy = desk_escalation(incident.area, incident.received_at.date())
    level = incident.escalation_level + 1
    if policy is None or level > len(policy.steps):
        raise TopLevelError(rule="level_above")
    _raise(incident, policy, level, actor, at)
    return incident


def _raise(incident: Incident, policy: Escalation, level: int, actor: Actor, at: datetime) -> None:
    ring = policy.rings[level]
    incident.escalation_level = level
    incident.save(update_fields=["escalation_level"])
    facts = {
        "level": level,
        "name_zh": ring.name_zh,
        "name_en": ring.name_en,
        "within_s": ring.within_s,
        "rules": f"{policy.id}@{policy.version}",
    }
    write_step(incident, "escalate", (incident.state, incident.state), facts, actor, at)
    body = {"number": incident.number, "kind": incident.kind, "priority": incident.priority}
    publish(
        "incident.escalated", area=incident.area, subject_id=incident.id, body=body | facts, at=at
    )
    tell_incident(incident, "incident.changed", at)


def _escalation_due(due: Due, at: datetime) -> None:
    """Go up to the highest level that is due; send its units where the policy says so."""
    incident = Incident.objects.get(pk=due.subject_id)
    policy = desk_escalation(incident.area, incident.received_at.date())
    assignments = list(Assignment.objects.filter(incident_id=incident.id).order_by("id"))
    levels = [level for level, moment in levels_to_come(incident, assignments) if moment <= at]
    if policy is None or not levels:
        follow_clocks(incident, assignments_of(incident.id), at)
        return
    _raise(incident, policy, max(levels), ESCALATION, at)
    if policy.steps[max(levels) - 1].sends:
        _send(incident, policy, at)


def _send(incident: Incident, policy: Escalation, at: datetime) -> None:
    """Send the suggested units within the ring; what stands in the way is written down."""
    within_s = policy.rings[incident.escalation_level].within_s
    try:
        with transaction.atomic():
            found = recommend(incident.id, actor=ESCALATION, at=at)
            chosen = [
                UUID(str(one["unit_id"]))
                for one in found.units
                if one["suggested"] and (within_s is None or one["travel_s"] <= within_s)
            ]
            assign(
                incident.id,
                chosen,
                recommendation_id=found.id,
                departure_reason="",
                actor=ESCALATION,
                at=at,
            )
    except AnlanError as error:
        facts = {"problem": error.named}
        write_step(incident, "unsent", (incident.state, incident.state), facts, ESCALATION, at)


ESCALATION_HANDLER = Handler(lock_incident, _escalation_due)
