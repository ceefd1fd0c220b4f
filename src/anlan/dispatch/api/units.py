"""HTTP of units as the board and the map show them."""

from typing import Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import AwareDatetime

from anlan.dispatch import selectors
from anlan.dispatch.models import Assignment
from anlan.dispatch.selectors import assignment_shape
from anlan.kernel.access import require
from anlan.kernel.http import actor_of
from anlan.orgs import selectors as orgs
from anlan.orgs.models import Unit

router = Router()


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


@router.get("/units", response=list[UnitOut], operation_id="list_units")
def get_units(request: HttpRequest) -> list[UnitOut]:
    """List the units in scope with what each is doing."""
    require(actor_of(request), "unit.read")
    jobs = selectors.open_assignment_of_units()
    return [_unit_out(unit, jobs.get(unit.id)) for unit in orgs.units()]
