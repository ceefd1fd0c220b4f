"""HTTP of the day and the months: tallies, what is nowhere, the share of valid calls."""

from datetime import date
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import AwareDatetime

from anlan.dispatch.selectors import ClockFigures
from anlan.flows import selectors
from anlan.kernel import clock
from anlan.kernel.access import require
from anlan.kernel.http import actor_of
from anlan.kernel.schemas import Schema
from anlan.kernel.zones import Moment, known_zone

router = Router()
ZONE_MAX_CHARACTERS = 64


class TallyOut(Schema):
    """Incidents received, and where they are."""

    received: int
    open: int
    linked: int
    diverted: int
    closed: int
    conserved: bool


class GapOut(Schema):
    """Something that was acknowledged and is nowhere now."""

    rule: str
    id: UUID
    number: str


class MonthOut(Schema):
    """One month of calls; shares of 1."""

    month: date
    calls: int
    valid: int
    diverted: int
    to_casework: int
    false_alarms: int
    sent_over: int
    came_back: int
    valid_share: float
    valid_share_low: float
    valid_share_high: float


class RingOut(Schema):
    """The share of measured incidents within so many seconds."""

    limit_s: int
    compliance: float | None


class PhaseOut(Schema):
    """One phase of the response clock over many incidents; seconds, shares of 1."""

    n: int
    missing: int
    p50_s: float | None
    p90_s: float | None
    compliance: float | None
    compliance_low: float | None
    compliance_high: float | None
    rings: list[RingOut]


class TalliesOut(Schema):
    """The counts of the actor's area and its response clock."""

    at: AwareDatetime
    total: TallyOut
    by_kind: dict[str, TallyOut]
    dispatched: int
    cases_filed: int
    cases_closed: int
    response_clock: dict[str, PhaseOut]


@router.get("/conservation", response=list[GapOut], operation_id="list_gaps")
def get_conservation(request: HttpRequest) -> list[GapOut]:
    """List what was acknowledged and is nowhere now: empty, always."""
    require(actor_of(request), "tally.read")
    return [GapOut.model_validate(gap, from_attributes=True) for gap in selectors.recent_gaps()]


@router.get("/months", response=list[MonthOut], operation_id="list_months")
def get_months(
    request: HttpRequest,
    zone: Annotated[str, Query(max_length=ZONE_MAX_CHARACTERS)] = "UTC",
    count: Annotated[int, Query(ge=1, le=selectors.MONTHS_LIMIT)] = 12,
) -> list[MonthOut]:
    """Tell the share of valid calls by month, and what went to casework and back."""
    actor = actor_of(request)
    require(actor, "tally.read")
    found = selectors.months(zone=known_zone(zone), count=count, actor=actor, at=clock.now())
    return [MonthOut.model_validate(month, from_attributes=True) for month in found]


@router.get("/tallies", response=TalliesOut, operation_id="get_tallies")
def get_tallies(request: HttpRequest, since: Moment | None = None) -> TalliesOut:
    """Count incidents and cases in scope, and measure the response clock."""
    counted = selectors.tallies(since=since, actor=actor_of(request), at=clock.now())
    clocks = {code: _phase_out(found) for code, found in counted.response_clock.items()}
    shown = {name: getattr(counted, name) for name in counted.__slots__}
    return TalliesOut.model_validate(shown | {"response_clock": clocks}, from_attributes=True)


def _phase_out(figures: ClockFigures) -> PhaseOut:
    return PhaseOut(
        n=figures.n,
        missing=figures.lacking,
        p50_s=figures.p50_s,
        p90_s=figures.p90_s,
        compliance=figures.within.compliance,
        compliance_low=figures.within.low,
        compliance_high=figures.within.high,
        rings=[RingOut(limit_s=one.seconds, compliance=one.compliance) for one in figures.rings],
    )
