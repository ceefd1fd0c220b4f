"""HTTP of recommendations: which units to send, with reasons."""

from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import AwareDatetime

from anlan.dispatch.services import recommendations
from anlan.kernel import clock
from anlan.kernel.http import actor_of

router = Router()


class ReasonOut(Schema):
    """Why a unit stands where it does: a code, and the facts that go with it."""

    code: str
    facts: dict[str, str | int | float]


class RankedUnit(Schema):
    """One unit of a recommendation, with the reason for its place."""

    rank: int
    unit_id: UUID
    call_sign: str
    kind: str
    capabilities: list[str]
    travel_s: float
    distance_m: float
    straight_m: float
    straight_rank: int
    positioned_at: AwareDatetime | None
    brings: list[str]
    suggested: bool
    reasons: list[ReasonOut]


class RecommendationOut(Schema):
    """Units by road travel time, those that can help first."""

    id: UUID
    made_at: AwareDatetime
    pack: str
    considered: int
    left_out: dict[str, int]
    units: list[RankedUnit]


@router.post(
    "/incidents/{incident_id}/recommendations",
    response={201: RecommendationOut},
    operation_id="recommend_units",
)
def post_recommendation(request: HttpRequest, incident_id: UUID) -> Status[RecommendationOut]:
    """Rank the units by road travel time, each with its reasons; the answer is kept."""
    made = recommendations.recommend(incident_id, actor=actor_of(request), at=clock.now())
    return Status(201, RecommendationOut.model_validate(made, from_attributes=True))
