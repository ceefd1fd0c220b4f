"""HTTP of incidents in the forms of other systems."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from ninja import Router

from anlan.exchange import selectors
from anlan.exchange.eido import eido
from anlan.exchange.log_events import log_event
from anlan.kernel import clock
from anlan.kernel.access import require
from anlan.kernel.http import actor_of
from anlan.kernel.purposes import require_sight
from anlan.orgs.protected import REPORTERS_WORDS

router = Router()


@router.get("/incidents/{incident_id}/eido", response=dict[str, Any], operation_id="get_eido")
def get_eido(request: HttpRequest, incident_id: UUID) -> dict[str, Any]:
    """Show an incident as an EIDO (NENA-STA-021), without any caller."""
    require(actor_of(request), "incident.read")
    require_sight(actor_of(request), REPORTERS_WORDS)
    return eido(selectors.incident_facts(incident_id, clock.now()), settings.EXCHANGE_SENDER)


@router.get(
    "/shared-incidents/{share_id}/eido", response=dict[str, Any], operation_id="get_shared_eido"
)
def get_shared_eido(request: HttpRequest, share_id: UUID) -> dict[str, Any]:
    """Show a shared incident as an EIDO, as far as it is shared."""
    require(actor_of(request), "share.read")
    return eido(selectors.shared_facts(share_id, clock.now()), settings.EXCHANGE_SENDER)


@router.get(
    "/incidents/{incident_id}/log-events",
    response=list[dict[str, Any]],
    operation_id="list_log_events",
)
def get_log_events(request: HttpRequest, incident_id: UUID) -> list[dict[str, Any]]:
    """List an incident's history as log events in the manner of NENA i3, oldest first."""
    require(actor_of(request), "incident.read")
    issuer = settings.EXCHANGE_SENDER
    return [log_event(step, incident_id, issuer) for step in selectors.steps(incident_id)]
