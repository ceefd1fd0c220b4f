"""Reads about linked agencies."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from anlan.dispatch.agencies.errors import (
    UnknownAgreementError,
    UnknownHelpRequestError,
    UnknownShareError,
)
from anlan.dispatch.agencies.models import Agreement, HelpRequest, Share, SharedIncident
from anlan.dispatch.agencies.routing_rules import Route, RoutingFile, routes_for
from anlan.dispatch.agencies.transitions import AGENCY_KINDS, OPEN_HELP_STATES
from anlan.dispatch.models import Incident
from anlan.dispatch.selectors import phase_of
from anlan.orgs.models import Organisation
from anlan.orgs.selectors import organisation_by_code, organisations

ROWS_LIMIT = 200
SHOWN = (
    "id", "incident_id", "number", "state", "fields", "begins_at", "ends_at", "kind", "priority",
    "lon", "lat", "place_text", "text", "needs", "units", "received_at", "dispatched_at",
    "arrived_at", "closed_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Proposal:
    """A route that fits an incident and was not taken yet."""

    route: Route
    file: RoutingFile
    agency: Organisation
    agreed: bool


def agencies() -> list[Organisation]:
    """Return the organisations in scope that may be linked, by code."""
    return [one for one in organisations() if one.kind in AGENCY_KINDS]


def has_agreement(agency_id: UUID) -> bool:
    """Return whether an agreement with the agency is offered or accepted, in scope."""
    rows = Agreement.objects.filter(agency_id=agency_id, state__in=("OFFERED", "ACCEPTED"))
    return rows.exists()


def is_linked(agency_id: UUID, at: datetime) -> bool:
    """Return whether an agreement with the agency holds at a time, in scope."""
    rows = Agreement.objects.filter(agency_id=agency_id, state="ACCEPTED")
    return rows.filter(begins_at__lte=at, ends_at__gt=at).exists()


def agreements() -> QuerySet[Agreement]:
    """Return the agreements in sight: of the area, or with the own organisation."""
    return Agreement.objects.all()


def shares_of(incident_id: UUID) -> list[Share]:
    """Return what was and is shared of an incident, newest first."""
    return list(Share.objects.filter(incident_id=incident_id).order_by("-id")[:ROWS_LIMIT])


def help_requests_of(incident_id: UUID) -> list[HelpRequest]:
    """Return what was asked for an incident, newest first."""
    return list(HelpRequest.objects.filter(incident_id=incident_id).order_by("-id")[:ROWS_LIMIT])


def help_requests(*, only_open: bool) -> QuerySet[HelpRequest]:
    """Return the requests in sight: of the area, or made to the own organisation."""
    rows = HelpRequest.objects.all()
    return rows.filter(state__in=OPEN_HELP_STATES) if only_open else rows


def shared_incidents() -> QuerySet[SharedIncident]:
    """Return what is shared now with the organisation that reads."""
    return SharedIncident.objects.all()


def shared_incident(share_id: UUID) -> SharedIncident:
    """Return one shared incident, or raise `UnknownShareError`."""
    found = SharedIncident.objects.filter(pk=share_id).first()
    if found is None:
        raise UnknownShareError
    return found


def shared_shape(shared: SharedIncident) -> dict[str, Any]:
    """Return a shared incident as the agency sees it, on its screen and by its webhook."""
    columns = {name: getattr(shared, name) for name in SHOWN}
    states = shared.job_states
    return columns | {"phase": None if states is None else phase_of(shared.state, states)}


def help_request(request_id: UUID) -> HelpRequest:
    """Return one request in sight, or raise `UnknownHelpRequestError`."""
    found = HelpRequest.objects.filter(pk=request_id).first()
    if found is None:
        raise UnknownHelpRequestError
    return found


def agreement(agreement_id: UUID) -> Agreement:
    """Return one agreement in sight, or raise `UnknownAgreementError`."""
    found = Agreement.objects.filter(pk=agreement_id).first()
    if found is None:
        raise UnknownAgreementError
    return found


def running_shares(incident_ids: Iterable[UUID], at: datetime) -> QuerySet[Share]:
    """Return the shares by which these incidents are shown at a time."""
    return Share.objects.filter(
        incident_id__in=list(incident_ids),
        ended_at__isnull=True,
        begins_at__lte=at,
        ends_at__gt=at,
    )


def proposals(incident: Incident, at: datetime) -> list[Proposal]:
    """Return the routes that fit an incident now and whose agency is neither told nor asked."""
    told = set(
        Share.objects.filter(incident=incident, ended_at__isnull=True, ends_at__gt=at).values_list(
            "agency_id", flat=True
        )
    )
    agreed = set(
        Agreement.objects.filter(state="ACCEPTED", begins_at__lte=at, ends_at__gt=at).values_list(
            "agency_id", flat=True
        )
    )
    found = []
    for route, file in routes_for(incident.kind, incident.priority, incident.area, at):
        agency = organisation_by_code(route.agency)
        if agency is not None and agency.id not in told:
            found.append(Proposal(route, file, agency, agency.id in agreed))
    return found
