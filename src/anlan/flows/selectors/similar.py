"""Open incidents that a report may be about, each with its probability."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import cos, radians
from uuid import UUID

import numpy as np

from anlan.dispatch.selectors import followers_of, open_incidents_near
from anlan.flows.duplicate_rules import DuplicateRules, duplicate_rules
from anlan.intake.kinds import kind_of
from anlan.intake.selectors import ReportPlace, report_places
from anlan.kernel.access import Actor, require
from anlan_engine.attribution import Earlier, attribute
from anlan_engine.sphere import METRES_PER_DEGREE, distance_m

SIMILAR_LIMIT = 5
POLE_COS_MIN = 0.01


@dataclass(frozen=True, slots=True)
class Similar:
    """An open incident that a report may be about, with the probability that it is.

    `suggested` where that is the answer to be expected; whoever takes the call decides.
    """

    incident_id: UUID
    number: str
    kind: str
    priority: int
    place_text: str
    report_count: int
    distance_m: float
    age_s: float
    probability: float
    suggested: bool


@dataclass(frozen=True, slots=True)
class FoundSimilar:
    """The likeliest incidents first, the probability that it is one of all, and by which rules."""

    incidents: list[Similar]
    known: float
    rules: DuplicateRules


def similar_incidents(
    kind: str, lon: float, lat: float, *, actor: Actor, at: datetime
) -> list[Similar]:
    """Return the open incidents that a report of `kind` at a place may be about, likeliest first.

    At most `SIMILAR_LIMIT`, none less likely than the rules offer.
    """
    require(actor, "report.take")
    kind_of(kind)
    return found_similar(kind, lon, lat, at).incidents


def found_similar(kind: str, lon: float, lat: float, at: datetime) -> FoundSimilar:
    """Attribute a report to the open incidents near its place and time.

    An incident counts by all its reports, and by those of what was linked to it: where each was and
    when each came.
    """
    rules = duplicate_rules(at.date())
    since = at - timedelta(seconds=rules.window_s)
    incidents = open_incidents_near(since, _box(lon, lat, rules.reach_m))
    if not incidents:
        return FoundSimilar([], 0.0, rules)
    rows = {incident.id: row for row, incident in enumerate(incidents)}
    rows |= {one: rows[parent] for one, parent in followers_of(list(rows)).items()}
    earlier = _earlier(kind, report_places(list(rows)), rows, rules, at)
    shares = attribute(lon, lat, earlier, len(incidents), rules.of(kind).law)
    known = float(shares.sum())
    offered = [
        Similar(
            incident_id=incidents[row].id,
            number=incidents[row].number,
            kind=incidents[row].kind,
            priority=incidents[row].priority,
            place_text=incidents[row].place_text,
            report_count=incidents[row].report_count,
            distance_m=float(distance_m(lon, lat, incidents[row].lon, incidents[row].lat)),
            age_s=(at - incidents[row].received_at).total_seconds(),
            probability=float(shares[row]),
            suggested=known >= rules.suggest_from and float(shares[row]) > known / 2.0,
        )
        for row in np.argsort(-shares, kind="stable")[:SIMILAR_LIMIT]
        if shares[row] >= rules.offer_from
    ]
    return FoundSimilar(offered, known, rules)


def _earlier(
    kind: str, reports: Sequence[ReportPlace], rows: Mapping[UUID, int], rules: DuplicateRules,
    at: datetime,
) -> Earlier:  # fmt: skip
    agrees = {other: rules.agreement(kind, other) for other in {one.kind for one in reports}}
    return Earlier(
        lon=np.array([one.lon for one in reports], np.float64),
        lat=np.array([one.lat for one in reports], np.float64),
        age_s=np.array([(at - one.received_at).total_seconds() for one in reports], np.float64),
        incident=np.array([rows[one.incident_id] for one in reports], np.int64),
        agrees=np.array([agrees[one.kind] for one in reports], np.float64),
    )


def _box(lon: float, lat: float, reach_m: float) -> tuple[float, float, float, float]:
    high = reach_m / float(METRES_PER_DEGREE)
    wide = high / max(cos(radians(lat)), POLE_COS_MIN)
    return lon - wide, lat - high, lon + wide, lat + high
