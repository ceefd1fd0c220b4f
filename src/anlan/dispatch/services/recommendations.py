"""Which units to send: ranked by road travel time, each with its reasons, kept to be replayed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from anlan.dispatch import selectors
from anlan.dispatch.errors import OffNetworkError
from anlan.dispatch.models import Recommendation
from anlan.kernel.access import Actor, require
from anlan.kernel.areas import lies_within
from anlan.orgs.models import Unit
from anlan.orgs.selectors import units
from anlan.places.city_pack import city
from anlan.places.roads import roads_at
from anlan_engine import assign
from anlan_engine.assign import Question, RankedUnit, Reason, rank_units
from anlan_engine.routing import RoutingError

RANKED_LIMIT_UNITS = 20
STALE_AFTER_S = 120.0


@dataclass(frozen=True, slots=True)
class Recommended:
    """A ranking of units for an incident; `left_out` counts why others are not in it."""

    id: UUID
    made_at: datetime
    pack: str
    considered: int
    left_out: dict[str, int]
    units: list[dict[str, Any]]


@transaction.atomic
def recommend(incident_id: UUID, *, actor: Actor, at: datetime) -> Recommended:
    """Rank the units that are free and can help by road travel time to the incident.

    Only units that serve its area are asked about: no other crew could see the job. A unit that has
    told no position counts as standing at its station. Ways go round the roads that are closed at
    `at`. The question is stored with the answer, and which closures were in force:
    `Question.of_snapshot` on the same pack under the same closures gives the same ranking again.
    """
    require(actor, "incident.recommend")
    incident = selectors.incident(incident_id)
    busy = selectors.open_assignment_of_units()
    known = {
        unit.call_sign: unit
        for unit in units()
        if unit.duty == "ON_DUTY" and lies_within(incident.area, unit.area)
    }
    question = Question(
        lon=incident.lon,
        lat=incident.lat,
        needs=tuple(incident.needs),
        units=tuple(_asked(unit, free=unit.id not in busy, at=at) for unit in known.values()),
        stale_after_s=STALE_AFTER_S,
        pack=city().checksum,
    )
    roads = roads_at(at)
    try:
        ranking = rank_units(question, roads.times)
    except RoutingError as error:
        raise OffNetworkError(reason=error.code) from error
    shown = ranking[: min(ranking.sendable, RANKED_LIMIT_UNITS)]
    kept = Recommendation.objects.create(
        area=incident.area,
        incident=incident,
        made_at=at,
        made_by=actor.id,
        pack=question.pack,
        asked=question.snapshot(),
        ranking=[_entry(one, known[one.unit_id]) for one in shown],
        closures=list(roads.closures),
    )
    return Recommended(
        id=kept.id,
        made_at=at,
        pack=kept.pack,
        considered=len(known),
        left_out={str(reason): count for reason, count in ranking.left_out.items()},
        units=kept.ranking,
    )


def _asked(unit: Unit, *, free: bool, at: datetime) -> assign.Unit:
    """Return a unit as the engine is asked about it, named by its call sign."""
    told = unit.lon is not None and unit.lat is not None and unit.positioned_at is not None
    age_s = (at - unit.positioned_at).total_seconds() if unit.positioned_at else None
    return assign.Unit(
        unit_id=unit.call_sign,
        available=free,
        capabilities=tuple(unit.capabilities),
        lon=unit.lon if told else unit.station_lon,
        lat=unit.lat if told else unit.station_lat,
        position_age_s=age_s,
    )


def _entry(ranked: RankedUnit, unit: Unit) -> dict[str, Any]:
    """Return one unit of the answer; the fastest one for each need is suggested."""
    return {
        "rank": ranked.rank,
        "unit_id": str(unit.id),
        "call_sign": unit.call_sign,
        "kind": unit.kind,
        "capabilities": unit.capabilities,
        "travel_s": ranked.travel_s,
        "distance_m": ranked.distance_m,
        "straight_m": ranked.straight_m,
        "straight_rank": ranked.straight_rank,
        "positioned_at": unit.positioned_at.isoformat() if unit.positioned_at else None,
        "brings": list(ranked.brings),
        "suggested": ranked.reasons[0].code == Reason.FASTEST,
        "reasons": [
            {"code": str(remark.code), "facts": dict(remark.facts)} for remark in ranked.reasons
        ],
    }
