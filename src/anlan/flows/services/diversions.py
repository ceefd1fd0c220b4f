"""Incidents diverted to casework and cases diverted to dispatch, and back.

Both sides change together, so nothing is lost.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from anlan.casework import selectors as cases
from anlan.casework.services import Filing, file_case
from anlan.casework.services import make_move as move_case
from anlan.dispatch.agencies.services.routing import route_incident
from anlan.dispatch.services.incidents import IncidentGiven, open_incident
from anlan.dispatch.services.incidents import make_move as move_incident
from anlan.flows.errors import NotFromIncidentError
from anlan.intake.kinds import kind_of
from anlan.intake.services.reports import give_case_reports_to
from anlan.kernel.access import Actor
from anlan.kernel.errors import InvalidError


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


@transaction.atomic
def divert_to_desk(
    case_id: UUID, *, kind_code: str, reason: str, actor: Actor, at: datetime
) -> UUID:
    """Give a case that never was an incident to the desk as a new one; return its id.

    The report behind the case goes along, so that whoever reported follows it by the same number
    and can be called back. The incident's clock runs from now: the desk had nothing of it before.
    Of two who divert one case at once the second is refused, and its incident never was.
    """
    kind = kind_of(kind_code)
    if not kind.needs_unit:
        raise InvalidError(field="kind", rule="kind_needs_a_unit")
    case = cases.case(case_id)
    opened = IncidentGiven(
        kind=kind.code,
        priority=kind.priority,
        needs=kind.capabilities,
        channel=case.channel,
        lon=case.lon,
        lat=case.lat,
        area=case.area,
        place_text=case.place_text,
        text=case.text,
        case=case.number,
    )
    incident = open_incident(opened, actor=actor, at=at)
    facts = {"incident_id": str(incident.id), "kind": kind.code, "reason": reason}
    move_case(case_id=case_id, name="divert", facts=facts, actor=actor, at=at)
    give_case_reports_to(case_id, incident.id, actor=actor)
    route_incident(incident.id, at=at)
    return incident.id
