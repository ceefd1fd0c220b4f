"""The way of a unit to its incident, along the streets that are open now."""

from dataclasses import dataclass
from datetime import datetime

from anlan.dispatch.errors import OffNetworkError
from anlan.dispatch.models import Assignment
from anlan.orgs.selectors import unit
from anlan.places.roads import roads_at
from anlan_engine.routing import RoutingError

COORDINATE_DECIMALS = 6  # a tenth of a metre


@dataclass(frozen=True, slots=True)
class Way:
    """A way by road: degrees WGS84, metres, seconds.

    `positioned_at` is when the unit was where the way begins; None: it begins at its station.
    """

    line: list[list[float]]
    distance_m: float
    travel_s: float
    positioned_at: datetime | None
    asked_at: datetime
    closures: int


def way_to_incident(assignment: Assignment, at: datetime) -> Way:
    """Return the fastest way from where the unit last was to the incident.

    Raises `OffNetworkError` where no street leads there.
    """
    sent, incident = unit(assignment.unit_id), assignment.incident
    told = sent.lon is not None and sent.lat is not None
    start = (sent.lon, sent.lat) if told else (sent.station_lon, sent.station_lat)
    roads = roads_at(at)
    try:
        path = roads.times.path(
            float(start[0] or 0), float(start[1] or 0), incident.lon, incident.lat
        )
    except RoutingError as error:
        raise OffNetworkError(reason=error.code) from error
    return Way(
        line=path.coords.round(COORDINATE_DECIMALS).tolist(),
        distance_m=path.distance_m,
        travel_s=path.travel_s,
        positioned_at=sent.positioned_at if told else None,
        asked_at=at,
        closures=len(roads.closures),
    )
