"""Diverting an incident to casework, and back: both sides change together, so nothing is lost."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from anlan.casework import selectors as cases
from anlan.casework.services import Filing, file_case
from anlan.casework.services import make_move as move_case
from anlan.dispatch.services.incidents import make_move as move_incident
from anlan.flows.errors import NotFromIncidentError
from anlan.kernel.access import Actor


@transaction.atomic
def divert(incident_id: UUID, *, item_code: str, reason: str, actor: Actor, at: datetime) -> UUID:
    """Take an open incident from the desk and file it as a case of `item_code`; return its id."""
    facts = {"reason": reason, "item_code": item_code}
    incident = move_incident(incident_id, "divert", facts, actor=actor, at=at)
    filing = Filing(
        item_code=item_code,
        lon=incident.lon,
        lat=incident.lat,
        area=incident.area,
        text=incident.text,
        place_text=incident.place_text,
        channel=incident.channel,
        incident_id=incident.id,
        reason=reason,
    )
    return file_case(filing, actor=actor, at=at).id


@transaction.atomic
def return_to_desk(case_id: UUID, *, reason: str, actor: Actor, at: datetime) -> None:
    """Give a case that came from an incident back to the desk; its incident is open again.

    Locked in the order of every flow: the incident first, then its case.
    """
    incident_id = cases.case(case_id).incident_id
    if incident_id is None:
        raise NotFromIncidentError
    facts = {"reason": reason}
    move_incident(incident_id, "return", facts, actor=actor, at=at)
    move_case(case_id=case_id, name="return", facts=facts, actor=actor, at=at)
