"""A report that was joined to an incident and is about something else."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from anlan.dispatch.services.incidents import (
    IncidentGiven,
    attach_report,
    detach_report,
    lock_incidents,
    open_incident,
)
from anlan.flows.errors import NotOfIncidentError
from anlan.intake import selectors as reports
from anlan.intake.kinds import kind_of
from anlan.intake.services.reports import give_to, report_locked
from anlan.kernel.access import Actor


@transaction.atomic
def detach(
    report_id: UUID, *, attach_to: UUID | None, reason: str, actor: Actor, at: datetime
) -> UUID:
    """Take a report from its incident; give it to `attach_to`, or open an incident for it.

    Return the incident it now belongs to. The new incident's clock runs from when the report was
    received. Raises `NotOfIncidentError` for a report that led to a case, `LastReportError`, and
    what the moves of incidents raise. Locked in the order of every flow: incidents by id, then the
    report.
    """
    source = reports.report(report_id).incident_id
    if source is None or attach_to == source:
        raise NotOfIncidentError(field="attach_to", rule="another_incident")
    lock_incidents({source} | ({attach_to} if attach_to else set()))
    report = report_locked(report_id)
    if report.incident_id != source:
        raise NotOfIncidentError(field="report_id", rule="of_this_incident")
    detach_report(source, number=report.number, reason=reason, actor=actor, at=at)
    if attach_to is None:
        opened = IncidentGiven(
            kind=report.kind,
            priority=report.priority,
            needs=kind_of(report.kind).capabilities,
            channel=report.channel,
            lon=report.lon,
            lat=report.lat,
            area=report.area,
            place_text=report.place_text,
            text=report.text,
            rang_at=report.rang_at,
            answered_at=report.answered_at,
            received_at=report.received_at,
        )
        incident = open_incident(opened, actor=actor, at=at)
    else:
        incident = attach_report(attach_to, actor=actor, at=at, facts={"report": report.number})
    give_to(report.id, incident.id, attached=attach_to is not None, actor=actor)
    return incident.id
