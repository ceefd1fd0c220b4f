"""A unit taken from a less urgent incident for a more urgent one, in one transaction."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from anlan.dispatch.choice_rules import choice_rules
from anlan.dispatch.errors import NoOfferError, UnknownRecommendationError
from anlan.dispatch.models import Assignment, Incident, Recommendation
from anlan.dispatch.services.assignments import send
from anlan.dispatch.services.incidents import lock_incidents
from anlan.dispatch.services.steps import (
    clean_facts,
    tell_assignment,
    tell_incident,
    write_step,
)
from anlan.dispatch.transitions import ASSIGNMENT_MOVES
from anlan.kernel.access import Actor, require
from anlan.kernel.moves import MissingFactError
from anlan.orgs.selectors import units_locked


@transaction.atomic
def preempt(
    incident_id: UUID, *, recommendation_id: UUID, reason: str, actor: Actor, at: datetime
) -> list[Assignment]:
    """Take the offer of a recommendation: the unit leaves its job for this incident.

    The incident it leaves gets the unit that takes over, in the same transaction, or waits again.
    Raises `NoOfferError` where the unit, its job or the rule is no longer as offered,
    `UnitBusyError` where the one that would take over is gone, `MissingFactError`.
    """
    require(actor, "incident.assign")
    require(actor, "assignment.cancel")
    given = clean_facts({"reason": reason})
    if not given:
        raise MissingFactError(field="reason", rule="required", move="preempt")
    kept = Recommendation.objects.filter(pk=recommendation_id, incident_id=incident_id).first()
    if kept is None:
        raise UnknownRecommendationError(field="recommendation_id", rule="of_this_incident")
    offer = kept.answer.get("offer")
    if not offer:
        raise NoOfferError
    left_id, taking = UUID(offer["incident_id"]), offer["takes_over"]
    incidents = lock_incidents([incident_id, left_id])
    incident, left = incidents[incident_id], incidents[left_id]
    unit_id = UUID(offer["unit_id"])
    units = units_locked([unit_id, *([UUID(taking["unit_id"])] if taking else [])])
    _release(incident, left, offer, given["reason"], actor, at)
    facts = {"recommendation_id": str(kept.id), **given}
    made = send(
        incident, [(units[unit_id], offer["travel_s"])], recommendation_id=kept.id,
        facts=facts | {"preempted_from": left.number}, actor=actor, at=at,
    )  # fmt: skip
    if taking:
        unit = units[UUID(taking["unit_id"])]
        made += send(
            left, [(unit, taking["travel_s"])], recommendation_id=None,
            facts=facts | {"takes_over_from": offer["call_sign"]}, actor=actor, at=at,
        )  # fmt: skip
    return made


def _release(
    incident: Incident, left: Incident, offer: dict[str, Any], reason: str, actor: Actor,
    at: datetime,
) -> None:  # fmt: skip
    """End the unit's job at the incident it leaves, if all is still as it was offered."""
    job = Assignment.objects.select_for_update().get(pk=offer["assignment_id"])
    rule = choice_rules(at.date()).diversion
    if job.state not in rule.states or (left.priority, incident.priority) not in rule.pairs:
        raise NoOfferError
    told = f"{reason} ({incident.number})"
    move = ASSIGNMENT_MOVES.check(job.state, "cancel", {"reason"})
    source, job.state, job.ended_at = job.state, move.target, at
    job.save(update_fields=["state", "ended_at"])
    facts = {"unit": job.call_sign, "assignment_id": str(job.id), "reason": told,
             "preempted_for": incident.number}  # fmt: skip
    write_step(left, "preempt", (source, move.target), facts, actor, at)
    tell_assignment(job, at)
    tell_incident(left, "incident.changed", at)
