"""A report arrives: it opens an incident, files a case, or joins what is open already."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import cos, radians
from uuid import UUID

from django.db import transaction

from anlan.casework.services import Filing, file_case
from anlan.dispatch.agencies.services.routing import route_incident
from anlan.dispatch.selectors import open_incidents_since
from anlan.dispatch.services.incidents import IncidentGiven, attach_report, open_incident
from anlan.flows.errors import NothingToAttachError
from anlan.intake import services as intake
from anlan.intake.kinds import Kind, kind_of
from anlan.intake.services import ReportGiven
from anlan.kernel.access import Actor, require
from anlan.places.selectors import cell_of_point
from anlan_engine.sphere import METRES_PER_DEGREE, distance_m

SIMILAR_WITHIN_M = 150.0
SIMILAR_WITHIN = timedelta(hours=2)
SIMILAR_LIMIT = 5


@dataclass(frozen=True, slots=True)
class LedTo:
    """Where a report led: to an incident or to a case, one of them, with its number."""

    number: str
    incident_id: UUID | None = None
    case_id: UUID | None = None
    attached: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """A report that was taken: its own public number, and where it led."""

    id: UUID
    number: str
    area: int
    received_at: datetime
    led_to: LedTo


@dataclass(frozen=True, slots=True)
class Similar:
    """An open incident of the same kind near a place: offered to the call-taker, never joined."""

    incident_id: UUID
    number: str
    kind: str
    distance_m: float
    age_s: float


@transaction.atomic
def take_report(given: ReportGiven, *, attach_to: UUID | None, actor: Actor, at: datetime) -> Taken:
    """Take a report; open its incident or file its case, all of it or nothing.

    With `attach_to` it joins that open incident instead. Raises `OutsideJurisdictionError`, the
    refusals of the slices, and `NothingToAttachError` for a kind that opens no incident.
    """
    given = intake.checked_report(given, actor=actor, at=at)
    kind = kind_of(given.kind)
    cell = cell_of_point(given.lon, given.lat)
    if attach_to is not None:
        return _attach(given, kind, cell.area, attach_to, actor, at)
    if kind.needs_unit:
        return _open(given, kind, cell.area, actor, at)
    return _file(given, kind, cell.area, actor, at)


def _attach(
    given: ReportGiven, kind: Kind, area: int, attach_to: UUID, actor: Actor, at: datetime
) -> Taken:
    if not kind.needs_unit:
        raise NothingToAttachError(field="attach_to", rule="kind_needs_a_unit")
    incident = attach_report(attach_to, actor=actor, at=at)
    led_to = LedTo(incident_id=incident.id, number=incident.number, attached=True)
    return _keep(given, area, led_to, actor, at)


def _open(given: ReportGiven, kind: Kind, area: int, actor: Actor, at: datetime) -> Taken:
    opened = IncidentGiven(
        kind=kind.code,
        priority=given.priority,
        needs=kind.capabilities,
        channel=given.channel,
        lon=given.lon,
        lat=given.lat,
        area=area,
        place_text=given.place_text,
        text=given.text,
        rang_at=given.rang_at,
        answered_at=given.answered_at,
    )
    incident = open_incident(opened, actor=actor, at=at)
    route_incident(incident.id, at=at)
    return _keep(given, area, LedTo(incident_id=incident.id, number=incident.number), actor, at)


def _file(given: ReportGiven, kind: Kind, area: int, actor: Actor, at: datetime) -> Taken:
    filing = Filing(
        item_code=str(kind.item_code),
        lon=given.lon,
        lat=given.lat,
        area=area,
        text=given.text,
        place_text=given.place_text,
        channel=given.channel,
    )
    case = file_case(filing, actor=actor, at=at, photos=given.photos)
    led_to = LedTo(case_id=case.id, number=case.number)
    return _keep(replace(given, photos=()), area, led_to, actor, at)


def _keep(given: ReportGiven, area: int, led_to: LedTo, actor: Actor, at: datetime) -> Taken:
    report = intake.take_report(
        given,
        area=area,
        incident_id=led_to.incident_id,
        case_id=led_to.case_id,
        attached=led_to.attached,
        actor=actor,
        at=at,
    )
    return Taken(id=report.id, number=report.number, area=area, received_at=at, led_to=led_to)


def similar_incidents(
    kind: str, lon: float, lat: float, *, actor: Actor, at: datetime
) -> list[Similar]:
    """Return open incidents of `kind` near a place and not long ago, the nearest first."""
    require(actor, "report.take")
    kind_of(kind)
    reach_lat = float(SIMILAR_WITHIN_M / METRES_PER_DEGREE)
    reach_lon = reach_lat / max(cos(radians(lat)), 0.01)
    box = (lon - reach_lon, lat - reach_lat, lon + reach_lon, lat + reach_lat)
    found = [
        Similar(
            incident_id=incident.id,
            number=incident.number,
            kind=incident.kind,
            distance_m=float(distance_m(lon, lat, incident.lon, incident.lat)),
            age_s=(at - incident.received_at).total_seconds(),
        )
        for incident in open_incidents_since(kind, at - SIMILAR_WITHIN, box)
    ]
    near = [one for one in found if one.distance_m <= SIMILAR_WITHIN_M]
    return sorted(near, key=lambda one: (one.distance_m, one.number))[:SIMILAR_LIMIT]
