"""HTTP of units: the board, a unit's own page, its duty and its shifts."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Status
from pydantic import AwareDatetime, ConfigDict

from anlan.dispatch import selectors
from anlan.dispatch.api.incidents import StepOut
from anlan.dispatch.models import Assignment
from anlan.dispatch.selectors import assignment_shape
from anlan.dispatch.services.duty import change_duty, make_shift_move
from anlan.kernel import clock
from anlan.kernel.access import require
from anlan.kernel.http import actor_of
from anlan.kernel.schemas import Schema
from anlan.kernel.zones import Moment
from anlan.orgs import selectors as orgs
from anlan.orgs.models import REASON_MAX_CHARACTERS, Account, Shift, Unit
from anlan.orgs.services.positions import POSITION_STALE_AFTER_S, age_s, is_stale
from anlan.orgs.services.shifts import CREW_LIMIT_PEOPLE, plan_shift
from anlan.orgs.transitions import SHIFT_MOVES

router = Router()
Duty = Literal["ON_DUTY", "OFF_DUTY", "OUT_OF_SERVICE"]
Crew = Annotated[list[UUID], Field(max_length=CREW_LIMIT_PEOPLE)]


class UnitJob(Schema):
    """What a unit is doing."""

    id: UUID
    incident_id: UUID
    incident_number: str
    state: str


class UnitOut(Schema):
    """A unit as the board and the map show it.

    `position_age_s` is the age of its position when this was answered; `position_stale` says that
    it is older than `position_stale_after_s`.
    """

    id: UUID
    call_sign: str
    kind: str
    capabilities: list[str]
    organisation_id: UUID
    duty: Duty
    duty_reason: str
    duty_since_at: AwareDatetime | None
    shift_ends_at: AwareDatetime | None
    status: Literal["AVAILABLE", "ASSIGNED", "EN_ROUTE", "ON_SCENE", "OFF_DUTY", "OUT_OF_SERVICE"]
    lon: float | None
    lat: float | None
    positioned_at: AwareDatetime | None
    position_age_s: float | None
    position_stale: bool
    position_stale_after_s: float
    station_lon: float
    station_lat: float
    assignment: UnitJob | None


class CrewMemberOut(Schema):
    """Somebody of the staff who can be on a crew."""

    id: UUID
    username: str
    name_zh: str
    name_en: str
    unit_id: UUID | None


class ShiftOut(Schema):
    """Who is to be on a unit when; once it is on, who is.

    `overdue`: its planned end has passed and nobody has relieved it.
    """

    id: UUID
    unit_id: UUID
    state: Literal["PLANNED", "ON", "ENDED", "CANCELLED"]
    begins_at: AwareDatetime
    ends_at: AwareDatetime
    signed_on_at: AwareDatetime | None
    signed_off_at: AwareDatetime | None
    crew: list[UUID]
    overdue: bool
    moves: list[str]


class UnitPageOut(UnitOut):
    """A unit as its own page shows it."""

    crew: list[CrewMemberOut]
    shifts: list[ShiftOut]
    steps: list[StepOut]


class DutyBody(Schema):
    """Whether a unit is on duty; out of service needs a reason."""

    model_config = ConfigDict(extra="forbid")

    duty: Duty
    reason: str = Field("", max_length=REASON_MAX_CHARACTERS)


class ShiftBody(Schema):
    """A shift to be planned."""

    model_config = ConfigDict(extra="forbid")

    begins_at: Moment
    ends_at: Moment
    crew: Crew


class ShiftMoveBody(Schema):
    """Facts of a shift's move: the crew that came, where it is not the planned one."""

    model_config = ConfigDict(extra="forbid")

    reason: str = Field("", max_length=REASON_MAX_CHARACTERS)
    crew: Crew | None = None


def _unit_shape(
    unit: Unit | orgs.UnitRow, job: Assignment | None, shift: Shift | None, at: datetime
) -> dict[str, Any]:
    status = unit.duty if unit.duty != "ON_DUTY" else "AVAILABLE"
    named = (
        "id", "call_sign", "kind", "capabilities", "organisation_id", "duty", "duty_reason",
        "duty_since_at", "lon", "lat", "positioned_at", "station_lon", "station_lat",
    )  # fmt: skip
    return {name: getattr(unit, name) for name in named} | {
        "status": job.state if job else status,
        "shift_ends_at": shift.ends_at if shift else None,
        "position_age_s": age_s(unit.positioned_at, at),
        "position_stale": is_stale(unit.positioned_at, at),
        "position_stale_after_s": POSITION_STALE_AFTER_S,
        "assignment": assignment_shape(job) if job else None,
    }


