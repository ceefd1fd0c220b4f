"""HTTP of incidents: lists, pages, what stands behind them."""

from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from pydantic import AwareDatetime

from anlan.dispatch import selectors
from anlan.dispatch.api.assignments import AssignmentOut
from anlan.dispatch.escalation_rules import desk_escalation
from anlan.dispatch.models import Incident
from anlan.dispatch.rounds import rounds_of
from anlan.dispatch.selectors import assignment_shape, incident_shape, link_shape, offered_moves
from anlan.dispatch.services.escalation import escalate
from anlan.dispatch.services.escalation_times import next_escalation_at
from anlan.dispatch.transitions import DISPOSITIONS
from anlan.kernel import clock
from anlan.kernel.access import require
from anlan.kernel.http import actor_of
from anlan.kernel.paging import PageAsked, page_of
from anlan.kernel.schemas import Schema
from anlan.orgs.protected import ReportersWords

router = Router()
State = Literal["OPEN", "LINKED", "DIVERTED", "CLOSED"]


class RunningClockOut(Schema):
    """One clock of an incident, or of one unit sent to it; it complies if it ends by `due_at`."""

    code: str
    unit: str
    began_at: AwareDatetime
    warn_at: AwareDatetime
    due_at: AwareDatetime
    ended_at: AwareDatetime | None


class LinkOut(Schema):
    """An incident that hangs together with another one."""

    id: UUID
    number: str
    kind: str
    state: State


class RoundOut(Schema):
    """The stamps of one round of an incident: a later one begins when it is opened again."""

    number: int
    rang_at: AwareDatetime | None
    answered_at: AwareDatetime | None
    received_at: AwareDatetime
    dispatched_at: AwareDatetime | None
    arrived_at: AwareDatetime | None
    closed_at: AwareDatetime | None
    disposition: str


class IncidentRow(Schema):
    """An incident as lists show it."""

    id: UUID
    number: str
    kind: str
    priority: int
    alarm_level: int
    lon: float
    lat: float
    place_text: ReportersWords
    state: State
    phase: Literal[
        "WAITING", "ASSIGNED", "EN_ROUTE", "ON_SCENE", "REPORTED", "LINKED", "DIVERTED", "CLOSED"
    ]
    received_at: AwareDatetime
    round: int
    area: int
    report_count: int
    escalation_level: int
    parent: LinkOut | None
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


class EscalationRingOut(Schema):
    """One level of escalation: units within so much travel; all where `within_s` is None."""

    level: int
    name_zh: str
    name_en: str
    within_s: int | None


class EscalationOut(Schema):
    """Whom the desk asks now, whom it could ask, and when the next ring is asked by itself."""

    level: int
    rings: list[EscalationRingOut]
    next_at: AwareDatetime | None


class IncidentStepOut(StepOut):
    """A step of an incident's history, and when a crew's device says that it was made."""

    told_at: AwareDatetime | None


class AttachmentOut(Schema):
    """A photo or a voice note of a crew; its content stands at `attachments/{id}`."""

    id: UUID
    kind: Literal["PHOTO", "VOICE"]
    content_type: str
    seconds: int | None
    call_sign: str
    added_at: AwareDatetime
    told_at: AwareDatetime | None


class IncidentOut(IncidentRow):
    """An incident as its own page shows it."""

    channel: str
    text: ReportersWords
    needs: list[str]
    rang_at: AwareDatetime | None
    answered_at: AwareDatetime | None
    closed_at: AwareDatetime | None
    disposition: str
    dispositions: list[str]
    rounds: list[RoundOut]
    moves: list[str]
    children: list[LinkOut]
    assignments: list[AssignmentOut]
    escalation: EscalationOut | None
    timeline: list[IncidentStepOut]
    attachments: list[AttachmentOut]


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
            "rounds": [
                RoundOut.model_validate(one, from_attributes=True) for one in rounds_of(incident)
            ],
            "moves": offered_moves(incident),
            "children": [link_shape(child) for child in selectors.children(incident.id)],
            "assignments": [assignment_shape(a) for a in incident.assignments.all()],
            "escalation": _escalation_out(incident),
            "timeline": [
                IncidentStepOut.model_validate(step, from_attributes=True)
                for step in selectors.steps(incident.id)
            ],
            "attachments": [
                AttachmentOut.model_validate(one, from_attributes=True)
                for one in selectors.attachments(incident.id)
            ],
        }
    )


def _escalation_out(incident: Incident) -> EscalationOut | None:
    policy = desk_escalation(incident.area, incident.received_at.date())
    if policy is None:
        return None
    rings = [
        EscalationRingOut(level=level, name_zh=r.name_zh, name_en=r.name_en, within_s=r.within_s)
        for level, r in enumerate(policy.rings)
    ]
    next_at = next_escalation_at(incident, list(incident.assignments.all()))
    return EscalationOut(level=incident.escalation_level, rings=rings, next_at=next_at)


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


@router.post(
    "/incidents/{incident_id}/escalation", response=IncidentOut, operation_id="escalate_incident"
)
def post_escalation(request: HttpRequest, incident_id: UUID) -> IncidentOut:
    """Ask the next ring of units now, before its time."""
    escalate(incident_id, actor=actor_of(request), at=clock.now())
    return incident_out(selectors.incident(incident_id))
