"""Incidents, their assignments and their history."""

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from anlan.dispatch.errors import UnknownAssignmentError, UnknownIncidentError
from anlan.dispatch.models import Assignment, Incident, IncidentStep
from anlan.dispatch.transitions import OPEN_ASSIGNMENT_STATES
from anlan.kernel.riding import PlainRead, ask_together
from anlan.orgs.selectors import PlacedUnit, placed_units_asked
from anlan.places.selectors import ClosedShape, closures_asked

STEPS_LIMIT_ROWS = 500
ASSIGNMENTS_LIMIT_ROWS = 200
CHILDREN_LIMIT_ROWS = 200
NEAR_LIMIT_ROWS = 500
OPEN_LIMIT_ROWS = 2_000
_ASSIGNMENTS = Assignment.objects.select_related("incident")


def incidents(state: str | None) -> QuerySet[Incident]:
    """Return the incidents in scope, of one state or all, with their assignments."""
    rows = Incident.objects.select_related("parent").prefetch_related(
        Prefetch("assignments", Assignment.objects.order_by("id")), "reopenings"
    )
    return rows.filter(state=state) if state else rows


def incident(incident_id: UUID) -> Incident:
    """Return one incident in scope with its assignments, or raise `UnknownIncidentError`."""
    found = incidents(None).filter(pk=incident_id).first()
    if found is None:
        raise UnknownIncidentError
    return found


@dataclass(frozen=True, slots=True)
class Asked:
    """An incident that units are chosen for, and all that the choice depends on.

    Whom it was sent, what each unit is doing, the units by id, and by what roads are closed.
    """

    incident: Incident
    sent: list[Assignment]
    busy: dict[UUID, Assignment]
    units: dict[UUID, PlacedUnit]
    closures: list[ClosedShape]


def asked_about(incident_id: UUID, at: datetime) -> Asked:
    """Return one incident in scope with what choosing needs beside, by one question.

    Raises `UnknownIncidentError`.
    """
    found, jobs, units, closures = ask_together(_asked_about, incident_id, at)
    if not found:
        raise UnknownIncidentError
    return Asked(
        found[0],
        [job for job in jobs if job.incident_id == incident_id],
        {job.unit_id: job for job in jobs if job.state in OPEN_ASSIGNMENT_STATES},
        {unit.id: unit for unit in units},
        closures,
    )


def _asked_about(incident_id: UUID, at: datetime) -> tuple[QuerySet[Any] | PlainRead, ...]:
    incident = Incident.objects.filter(pk=incident_id)
    jobs = _open_assignments() | _ASSIGNMENTS.filter(incident_id=incident_id)
    return incident, jobs, placed_units_asked(), closures_asked(at)


def children(incident_id: UUID) -> list[Incident]:
    """Return the incidents that hang on one, at most `CHILDREN_LIMIT_ROWS`."""
    return list(Incident.objects.filter(parent_id=incident_id).order_by("pk")[:CHILDREN_LIMIT_ROWS])


def leading(found: Incident) -> Incident:
    """Return the incident whose outcome is that of this one: its parent where it is the same."""
    return found.parent if found.state == "LINKED" and found.parent else found


def waiting_incidents(limit: int) -> list[Incident]:
    """Return the open incidents to which nobody was sent since they were opened, urgent first."""
    rows = incidents("OPEN").order_by("priority", "received_at", "id")
    return [one for one in rows[:OPEN_LIMIT_ROWS] if _waits(one)][:limit]


def _waits(incident: Incident) -> bool:
    sent = [a for a in incident.assignments.all() if a.state != "CANCELLED"]
    return not any(one.round == incident.round for one in sent)


def steps(incident_id: UUID) -> list[IncidentStep]:
    """Return the incident's history, oldest first, at most `STEPS_LIMIT_ROWS`."""
    rows = IncidentStep.objects.filter(subject_id=incident_id).order_by("ordinal")
    return list(rows[:STEPS_LIMIT_ROWS])


def assignment(assignment_id: UUID) -> Assignment:
    """Return one assignment in scope with its incident, or raise `UnknownAssignmentError`."""
    found = _ASSIGNMENTS.filter(pk=assignment_id).first()
    if found is None:
        raise UnknownAssignmentError
    return found


def assignments(unit_id: UUID | None, *, only_open: bool) -> list[Assignment]:
    """Return assignments in scope, newest first, at most `ASSIGNMENTS_LIMIT_ROWS`."""
    rows = _ASSIGNMENTS.order_by("-id")
    if unit_id is not None:
        rows = rows.filter(unit_id=unit_id)
    if only_open:
        rows = rows.filter(state__in=OPEN_ASSIGNMENT_STATES)
    return list(rows[:ASSIGNMENTS_LIMIT_ROWS])


def open_assignment_of_units() -> dict[UUID, Assignment]:
    """Return the open assignment of each unit that has one."""
    return {assignment.unit_id: assignment for assignment in _open_assignments()}


def _open_assignments() -> QuerySet[Assignment]:
    return _ASSIGNMENTS.filter(state__in=OPEN_ASSIGNMENT_STATES)


def open_assignment(unit_id: UUID) -> Assignment | None:
    """Return the open assignment of a unit with its incident, None if it is free."""
    return _open_assignments().filter(unit_id=unit_id).first()


def sent_by(assignment: Assignment) -> str:
    """Return the name of whoever sent a unit to its job."""
    rows = IncidentStep.objects.filter(
        subject_id=assignment.incident_id,
        move="assign",
        made_at=assignment.assigned_at,
        facts__units__contains=[assignment.call_sign],
    )
    return rows.order_by("-id").values_list("made_by_name", flat=True).first() or ""


@dataclass(frozen=True, slots=True)
class NearIncident:
    """An incident at the desk, as whoever takes a report is offered it."""

    id: UUID
    number: str
    kind: str
    priority: int
    place_text: str
    report_count: int
    lon: float
    lat: float
    received_at: datetime


def open_incidents_near(
    since: datetime, box: tuple[float, float, float, float]
) -> list[NearIncident]:
    """Return the incidents at the desk received after `since` within a box of degrees.

    The box is west, south, east, north; the latest come first, at most `NEAR_LIMIT_ROWS`.
    """
    west, south, east, north = box
    rows = Incident.objects.filter(
        state="OPEN",
        received_at__gte=since,
        lon__range=(west, east),
        lat__range=(south, north),
    )
    columns = [field.name for field in fields(NearIncident)]
    found = rows.order_by("-id").values_list(*columns)[:NEAR_LIMIT_ROWS]
    return [NearIncident(*row) for row in found]


def followers_of(incident_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """Return what is linked to incidents as the same event: from each to its parent."""
    same = Incident.objects.filter(parent_id__in=incident_ids, state="LINKED").order_by("-id")
    return dict(same.values_list("id", "parent_id")[:NEAR_LIMIT_ROWS])
