"""HTTP of incidents: lists, pages, what stands behind them."""

from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import AwareDatetime

from anlan.dispatch import selectors
from anlan.dispatch.api.assignments import AssignmentOut
from anlan.dispatch.models import Incident
from anlan.dispatch.selectors import assignment_shape, incident_shape
from anlan.dispatch.transitions import DISPOSITIONS, INCIDENT_MOVES
from anlan.kernel.access import require
from anlan.kernel.http import actor_of
from anlan.kernel.paging import PageAsked, page_of

router = Router()
State = Literal["OPEN", "DIVERTED", "CLOSED"]


class RunningClockOut(Schema):
    """One clock of an incident, or of one unit sent to it; it complies if it ends by `due_at`."""

    code: str
    unit: str
    began_at: AwareDatetime
    warn_at: AwareDatetime
    due_at: AwareDatetime
    ended_at: AwareDatetime | None


class IncidentRow(Schema):
    """An incident as lists show it."""

    id: UUID
    number: str
    kind: str
    priority: int
    lon: float
    lat: float
    place_text: str
    state: State
    phase: Literal["WAITING", "ASSIGNED", "EN_ROUTE", "ON_SCENE", "REPORTED", "DIVERTED", "CLOSED"]
    received_at: AwareDatetime
    area: int
    report_count: int
    units: list[str]
    clocks: list[RunningClockOut]


class StepOut(Schema):
    """One step of a history."""

    move: str
    source: str
    target: str
    made_by_name: str
    made_at: AwareDatetime
    facts: dict[str, Any]


class IncidentOut(IncidentRow):
    """An incident as its own page shows it."""

    channel: str
    text: str
    needs: list[str]
    rang_at: AwareDatetime | None
    answered_at: AwareDatetime | None
    closed_at: AwareDatetime | None
    disposition: str
    dispositions: list[str]
    moves: list[str]
    assignments: list[AssignmentOut]
    timeline: list[StepOut]


class IncidentPage(Schema):
    """A page of incidents."""

    items: list[IncidentRow]
    next: str | None


def incident_row(incident: Incident) -> IncidentRow:
    """Return an incident as lists show it."""
    return IncidentRow.model_validate(incident_shape(incident))


def incident_out(incident: Incident) -> IncidentOut:
    """Return an incident as its page shows it."""
    return IncidentOut.model_validate(
        incident_shape(incident)
        | {
            "channel": incident.channel,
            "text": incident.text,
            "needs": incident.needs,
            "rang_at": incident.rang_at,
            "answered_at": incident.answered_at,
            "closed_at": incident.closed_at,
            "disposition": incident.disposition,
            "dispositions": list(DISPOSITIONS),
            "moves": INCIDENT_MOVES.offered(incident.state),
            "assignments": [assignment_shape(a) for a in incident.assignments.all()],
            "timeline": [
                StepOut.model_validate(step, from_attributes=True)
                for step in selectors.steps(incident.id)
            ],
        }
    )


@router.get("/incidents", response=IncidentPage, operation_id="list_incidents")
def get_incidents(
    request: HttpRequest, page: PageAsked, state: State | None = None
) -> IncidentPage:
    """List the incidents in scope, newest first."""
    require(actor_of(request), "incident.read")
    found, after = page_of(selectors.incidents(state), page)
    return IncidentPage(items=[incident_row(incident) for incident in found], next=after)


@router.get("/incidents/{incident_id}", response=IncidentOut, operation_id="get_incident")
def get_incident(request: HttpRequest, incident_id: UUID) -> IncidentOut:
    """Show one incident with its assignments and its history."""
    require(actor_of(request), "incident.read")
    return incident_out(selectors.incident(incident_id))
