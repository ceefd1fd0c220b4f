"""Incidents and assignments as lists, the map and the stream show them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from anlan.dispatch.desk_policy import desk_clocks
from anlan.dispatch.models import Assignment, Incident
from anlan.dispatch.running_clocks import clocks_of
from anlan.dispatch.transitions import (
    ASSIGNMENT_MOVES,
    INCIDENT_MOVES,
    OPEN_ASSIGNMENT_STATES,
    phase_of,
)


def incident_shape(
    incident: Incident, assignments: Sequence[Assignment] | None = None
) -> dict[str, Any]:
    """Return an incident as lists, the map and the stream show it: no text, no caller.

    Its `assignments` are looked up where they are not given.
    """
    assignments = list(incident.assignments.all()) if assignments is None else assignments
    rules = desk_clocks(incident.area, incident.received_at.date())
    return {
        "id": str(incident.id),
        "number": incident.number,
        "kind": incident.kind,
        "priority": incident.priority,
        "alarm_level": incident.alarm_level,
        "lon": incident.lon,
        "lat": incident.lat,
        "place_text": incident.place_text,
        "state": incident.state,
        "phase": phase_of(
            incident.state, (a.state for a in assignments if a.round == incident.round)
        ),
        "received_at": incident.received_at.isoformat(),
        "round": incident.round,
        "area": incident.area,
        "report_count": incident.report_count,
        "escalation_level": incident.escalation_level,
        "parent": link_shape(incident.parent) if incident.parent else None,
        "units": [a.call_sign for a in assignments if a.state in OPEN_ASSIGNMENT_STATES],
        "clocks": [
            {
                "code": clock.code,
                "unit": clock.unit,
                "began_at": clock.began_at.isoformat(),
                "warn_at": clock.warn_at.isoformat(),
                "due_at": clock.due_at.isoformat(),
                "ended_at": _iso(clock.ended_at),
            }
            for clock in clocks_of(incident, assignments, rules)
        ],
    }


def link_shape(incident: Incident) -> dict[str, Any]:
    """Return an incident as the one that it hangs together with names it."""
    return {
        "id": str(incident.id),
        "number": incident.number,
        "kind": incident.kind,
        "state": incident.state,
    }


def offered_moves(incident: Incident) -> list[str]:
    """Return the names of the moves that lead on from where an incident stands."""
    useless = {"take_out"} if incident.parent_id is None else {"link", "place_under"}
    if incident.report_count < 2:
        useless.add("detach")
    return [name for name in INCIDENT_MOVES.offered(incident.state) if name not in useless]


def assignment_shape(assignment: Assignment) -> dict[str, Any]:
    """Return an assignment as the unit board and the stream show it."""
    return {
        "id": str(assignment.id),
        "incident_id": str(assignment.incident_id),
        "incident_number": assignment.incident.number,
        "unit_id": str(assignment.unit_id),
        "call_sign": assignment.call_sign,
        "state": assignment.state,
        "assigned_at": assignment.assigned_at.isoformat(),
        "en_route_at": _iso(assignment.en_route_at),
        "on_scene_at": _iso(assignment.on_scene_at),
        "ended_at": _iso(assignment.ended_at),
        "expected_travel_s": assignment.expected_travel_s,
        "outcome": assignment.outcome,
        "moves": ASSIGNMENT_MOVES.offered(assignment.state),
    }


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
