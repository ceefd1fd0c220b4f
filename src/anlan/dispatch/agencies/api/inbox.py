"""HTTP of the agency's side: the incidents that are shown to it, as far as they are."""

from typing import Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from pydantic import AwareDatetime

from anlan.dispatch.agencies import selectors
from anlan.dispatch.agencies.models import SharedIncident
from anlan.kernel.access import require
from anlan.kernel.http import actor_of
from anlan.kernel.paging import PageAsked, page_of
from anlan.kernel.schemas import Schema

router = Router()


class SharedIncidentOut(Schema):
    """An incident as it is shown to one agency; null is what was not agreed or not there."""

    id: UUID
    incident_id: UUID
    number: str
    state: Literal["OPEN", "LINKED", "DIVERTED", "CLOSED"]
    fields: list[str]
    begins_at: AwareDatetime
    ends_at: AwareDatetime
    kind: str | None
    priority: int | None
    lon: float | None
    lat: float | None
    place_text: str | None
    text: str | None
    needs: list[str] | None
    phase: str | None
    units: list[str] | None
    received_at: AwareDatetime | None
    dispatched_at: AwareDatetime | None
    arrived_at: AwareDatetime | None
    closed_at: AwareDatetime | None


class SharedIncidentPage(Schema):
    """A page of shared incidents."""

    items: list[SharedIncidentOut]
    next: str | None


def shared_out(shared: SharedIncident) -> SharedIncidentOut:
    """Return a shared incident as the agency sees it."""
    return SharedIncidentOut.model_validate(selectors.shared_shape(shared))


@router.get("/shared-incidents", response=SharedIncidentPage, operation_id="list_shared_incidents")
def get_shared_incidents(request: HttpRequest, page: PageAsked) -> SharedIncidentPage:
    """List the incidents that are shown to the agency now, the latest share first."""
    require(actor_of(request), "share.read")
    found, after = page_of(selectors.shared_incidents(), page)
    return SharedIncidentPage(items=[shared_out(one) for one in found], next=after)


@router.get(
    "/shared-incidents/{share_id}",
    response=SharedIncidentOut,
    operation_id="get_shared_incident",
)
def get_shared_incident(request: HttpRequest, share_id: UUID) -> SharedIncidentOut:
    """Show one incident that is shown to the agency now."""
    require(actor_of(request), "share.read")
    return shared_out(selectors.shared_incident(share_id))
