"""Open cases that a new one may be about: the same item, near, lately; nearest first."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from math import cos, radians
from uuid import UUID

from django.db.models import Count, QuerySet

from anlan.casework.duplicate_rules import CaseDuplicateRules, case_duplicate_rules
from anlan.casework.models import LEADING_STATES, Case
from anlan_engine.sphere import METRES_PER_DEGREE, distance_m

LOOKED_AT_LIMIT_ROWS = 200
POLE_COS_MIN = 0.01


@dataclass(frozen=True, slots=True)
class SimilarCase:
    """An open case that may be about the same matter."""

    id: UUID
    number: str
    item_code: str
    state: str
    place_text: str
    filed_at: datetime
    distance_m: float
    merged_count: int


@dataclass(frozen=True, slots=True)
class FoundSimilar:
    """What is offered, and by which rules."""

    cases: list[SimilarCase]
    rules: CaseDuplicateRules


def similar_cases(
    item_code: str, lon: float, lat: float, *, at: datetime, besides: Iterable[UUID] = ()
) -> FoundSimilar:
    """Return the open cases in scope that one of an item at a place may be about, nearest first.

    At most as many as the rules offer, out of the newest `LOOKED_AT_LIMIT_ROWS` in reach.
    """
    rules = case_duplicate_rules(at.date())
    reach = rules.reach(item_code)
    rows = leading_near(rules.alike_with(item_code), lon, lat, reach.reach_m)
    rows = rows.filter(filed_at__range=(at - reach.window, at)).exclude(pk__in=list(besides))
    near = [
        (float(distance_m(lon, lat, case.lon, case.lat)), case)
        for case in rows.order_by("-filed_at", "-pk")[:LOOKED_AT_LIMIT_ROWS]
    ]
    offered = sorted(
        (pair for pair in near if pair[0] <= reach.reach_m), key=lambda pair: (pair[0], pair[1].id)
    )[: rules.offered]
    return FoundSimilar(_told(offered), rules)


def leading_near(
    items: Collection[str], lon: float, lat: float, reach_m: float
) -> "QuerySet[Case]":
    """Return the open cases of some items in the square around a circle on the ground."""
    high = reach_m / float(METRES_PER_DEGREE)
    wide = high / max(cos(radians(lat)), POLE_COS_MIN)
    return Case.objects.filter(
        item_code__in=items,
        state__in=LEADING_STATES,
        lat__range=(lat - high, lat + high),
        lon__range=(lon - wide, lon + wide),
    )


def _told(offered: list[tuple[float, Case]]) -> list[SimilarCase]:
    ids = [case.id for _, case in offered]
    counted = Case.objects.filter(merged_into_id__in=ids).values_list("merged_into_id")
    merged = dict(counted.annotate(found=Count("pk")))
    return [
        SimilarCase(
            id=case.id,
            number=case.number,
            item_code=case.item_code,
            state=case.state,
            place_text=case.place_text,
            filed_at=case.filed_at,
            distance_m=distance,
            merged_count=merged.get(case.id, 0),
        )
        for distance, case in offered
    ]
