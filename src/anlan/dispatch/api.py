"""HTTP of dispatch."""

from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status
from pydantic import AwareDatetime, ConfigDict

from anlan.dispatch import selectors
from anlan.dispatch.clock_rules import rules
from anlan.dispatch.models import Assignment, Incident
from anlan.dispatch.selectors import assignment_shape, incident_shape
from anlan.dispatch.services import assignments as assignment_services
from anlan.dispatch.services import recommendations
from anlan.dispatch.services.steps import REASON_MAX_CHARACTERS
from anlan.dispatch.transitions import DISPOSITIONS, INCIDENT_MOVES
from anlan.kernel import clock
from anlan.kernel.access import require
from anlan.kernel.http import actor_of
from anlan.kernel.paging import PageAsked, page_of
from anlan.orgs import selectors as orgs
from anlan.orgs.models import Unit

router = Router()
State = Literal["OPEN", "DIVERTED", "CLOSED"]


class ClockOut(Schema):
    """An incident's running clock."""

    dispatch_due_at: AwareDatetime | None
    arrival_due_at: AwareDatetime | None
    dispatched_at: AwareDatetime | None
    arrived_at: AwareDatetime | None


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
    clock: ClockOut


class AssignmentOut(Schema):
    """One unit's job at one incident."""

    id: UUID
    incident_id: UUID
    incident_number: str
    unit_id: UUID
    call_sign: str
    state: Literal["ASSIGNED", "EN_ROUTE", "ON_SCENE", "CLEARED", "CANCELLED"]
    assigned_at: AwareDatetime
    en_route_at: AwareDatetime | None
    on_scene_at: AwareDatetime | None
    ended_at: AwareDatetime | None
    expected_travel_s: float | None
    outcome: str
    moves: list[str]


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


class UnitJob(Schema):
    """What a unit is doing."""

    id: UUID
    incident_id: UUID
    incident_number: str
    state: str


class UnitOut(Schema):
    """A unit as the board and the map show it."""

    id: UUID
    call_sign: str
    kind: str
    capabilities: list[str]
    organisation_id: UUID
    duty: Literal["ON_DUTY", "OFF_DUTY", "OUT_OF_SERVICE"]
    status: Literal["AVAILABLE", "ASSIGNED", "EN_ROUTE", "ON_SCENE", "OFF_DUTY", "OUT_OF_SERVICE"]
    lon: float | None
    lat: float | None
    positioned_at: AwareDatetime | None
    station_lon: float
    station_lat: float
    assignment: UnitJob | None


class ReasonOut(Schema):
    """Why a unit stands where it does: a code, and the facts that go with it."""

    code: str
    facts: dict[str, str | int | float]


class RankedUnit(Schema):
    """One unit of a recommendation, with the reason for its place."""

    rank: int
    unit_id: UUID
    call_sign: str
    kind: str
    capabilities: list[str]
    travel_s: float
    distance_m: float
    straight_m: float
    straight_rank: int
    positioned_at: AwareDatetime | None
    brings: list[str]
    suggested: bool
    reasons: list[ReasonOut]


class RecommendationOut(Schema):
    """Units by road travel time, those that can help first."""

    id: UUID
    made_at: AwareDatetime
    pack: str
    considered: int
    left_out: dict[str, int]
    units: list[RankedUnit]


class AssignBody(Schema):
    """Which units to send."""

    model_config = ConfigDict(extra="forbid")

    unit_ids: Annotated[list[UUID], Field(max_length=assignment_services.UNITS_A_TIME_LIMIT)]
    recommendation_id: UUID | None = None
    departure_reason: str = Field("", max_length=REASON_MAX_CHARACTERS)


class AssignmentMoveBody(Schema):
    """Facts of an assignment's move."""

    model_config = ConfigDict(extra="forbid")

    outcome: str = Field("", max_length=2_000)
    reason: str = Field("", max_length=REASON_MAX_CHARACTERS)


class PhaseRulesOut(Schema):
    """One phase of the response clock."""

    name: str
    name_zh: str
    name_en: str
    limit_s: dict[int, int]
    rings_s: list[int]