def _shift_out(shift: Shift, at: datetime) -> ShiftOut:
    named = ("id", "unit_id", "state", "begins_at", "ends_at", "signed_on_at", "signed_off_at",
             "crew")  # fmt: skip
    return ShiftOut(
        **{name: getattr(shift, name) for name in named},
        overdue=shift.state == "ON" and shift.ends_at <= at,
        moves=SHIFT_MOVES.offered(shift.state),
    )


def _crew_member_out(account: Account) -> CrewMemberOut:
    return CrewMemberOut(
        id=account.id,
        username=account.username,
        name_zh=account.display_name_zh,
        name_en=account.display_name_en,
        unit_id=account.unit_id,
    )


def _unit_page(unit_id: UUID, at: datetime) -> UnitPageOut:
    unit, shifts = orgs.unit(unit_id), orgs.shifts_of(unit_id, at)
    running = next((one for one in shifts if one.state == "ON"), None)
    shape = _unit_shape(unit, selectors.open_assignment(unit_id), running, at)
    return UnitPageOut.model_validate(
        shape
        | {
            "crew": [_crew_member_out(one) for one in orgs.crew_of_unit(unit_id)],
            "shifts": [_shift_out(one, at) for one in shifts],
            "steps": [
                StepOut.model_validate(step, from_attributes=True)
                for step in orgs.unit_steps(unit_id)
            ],
        }
    )


@router.get("/units", response=list[UnitOut], operation_id="list_units")
def get_units(request: HttpRequest) -> list[UnitOut]:
    """List the units in scope with what each is doing."""
    require(actor_of(request), "unit.read")
    at, jobs, shifts = clock.now(), selectors.open_assignment_of_units(), orgs.running_shifts()
    return [
        UnitOut.model_validate(_unit_shape(unit, jobs.get(unit.id), shifts.get(unit.id), at))
        for unit in orgs.units()
    ]


@router.get("/units/{unit_id}", response=UnitPageOut, operation_id="get_unit")
def get_unit(request: HttpRequest, unit_id: UUID) -> UnitPageOut:
    """Show one unit with its crew, its shifts and its latest steps, newest first."""
    require(actor_of(request), "unit.read")
    return _unit_page(unit_id, clock.now())


@router.put("/units/{unit_id}/duty", response=UnitPageOut, operation_id="set_duty")
def put_duty(request: HttpRequest, unit_id: UUID, body: DutyBody) -> UnitPageOut:
    """Put a unit on duty, off duty, or out of service with a reason."""
    at = clock.now()
    change_duty(unit_id, body.duty, reason=body.reason, actor=actor_of(request), at=at)
    return _unit_page(unit_id, at)


@router.get("/crew-members", response=list[CrewMemberOut], operation_id="list_crew_members")
def get_crew_members(request: HttpRequest) -> list[CrewMemberOut]:
    """List the staff who can be on a crew."""
    require(actor_of(request), "shift.plan")
    return [_crew_member_out(one) for one in orgs.crew_members()]


@router.post("/units/{unit_id}/shifts", response={201: ShiftOut}, operation_id="plan_shift")
def post_shift(request: HttpRequest, unit_id: UUID, body: ShiftBody) -> Status[ShiftOut]:
    """Plan who is on a unit when."""
    at = clock.now()
    planned = plan_shift(
        unit_id=unit_id,
        begins_at=body.begins_at,
        ends_at=body.ends_at,
        crew=body.crew,
        actor=actor_of(request),
        at=at,
    )
    return Status(201, _shift_out(planned, at))


@router.post("/shifts/{shift_id}/moves/{move}", response=ShiftOut, operation_id="move_shift")
def post_shift_move(
    request: HttpRequest, shift_id: UUID, move: str, body: ShiftMoveBody
) -> ShiftOut:
    """Make one of a shift's moves: sign_on (relieving the crew before), sign_off, cancel."""
    at = clock.now()
    moved = make_shift_move(
        shift_id, move, reason=body.reason, crew=body.crew, actor=actor_of(request), at=at
    )
    return _shift_out(moved, at)
