"""HTTP of assignments: units sent, and how far each has come."""

from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Status
from pydantic import AwareDatetime, ConfigDict

from anlan.dispatch import selectors
from anlan.dispatch.selectors import assignment_shape
from anlan.dispatch.services import assignments as services
from anlan.dispatch.services.steps import REASON_MAX_CHARACTERS
from anlan.kernel import clock
from anlan.kernel.access import require
from anlan.kernel.http import actor_of
from anlan.kernel.schemas import Schema
from anlan.kernel.zones import DeviceMoment

router = Router()


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


class AssignBody(Schema):
    """Which units to send."""

    model_config = ConfigDict(extra="forbid")

    unit_ids: Annotated[list[UUID], Field(max_length=services.UNITS_A_TIME_LIMIT)]
    recommendation_id: UUID | None = None
    departure_reason: str = Field("", max_length=REASON_MAX_CHARACTERS)


class AssignmentMoveBody(Schema):
    """Facts of an assignment's move, and when the device says it was made."""

    model_config = ConfigDict(extra="forbid")

    outcome: str = Field("", max_length=2_000)
    reason: str = Field("", max_length=REASON_MAX_CHARACTERS)
    told_at: DeviceMoment | None = None


@router.post(
    "/incidents/{incident_id}/assignments",
    response={201: list[AssignmentOut]},
    operation_id="assign_units",
)
def post_assignments(
    request: HttpRequest, incident_id: UUID, body: AssignBody
) -> Status[list[AssignmentOut]]:
    """Send units: all of them, or none."""
    made = services.assign(
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
    """Make one of an assignment's moves: en_route, on_scene, clear, cancel.

    `told_at` is when it happened, for a device that was without network; the server's own time
    orders the history and is what clocks are measured by.
    """
    moved = services.make_move(
        assignment_id,
        move,
        body.model_dump(exclude={"told_at"}),
        actor=actor_of(request),
        at=clock.now(),
        told_at=body.told_at,
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
