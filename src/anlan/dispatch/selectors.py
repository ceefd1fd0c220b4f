"""Reads of dispatch."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, F, Prefetch, QuerySet
from django.db.models.functions import Floor

from anlan.dispatch.clock_rules import rules
from anlan.dispatch.errors import UnknownIncidentError
from anlan.dispatch.models import Assignment, Incident, IncidentStep
from anlan.dispatch.transitions import ASSIGNMENT_MOVES, OPEN_ASSIGNMENT_STATES

STEPS_LIMIT_ROWS = 500
STAMPS_LIMIT_ROWS = 500_000
ASSIGNMENTS_LIMIT_ROWS = 200
SQUARES_LIMIT_ROWS = 200_000
_COUNTS = """
    SELECT kind, sum(received)::int, sum(open)::int, sum(diverted)::int, sum(closed)::int
    FROM (
        SELECT facts->>'kind' AS kind, 1 AS received, 0 AS open, 0 AS diverted, 0 AS closed
        FROM dispatch_incident_step WHERE move = 'open'
        UNION ALL
        SELECT kind, 0, (state = 'OPEN')::int, (state = 'DIVERTED')::int, (state = 'CLOSED')::int
        FROM dispatch_incident
    ) AS counted
    GROUP BY kind ORDER BY kind
"""


def phase_of(state: str, assignment_states: Iterable[str]) -> str:
    """Return how far an incident has come, read from its assignments."""
    if state != "OPEN":
        return state
    states = set(assignment_states)
    for reached in ("ON_SCENE", "EN_ROUTE", "ASSIGNED"):
        if reached in states:
            return reached
    return "REPORTED" if "CLEARED" in states else "WAITING"


def incident_shape(incident: Incident) -> dict[str, Any]:
    """Return an incident as lists, the map and the stream show it: no text, no caller."""
    assignments = list(incident.assignments.all())
    phases = rules().phases
    stamps = {"received_at": incident.received_at, "dispatched_at": incident.dispatched_at}
    return {
        "id": str(incident.id),
        "number": incident.number,
        "kind": incident.kind,
        "priority": incident.priority,
        "lon": incident.lon,
        "lat": incident.lat,
        "place_text": incident.place_text,
        "state": incident.state,
        "phase": phase_of(incident.state, (a.state for a in assignments)),
        "received_at": incident.received_at.isoformat(),
        "area": incident.area,
        "report_count": incident.report_count,
        "units": [a.call_sign for a in assignments if a.state in OPEN_ASSIGNMENT_STATES],
        "clock": {
            "dispatch_due_at": _iso(
                phases["dispatch"].due_at(stamps.get(phases["dispatch"].begins), incident.priority)
            ),
            "arrival_due_at": _iso(
                phases["arrival"].due_at(stamps.get(phases["arrival"].begins), incident.priority)
            ),
            "dispatched_at": _iso(incident.dispatched_at),
            "arrived_at": _iso(incident.arrived_at),
        },
    }


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


@dataclass(frozen=True, slots=True)
class KindCount:
    """How many incidents of one kind were received, and where they are now."""

    kind: str
    received: int
    open: int
    diverted: int
    closed: int


def counts_by_kind() -> list[KindCount]:
    """Return the counts of every kind in scope.

    `received` is counted in the append-only steps and the rest in the incidents themselves, in one
    statement: that they agree is a fact about the data, not about the query.
    """
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS)
        return [KindCount(*row) for row in cursor.fetchall()]


def dispatched_count() -> int:
    """Return how many incidents have had a unit sent."""
    return Incident.objects.filter(dispatched_at__isnull=False).count()


@dataclass(frozen=True, slots=True)
class SquareCount:
    """How many incidents were received in one square of the map; its middle in degrees."""

    lon: float
    lat: float
    received: int


def counts_by_square(
    since: datetime, until: datetime, side: tuple[float, float], kinds: Collection[str]
) -> list[SquareCount]:
    """Count the incidents in scope received from `since` until before `until`, by place.

    Parameters
    ----------
    since, until : datetime
    side : (float, float)
        Width and height of a square, degrees; squares are counted from (0, 0).
    kinds : collection of str
        Only these; all where empty.

    Returns
    -------
    list of SquareCount
        Squares with an incident, from the south-west, at most `SQUARES_LIMIT_ROWS`. Counts alone:
        nothing of a single incident but that it was received somewhere in the square.
    """
    rows = Incident.objects.filter(received_at__gte=since, received_at__lt=until)
    if kinds:
        rows = rows.filter(kind__in=kinds)
    width, height = side
    counted = (
        rows.annotate(column=Floor(F("lon") / width), row=Floor(F("lat") / height))
        .values("column", "row")
        .annotate(received=Count("id"))
        .order_by("row", "column")[:SQUARES_LIMIT_ROWS]
    )
    return [
        SquareCount((one["column"] + 0.5) * width, (one["row"] + 0.5) * height, one["received"])
        for one in counted
    ]


@dataclass(frozen=True, slots=True)
class Stamps:
    """The times of one incident's clock; None where a stamp is missing."""

    priority: int
    rang_at: datetime | None
    answered_at: datetime | None
    received_at: datetime | None
    dispatched_at: datetime | None
    arrived_at: datetime | None


def stamps(since: datetime | None) -> list[Stamps]:
    """Return the stamps of the incidents in scope received after `since`, at most a named limit."""
    rows = Incident.objects.order_by("-received_at")
    if since is not None:
        rows = rows.filter(received_at__gte=since)
    columns = ("priority", "rang_at", "answered_at", "received_at", "dispatched_at", "arrived_at")
    return [Stamps(*row) for row in rows.values_list(*columns)[:STAMPS_LIMIT_ROWS]]
