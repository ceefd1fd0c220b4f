"""HTTP of incidents that hang together."""

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router
from pydantic import ConfigDict

from anlan.dispatch import selectors
from anlan.dispatch.api.incidents import IncidentOut, incident_out
from anlan.dispatch.services import links
from anlan.dispatch.services.links import Relation
from anlan.dispatch.services.steps import REASON_MAX_CHARACTERS
from anlan.kernel import clock
from anlan.kernel.http import actor_of
from anlan.kernel.schemas import Schema

router = Router()
Reason = Annotated[str, Field(min_length=1, max_length=REASON_MAX_CHARACTERS)]


class LinkBody(Schema):
    """On which incident, how, and why."""

    model_config = ConfigDict(extra="forbid")

    parent_id: UUID
    relation: Relation
    reason: Reason


class UnlinkBody(Schema):
    """Why an incident is taken off its parent."""

    model_config = ConfigDict(extra="forbid")

    reason: Reason


@router.put("/incidents/{incident_id}/parent", response=IncidentOut, operation_id="link_incident")
def put_parent(request: HttpRequest, incident_id: UUID, body: LinkBody) -> IncidentOut:
    """Hang an incident on another one: as the same event, or as a part of it."""
    links.link(
        incident_id,
        body.parent_id,
        relation=body.relation,
        reason=body.reason,
        actor=actor_of(request),
        at=clock.now(),
    )
    return incident_out(selectors.incident(incident_id))


@router.post(
    "/incidents/{incident_id}/unlink", response=IncidentOut, operation_id="unlink_incident"
)
def post_unlink(request: HttpRequest, incident_id: UUID, body: UnlinkBody) -> IncidentOut:
    """Take an incident off its parent; it is at the desk again."""
    links.unlink(incident_id, reason=body.reason, actor=actor_of(request), at=clock.now())
    return incident_out(selectors.incident(incident_id))
