"""HTTP of ways: how a unit gets to its incident."""

from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from pydantic import AwareDatetime

from anlan.dispatch import selectors
from anlan.kernel import clock
from anlan.kernel.access import require
from anlan.kernel.http import actor_of
from anlan.kernel.schemas import Schema

router = Router()


class WayOut(Schema):
    """The fastest way by road; `line` runs in degrees (lon, lat) from the unit to the incident."""

    line: list[list[float]]
    distance_m: float
    travel_s: float
    positioned_at: AwareDatetime | None
    asked_at: AwareDatetime
    closures: int


@router.get("/assignments/{assignment_id}/way", response=WayOut, operation_id="get_way")
def get_way(request: HttpRequest, assignment_id: UUID) -> WayOut:
    """Show the way from where the unit last was to its incident, round what is closed now."""
    require(actor_of(request), "incident.read")
    way = selectors.way_to_incident(selectors.assignment(assignment_id), clock.now())
    return WayOut.model_validate(way, from_attributes=True)
