"""HTTP of organisations, staff and units."""

from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router
from pydantic import ConfigDict, FiniteFloat

from anlan.kernel import clock
from anlan.kernel.access import require
from anlan.kernel.http import actor_of
from anlan.kernel.schemas import Schema
from anlan.kernel.zones import Moment
from anlan.orgs import selectors
from anlan.orgs.services import positions
from anlan.orgs.services.positions import Fix

router = Router()


class Strict(Schema):
    """A body that holds no unknown field."""

    model_config = ConfigDict(extra="forbid")


class OrganisationOut(Schema):
    """An organisation as lists show it."""

    id: UUID
    code: str
    kind: str
    area: int
    name_zh: str
    name_en: str
    lon: float | None
    lat: float | None


class FixIn(Strict):
    """Where a unit was."""

    unit_id: UUID
    lon: FiniteFloat
    lat: FiniteFloat
    at: Moment


class PositionsBody(Strict):
    """Positions of units, at most 500."""

    positions: list[FixIn] = Field(max_length=positions.POSITION_BATCH_LIMIT)


class PositionsOut(Schema):
    """How many positions were taken, how many were old or off duty."""

    accepted: int
    ignored: int


@router.get("/organisations", response=list[OrganisationOut], operation_id="list_organisations")
def get_organisations(request: HttpRequest) -> list[OrganisationOut]:
    """List the organisations in scope, and those that serve the reader's area from above it."""
    actor = actor_of(request)
    require(actor, "organisation.read")
    found = selectors.organisations() + selectors.organisations_above(actor.area_low)
    return [OrganisationOut.model_validate(one, from_attributes=True) for one in found]


@router.post("/unit-positions", response=PositionsOut, operation_id="record_positions")
def post_positions(request: HttpRequest, body: PositionsBody) -> PositionsOut:
    """Take positions of units on duty; a batch is taken whole or not at all."""
    fixes = [Fix(fix.unit_id, fix.lon, fix.lat, fix.at) for fix in body.positions]
    accepted, ignored = positions.record_positions(fixes, actor=actor_of(request), at=clock.now())
    return PositionsOut(accepted=accepted, ignored=ignored)
