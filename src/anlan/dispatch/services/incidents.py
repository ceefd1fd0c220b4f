"""Writes of incidents: opened, attached to, diverted, returned, closed, reopened."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from anlan.dispatch.errors import (
    BadFactError,
    CrewsAssignedError,
    HighestAlarmError,
    LastReportError,
    OwnWorkError,
    UnknownIncidentError,
)
from anlan.dispatch.models import TEXT_MAX_CHARACTERS, Incident
from anlan.dispatch.services.asking import card_of
from anlan.dispatch.services.rounds import begin_round
from anlan.dispatch.services.steps import clean_facts, tell_incident, write_step
from anlan.dispatch.transitions import (
    DISPOSITIONS,
    INCIDENT_MOVES,
    OPEN_ASSIGNMENT_STATES,
    IncidentState,
)
from anlan.kernel.access import Actor, require
from anlan.kernel.identifiers import new_number
from anlan.kernel.moves import Right, require_one
from anlan.places.selectors import site_kind_at

_LEAVES_DESK = {"divert", "close"}
FROM_CASE = (Right("case.return"), Right("incident.return"))


@dataclass(frozen=True, slots=True)
class IncidentGiven:
    """What is known when an incident is opened; times are aware, place is degrees WGS84.

    `case` is the number of the case that turned out to be an incident, where it was one.
    """

    kind: str
    priority: int
    needs: tuple[str, ...]
    channel: str
    lon: float
    lat: float
    area: int
    place_text: str
    text: str
    rang_at: datetime | None = None
    answered_at: datetime | None = None
    received_at: datetime | None = None
    case: str = ""


@transaction.atomic
def open_incident(given: IncidentGiven, *, actor: Actor, at: datetime) -> Incident:
    """Open an incident from its first report, or from a case that turned out to be one.

    Needs `report.take` or `report.public`; from a case, the right to give it to dispatch. Its clock
    runs from when that report was received: now, unless `given` says when.
    """
    _require_opening(actor, from_case=given.case != "")
    incident = Incident.objects.create(
        number=new_number("I"),
        area=given.area,
        kind=given.kind,
        priority=given.priority,
        needs=list(given.needs),
        channel=given.channel,
        lon=given.lon,
        lat=given.lat,
        place_text=given.place_text,
        site_kind=site_kind_at(given.lon, given.lat, area=given.area),
        text=given.text[:TEXT_MAX_CHARACTERS],  # of a long case the case itself has the rest
        rang_at=given.rang_at,
        answered_at=given.answered_at,
        received_at=given.received_at or at,
    )
    facts = {
        "channel": given.channel,
        "kind": given.kind,
        "priority": given.priority,
        "needs": list(given.needs),
        "stamps": {
            name: stamp.isoformat()
            for name in ("rang_at", "answered_at", "received_at")
            if (stamp := getattr(incident, name))
        },
    }
    if given.case:
        facts["case"] = given.case
    write_step(incident, "open", ("", IncidentState.OPEN), facts, actor, at)
    tell_incident(incident, "incident.received", at)
    return incident


def _require_opening(actor: Actor, *, from_case: bool) -> None:
    if from_case:
        require_one(actor, FROM_CASE)
    else:
        require(actor, "report.public" if not actor.signed_in else "report.take")


def locked_incident(incident_id: UUID) -> Incident:
    """Return the incident, locked until the transaction ends, or raise `UnknownIncidentError`."""
    incident = Incident.objects.select_for_update().filter(pk=incident_id).first()
    if incident is None:
        raise UnknownIncidentError
    return incident


def lock_incidents(ids: Collection[UUID]) -> dict[UUID, Incident]:
    """Return incidents by id, locked in the order of their ids until the transaction ends."""
    found = Incident.objects.select_for_update().filter(pk__in=ids).order_by("pk")
    locked = {incident.id: incident for incident in found}
    if len(locked) < len(ids):
        raise UnknownIncidentError
    return locked


@transaction.atomic
def attach_report(
    incident_id: UUID, *, actor: Actor, at: datetime, facts: Mapping[str, Any] | None = None
) -> Incident:
    """Count one more report of an open incident; `facts` say how it was found to be the same."""
    require(actor, "report.public" if not actor.signed_in else "report.take")
    incident = locked_incident(incident_id)
    INCIDENT_MOVES.check(incident.state, "attach", ())
    return _count_reports(incident, "attach", 1, dict(facts or {}), actor, at)


@transaction.atomic
def detach_report(
    incident_id: UUID, *, number: str, reason: str, actor: Actor, at: datetime
) -> Incident:
    """Count one report less: it was about something else. Its last one cannot be taken away."""
    require(actor, "incident.link")
    incident = locked_incident(incident_id)
    given = clean_facts({"reason": reason, "report": number})
    INCIDENT_MOVES.check(incident.state, "detach", given)
    if incident.report_count < 2:
        raise LastReportError(rule="another_report_remains")
    return _count_reports(incident, "detach", -1, given, actor, at)


def _count_reports(
    incident: Incident, move: str, change: int, facts: dict[str, Any], actor: Actor, at: datetime
) -> Incident:
    incident.report_count += change
    incident.save(update_fields=["report_count"])
    facts = {"report_count": incident.report_count, **facts}
    write_step(incident, move, (incident.state, incident.state), facts, actor, at)
    tell_incident(incident, "incident.changed", at)
    return incident


@transaction.atomic
def make_move(
    incident_id: UUID, name: str, facts: Mapping[str, Any], *, actor: Actor, at: datetime
) -> Incident:
    """Make one of the incident's moves: close, reopen, divert, return, reprioritise,
    raise_alarm.

    Raises `MoveNotAllowedError`, `MissingFactError`, `BadFactError`; `CrewsAssignedError` while a
    unit is still on the job; `OwnWorkError` when whoever reported the work closes it.
    """
    _require_move(actor, name)
    incident = locked_incident(incident_id)
    given = clean_facts(facts)
    move = INCIDENT_MOVES.check(incident.state, name, given)
    if name in _LEAVES_DESK:
        check_crews_gone(incident)
    if name == "close":
        _close(incident, given, actor, at)
    if name == "reopen":
        begin_round(incident, at)
    if name == "reprioritise":
        incident.priority = _priority(given["priority"])
    if name == "raise_alarm":
        given["alarm_level"] = incident.alarm_level = _raised(incident, given, at)
    source, incident.state = incident.state, move.target
    incident.save(
        update_fields=[
            "state", "priority", "alarm_level", "closed_at", "reopened_at", "disposition", "round",
            "escalation_level",
        ]
    )  # fmt: skip
    write_step(incident, name, (source, move.target), dict(given), actor, at)
    tell_incident(incident, "incident.changed", at)
    return incident


def _require_move(actor: Actor, name: str) -> None:
    """A department desk that hands a case back brings its incident back with it."""
    if not (name == "return" and "case.return" in actor.permissions):
        require(actor, f"incident.{name}")


def check_crews_gone(incident: Incident) -> None:
    """Return if no unit is on the incident, else raise `CrewsAssignedError` naming them."""
    here = incident.assignments.filter(state__in=OPEN_ASSIGNMENT_STATES).order_by("call_sign")
    units = list(here.values_list("call_sign", flat=True))
    if units:
        raise CrewsAssignedError(rule="no_open_assignment", units=units)


def _close(incident: Incident, facts: Mapping[str, Any], actor: Actor, at: datetime) -> None:
    if facts["disposition"] not in DISPOSITIONS:
        raise BadFactError(field="disposition", rule="known_disposition")
    if incident.assignments.filter(cleared_by=actor.id).exists():
        raise OwnWorkError(rule="verified_by_another")
    incident.disposition, incident.closed_at = facts["disposition"], at


def _priority(value: object) -> int:
    if isinstance(value, int) and 1 <= value <= 4:
        return value
    raise BadFactError(field="priority", rule="between_1_and_4")


def _raised(incident: Incident, facts: Mapping[str, Any], at: datetime) -> int:
    """Return the level the alarm is raised to: the one given, else the next."""
    card = card_of(incident, at)
    level = facts.get("alarm_level", incident.alarm_level + 1)
    if not isinstance(level, int) or level <= incident.alarm_level:
        raise BadFactError(field="alarm_level", rule="above_the_present_one")
    if card is None or level > card.highest_level:
        raise HighestAlarmError(level=incident.alarm_level)
    return level
