"""What the routing rules do by themselves when an incident is opened."""

from datetime import datetime
from uuid import UUID

import structlog
from django.db import transaction

from anlan.dispatch.agencies.routing_rules import Route, RoutingFile, routes_for
from anlan.dispatch.agencies.selectors import is_linked
from anlan.dispatch.agencies.services.asking import ask_help
from anlan.dispatch.agencies.services.help_requests import Asked
from anlan.dispatch.agencies.services.shares import Wanted, share
from anlan.dispatch.models import Incident
from anlan.kernel.access import system_actor
from anlan.kernel.errors import AnlanError
from anlan.kernel.scope import scoped
from anlan.orgs.selectors import organisation_by_code

ROUTER = system_actor("agency-routing", "agency.share", "agency.ask")

log = structlog.get_logger("anlan.agencies")


def route_incident(incident_id: UUID, *, at: datetime) -> list[str]:
    """Tell and ask agencies as the rules in force say; return the codes of the routes taken.

    A route that cannot be taken (no such agency, nothing agreed) is logged and left for the desk,
    which sees it proposed: taking a call never fails for the sake of telling somebody else.
    """
    with scoped(ROUTER):
        incident = Incident.objects.get(pk=incident_id)
        fitting = routes_for(incident.kind, incident.priority, incident.area, at)
        return [
            route.code
            for route, file in fitting
            if route.action != "PROPOSE" and _taken(incident, route, file, at)
        ]


def _taken(incident: Incident, route: Route, file: RoutingFile, at: datetime) -> bool:
    agency = organisation_by_code(route.agency)
    if agency is None or not is_linked(agency.id, at):
        log.warning("route_not_open", route=route.code, agency=route.agency)
        return False
    rule = (f"{file.id}.{route.code}", file.version)
    try:
        with transaction.atomic():
            if route.action == "ASK":
                asked = Asked(route.capabilities, route.unit_count, "", route.answer_within_s, rule)
                ask_help(incident.id, agency.id, asked, actor=ROUTER, at=at)
            else:
                share(incident.id, agency.id, Wanted(rule=rule), actor=ROUTER, at=at)
    except AnlanError as error:
        log.warning("route_not_taken", route=route.code, reason=error.named)
        return False
    return True
