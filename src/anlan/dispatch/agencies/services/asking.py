"""Asking an agency for help: what it needs to see is shared with the request."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from anlan.dispatch.agencies.models import HelpRequest, Share
from anlan.dispatch.agencies.services.help_requests import Asked, begin_request
from anlan.dispatch.agencies.services.shares import Wanted, begin_share
from anlan.dispatch.models import Incident
from anlan.dispatch.services.incidents import locked_incident
from anlan.kernel.access import Actor, require


@transaction.atomic
def ask_help(
    incident_id: UUID, agency_id: UUID, asked: Asked, *, actor: Actor, at: datetime
) -> HelpRequest:
    """Ask an agency for help with an incident; the incident is shared with it unless it is already.

    Raises `UnknownIncidentError`, `NoAgreementError`, `BadTermError`, `AskedAlreadyError`.
    """
    require(actor, "agency.ask")
    incident = locked_incident(incident_id)
    shared = running_share(incident, agency_id, at)
    if shared is None:
        shared = begin_share(incident, agency_id, Wanted(rule=asked.rule), actor, at)
    return begin_request(incident, shared, asked, actor, at)


def running_share(incident: Incident, agency_id: UUID, at: datetime) -> Share | None:
    """Return the share by which the agency sees the incident now, None where it does not."""
    rows = Share.objects.filter(incident=incident, agency_id=agency_id, ended_at__isnull=True)
    return rows.filter(ends_at__gt=at).first()
