"""Incidents, their assignments and their history."""

from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from anlan.dispatch.errors import UnknownIncidentError
from anlan.dispatch.models import Assignment, Incident, IncidentStep
from anlan.dispatch.transitions import OPEN_ASSIGNMENT_STATES

STEPS_LIMIT_ROWS = 500
ASSIGNMENTS_LIMIT_ROWS = 200


def incidents(state: str | None) -> QuerySet[Incident]:
    """Return the incidents in scope, of one state or all, with their assignments."""
    rows = Incident.objects.prefetch_related(
        Prefetch("assignments", Assignment.objects.order_by("id"))
    )
    return rows.filter(state=state) if state else rows


def incident(incident_id: UUID) -> Incident:
    """Return one incident in scope with its assignments, or raise `UnknownIncidentError`."""
    found = incidents(None).filter(pk=incident_id).first()
    if found is None:
        raise UnknownIncidentError
    return found


def steps(incident_id: UUID) -> list[IncidentStep]:
    """Return the incident's history, oldest first, at most `STEPS_LIMIT_ROWS`."""
    rows = IncidentStep.objects.filter(subject_id=incident_id).order_by("id")
    return list(rows[:STEPS_LIMIT_ROWS])


def assignments(unit_id: UUID | None, *, only_open: bool) -> list[Assignment]:
    """Return assignments in scope, newest first, at most `ASSIGNMENTS_LIMIT_ROWS`."""
    rows = Assignment.objects.select_related("incident").order_by("-id")
    if unit_id is not None:
        rows = rows.filter(unit_id=unit_id)
    if only_open:
        rows = rows.filter(state__in=OPEN_ASSIGNMENT_STATES)
    return list(rows[:ASSIGNMENTS_LIMIT_ROWS])


def open_assignment_of_units() -> dict[UUID, Assignment]:
    """Return the open assignment of each unit that has one."""
    rows = Assignment.objects.select_related("incident").filter(state__in=OPEN_ASSIGNMENT_STATES)
    return {assignment.unit_id: assignment for assignment in rows}


def open_assignment(unit_id: UUID) -> Assignment | None:
    """Return the open assignment of a unit with its incident, None if it is free."""
    rows = Assignment.objects.select_related("incident")
    return rows.filter(unit_id=unit_id, state__in=OPEN_ASSIGNMENT_STATES).first()


def sent_by(assignment: Assignment) -> str:
    """Return the name of whoever sent a unit to its job."""
    rows = IncidentStep.objects.filter(
        subject_id=assignment.incident_id,
        move="assign",
        made_at=assignment.assigned_at,
        facts__units__contains=[assignment.call_sign],
    )
    return rows.order_by("-id").values_list("made_by_name", flat=True).first() or ""


def open_incidents_since(
    kind: str, since: datetime, box: tuple[float, float, float, float]
) -> list[Incident]:
    """Return open incidents of a kind received after `since` within a box of degrees."""
    west, south, east, north = box
    rows = Incident.objects.filter(
        state="OPEN",
        kind=kind,
        received_at__gte=since,
        lon__range=(west, east),
        lat__range=(south, north),
    )
    return list(rows.order_by("-id")[:ASSIGNMENTS_LIMIT_ROWS])
