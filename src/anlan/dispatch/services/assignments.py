"""Writes of assignments: units sent, on their way, there, cleared or called off.

Lock order everywhere: incidents in the order of their ids, then units in the order of theirs, then
assignments.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from anlan.dispatch import selectors
from anlan.dispatch.errors import (
    BadFactError,
    UnitBusyError,
    UnitElsewhereError,
    UnitOffDutyError,
    UnknownAssignmentError,
    UnknownRecommendationError,
)
from anlan.dispatch.models import Assignment, Incident, Recommendation
from anlan.dispatch.services.incidents import locked_incident
from anlan.dispatch.services.rounds import stamp_round
from anlan.dispatch.services.steps import (
    clean_facts,
    tell_assignment,
    tell_incident,
    write_step,
)
from anlan.dispatch.told_times import counted_at
from anlan.dispatch.transitions import ASSIGNMENT_MOVES, INCIDENT_MOVES, OPEN_ASSIGNMENT_STATES
from anlan.kernel.access import Actor, require
from anlan.kernel.areas import lies_within
from anlan.kernel.errors import DeniedError
from anlan.kernel.moves import MissingFactError
from anlan.kernel.told_times import believable
from anlan.orgs.models import Unit
from anlan.orgs.selectors import units_locked

UNITS_A_TIME_LIMIT = 20
_STAMP = {"en_route": "en_route_at", "on_scene": "on_scene_at"}


@transaction.atomic
def assign(
    incident_id: UUID, unit_ids: Sequence[UUID], *, recommendation_id: UUID | None,
    departure_reason: str, actor: Actor, at: datetime,
) -> list[Assignment]:  # fmt: skip
    """Send units to an open incident: all of them, or none.

    A departure from the recommendation is written down with its reason, never prevented. Raises
    `UnitBusyError` naming the incident that has the unit and who sent it, `UnitOffDutyError`,
    `UnitElsewhereError`, `BadFactError`, `MissingFactError` for a departure without a reason.
    """
    require(actor, "incident.assign")
    if not 1 <= len(set(unit_ids)) <= UNITS_A_TIME_LIMIT or len(set(unit_ids)) < len(unit_ids):
        raise BadFactError(field="unit_ids", rule="1_to_20_different_units")
    incident = locked_incident(incident_id)
    units = units_locked(unit_ids)
    kept = _recommendation(incident, recommendation_id)
    reason = clean_facts({"departure_reason": departure_reason})
    facts = {"recommendation_id": str(kept.id) if kept else "", **reason}
    if kept and departs(kept.ranking, unit_ids):
        if not reason:
            raise MissingFactError(field="departure_reason", rule="required", move="assign")
        facts["recommended"] = [one["call_sign"] for one in kept.ranking if one["suggested"]]
    expected = {entry["unit_id"]: entry["travel_s"] for entry in kept.ranking} if kept else {}
    chosen = [(units[unit_id], expected.get(str(unit_id))) for unit_id in sorted(unit_ids)]
    return send(incident, chosen, recommendation_id=recommendation_id, facts=facts, actor=actor,
                at=at)  # fmt: skip


def departs(ranking: Sequence[Mapping[str, Any]], unit_ids: Sequence[UUID]) -> bool:
    """Return whether a choice leaves out a unit that was suggested; sending more is none."""
    sent = {str(unit_id) for unit_id in unit_ids}
    return any(one["suggested"] and one["unit_id"] not in sent for one in ranking)


def send(
    incident: Incident, chosen: Sequence[tuple[Unit, float | None]], *,
    recommendation_id: UUID | None, facts: Mapping[str, Any], actor: Actor, at: datetime,
) -> list[Assignment]:  # fmt: skip
    """Send locked units, each with its expected travel time, to a locked incident."""
    INCIDENT_MOVES.check(incident.state, "assign", ())
    made = [_assign_one(incident, unit, recommendation_id, s, at) for unit, s in chosen]
    stamp_round(incident, "dispatched_at", at)
    told = {
        "units": [assignment.call_sign for assignment in made],
        "jobs": [
            {"id": str(one.id), "unit_id": str(one.unit_id), "kind": one.unit_kind} for one in made
        ],
        **facts,
    }
    write_step(incident, "assign", (incident.state, incident.state), told, actor, at)
    for assignment in made:
        tell_assignment(assignment, at)
    tell_incident(incident, "incident.changed", at)
    return made


def _recommendation(incident: Incident, recommendation_id: UUID | None) -> Recommendation | None:
    if recommendation_id is None:
        return None
    found = Recommendation.objects.filter(pk=recommendation_id, incident=incident).first()
    if found is None:
        raise UnknownRecommendationError(field="recommendation_id", rule="of_this_incident")
    return found


def _assign_one(
    incident: Incident, unit: Unit, recommendation_id: UUID | None, travel_s: float | None,
    at: datetime,
) -> Assignment:  # fmt: skip
    if unit.duty != "ON_DUTY":
        raise UnitOffDutyError(field="unit_ids", rule="on_duty", unit=unit.call_sign)
    if not lies_within(incident.area, unit.area):
        raise UnitElsewhereError(field="unit_ids", rule="unit_serves_the_area", unit=unit.call_sign)
    try:
        with transaction.atomic():
            return Assignment.objects.create(
                area=incident.area,
                incident=incident,
                unit_id=unit.id,
                call_sign=unit.call_sign,
                unit_kind=unit.kind,
                round=incident.round,
                recommendation_id=recommendation_id,
                expected_travel_s=travel_s,
                assigned_at=at,
            )
    except IntegrityError:
        raise busy_error(unit) from None


def busy_error(unit: Unit) -> UnitBusyError:
    """Return the refusal that says which incident has a unit, and who sent it there."""
    other = selectors.open_assignment(unit.id)
    sent_by = selectors.sent_by(other) if other else ""
    number = other.incident.number if other else ""
    return UnitBusyError(
        field="unit_ids", rule="one_job_a_unit", unit=unit.call_sign, incident=number, by=sent_by
    )


@transaction.atomic
def make_move(
    assignment_id: UUID, name: str, facts: Mapping[str, Any], *, actor: Actor, at: datetime,
    told_at: datetime | None = None,
) -> Assignment:  # fmt: skip
    """Make one of the assignment's moves: en_route, on_scene, clear, cancel.

    A crew moves its own assignments; the desk moves any (as heard by radio). Only this assignment
    changes, whatever else the unit has done. `told_at` is when a device that was without network
    says it happened: as far as it is believed, that is the stamp, and the history has both times.
    """
    incident_id = Assignment.objects.filter(pk=assignment_id).values_list("incident_id", flat=True)
    found = incident_id.first()
    if found is None:
        raise UnknownAssignmentError
    incident = locked_incident(found)
    assignment = Assignment.objects.select_for_update().get(pk=assignment_id)
    assignment.incident = incident
    _require_move(assignment, name, actor)
    given = clean_facts(facts)
    move = ASSIGNMENT_MOVES.check(assignment.state, name, given)
    source, assignment.state = assignment.state, move.target
    said = believable(told_at, since=_last_stamp(assignment), at=at)
    acted_at = counted_at(said, at)
    if name in _STAMP:
        setattr(assignment, _STAMP[name], acted_at)
    if name == "clear":
        assignment.outcome = given["outcome"]
        assignment.cleared_by = actor.id
    if move.target not in OPEN_ASSIGNMENT_STATES:
        assignment.ended_at = acted_at
    assignment.save()
    if name == "on_scene":
        stamp_round(incident, "arrived_at", acted_at)
    told = {"unit": assignment.call_sign, "assignment_id": str(assignment.id), **given}
    write_step(incident, name, (source, move.target), told, actor, at, said)
    tell_assignment(assignment, at)
    tell_incident(incident, "incident.changed", at)
    return assignment


def _last_stamp(assignment: Assignment) -> datetime:
    """Return when the crew last acted: what it does next it does no earlier."""
    stamps = (assignment.assigned_at, assignment.en_route_at, assignment.on_scene_at)
    return max(stamp for stamp in stamps if stamp is not None)


def _require_move(assignment: Assignment, name: str, actor: Actor) -> None:
    if name == "cancel":
        require(actor, "assignment.cancel")
    elif actor.unit_id is None:
        require(actor, "assignment.move")
    else:
        require(actor, "assignment.move_own")
        if actor.unit_id != assignment.unit_id:
            raise DeniedError(permission="assignment.move")