class ClockRulesOut(Schema):
    """The response clock in force."""

    id: str
    version: str
    name_zh: str
    name_en: str
    source_zh: str
    source_en: str
    phases: list[PhaseRulesOut]


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


def _unit_out(unit: Unit, job: Assignment | None) -> UnitOut:
    status = unit.duty if unit.duty != "ON_DUTY" else "AVAILABLE"
    return UnitOut.model_validate(
        {
            "id": unit.id,
            "call_sign": unit.call_sign,
            "kind": unit.kind,
            "capabilities": unit.capabilities,
            "organisation_id": unit.organisation_id,
            "duty": unit.duty,
            "status": job.state if job else status,
            "lon": unit.lon,
            "lat": unit.lat,
            "positioned_at": unit.positioned_at,
            "station_lon": unit.station_lon,
            "station_lat": unit.station_lat,
            "assignment": assignment_shape(job) if job else None,
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


@router.post(
    "/incidents/{incident_id}/recommendations",
    response={201: RecommendationOut},
    operation_id="recommend_units",
)
def post_recommendation(request: HttpRequest, incident_id: UUID) -> Status[RecommendationOut]:
    """Rank the units by road travel time, each with its reasons; the answer is kept."""
    made = recommendations.recommend(incident_id, actor=actor_of(request), at=clock.now())
    return Status(201, RecommendationOut.model_validate(made, from_attributes=True))


@router.post(
    "/incidents/{incident_id}/assignments",
    response={201: list[AssignmentOut]},
    operation_id="assign_units",
)
def post_assignments(
    request: HttpRequest, incident_id: UUID, body: AssignBody
) -> Status[list[AssignmentOut]]:
    """Send units: all of them, or none."""
    made = assignment_services.assign(
        incident_id,
        body.unit_ids,
        recommendation_id=body.recommendation_id,
        departure_reason=body.departure_reason,
        actor=actor_of(request),
        at=clock.now(),
    )
    return Status(201, [AssignmentOut.model_validate(assignment_shape(one)) for one in made])


@router.post(
    "/assignments/{assignment_id}/moves/{move}",
    response=AssignmentOut,
    operation_id="move_assignment",
)
def post_assignment_move(
    request: HttpRequest, assignment_id: UUID, move: str, body: AssignmentMoveBody
) -> AssignmentOut:
    """Make one of an assignment's moves: en_route, on_scene, clear, cancel."""
    moved = assignment_services.make_move(
        assignment_id, move, body.model_dump(), actor=actor_of(request), at=clock.now()
    )
    return AssignmentOut.model_validate(assignment_shape(moved))


@router.get("/assignments", response=list[AssignmentOut], operation_id="list_assignments")
def get_assignments(
    request: HttpRequest,
    unit_id: UUID | None = None,
    open: bool = False,  # noqa: FBT001, FBT002 - the query's own name
) -> list[AssignmentOut]:
    """List assignments in scope, newest first."""
    require(actor_of(request), "incident.read")
    found = selectors.assignments(unit_id, only_open=open)
    return [AssignmentOut.model_validate(assignment_shape(one)) for one in found]


@router.get("/units", response=list[UnitOut], operation_id="list_units")
def get_units(request: HttpRequest) -> list[UnitOut]:
    """List the units in scope with what each is doing."""
    require(actor_of(request), "unit.read")
    jobs = selectors.open_assignment_of_units()
    return [_unit_out(unit, jobs.get(unit.id)) for unit in orgs.units()]


@router.get("/clock-rules", response=ClockRulesOut, operation_id="get_clock_rules")
def get_clock_rules(request: HttpRequest) -> ClockRulesOut:
    """Show the response clock in force, with its source."""
    require(actor_of(request), "incident.read")
    in_force = rules()
    return ClockRulesOut(
        id=in_force.id,
        version=in_force.version,
        name_zh=in_force.name_zh,
        name_en=in_force.name_en,
        source_zh=in_force.source_zh,
        source_en=in_force.source_en,
        phases=[
            PhaseRulesOut(
                name=phase.name,
                name_zh=phase.name_zh,
                name_en=phase.name_en,
                limit_s=dict(phase.limit_s),
                rings_s=list(phase.rings_s),
            )
            for phase in in_force.phases.values()
        ],
    )
