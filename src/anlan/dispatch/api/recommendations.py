"""HTTP of recommendations, pre-emption and plans: which units to send, with reasons."""

from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Status
from pydantic import AwareDatetime, ConfigDict

from anlan.dispatch.api.assignments import AssignmentOut
from anlan.dispatch.models import BatchPlan
from anlan.dispatch.selectors import assignment_shape
from anlan.dispatch.services import plans, recommendations
from anlan.dispatch.services.preemptions import preempt
from anlan.dispatch.services.steps import REASON_MAX_CHARACTERS
from anlan.kernel import clock
from anlan.kernel.http import actor_of
from anlan.kernel.riding import ride
from anlan.kernel.schemas import Schema
from anlan.orgs.protected import ReportersWords

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


class CardPlaceOut(Schema):
    """One place of a run card: who was sent for it, who is proposed, or that it is open."""

    capability: str
    state: Literal["SENT", "PROPOSED", "OPEN"]
    unit_id: UUID | None
    call_sign: str | None
    travel_s: float | None
    reason: ReasonOut | None


class TakesOverOut(Schema):
    """Who would take over the incident that a unit leaves."""

    unit_id: UUID
    call_sign: str
    travel_s: float


class OfferOut(Schema):
    """A unit that may be taken from a less urgent incident, and what that costs the other.

    `gain_s`: how much sooner than any free unit; None where none is free. `takes_over` is None
    where the other incident would wait again.
    """

    capability: str
    unit_id: UUID
    call_sign: str
    travel_s: float
    gain_s: float | None
    incident_id: UUID
    incident_number: str
    incident_priority: int
    takes_over: TakesOverOut | None


class DataAgeOut(Schema):
    """How old the positions are that were used."""

    oldest_s: float | None
    stale: int
    at_station: int
    stale_after_s: float


class CardNameOut(Schema):
    """A run card by its file, its version and its code."""

    id: str
    version: str
    code: str


class RuleNameOut(Schema):
    """A rule by its id and version."""

    id: str
    version: str


class PolicyOut(Schema):
    """The rules that decided."""

    cards: list[CardNameOut]
    choice: RuleNameOut


class RecommendationOut(Schema):
    """Who fills the places of the run card, and the units by road travel time."""

    id: UUID
    made_at: AwareDatetime
    pack: str
    considered: int
    left_out: dict[str, int]
    alarm_level: int
    highest_level: int
    requirements: list[CardPlaceOut]
    complete_s: float | None
    offer: OfferOut | None
    data_age: DataAgeOut
    policy: PolicyOut
    units: list[RankedUnit]


class PreemptBody(Schema):
    """Which recommendation's offer is taken, and why."""

    model_config = ConfigDict(extra="forbid")

    recommendation_id: UUID
    reason: str = Field("", max_length=REASON_MAX_CHARACTERS)


class PlannedIncidentOut(Schema):
    """One incident of a plan."""

    incident_id: UUID
    number: str
    kind: str
    priority: int
    place_text: ReportersWords
    alarm_level: int
    places: list[CardPlaceOut]


class BatchPlanOut(Schema):
    """Which units should go to all incidents that wait."""

    id: UUID
    made_at: AwareDatetime
    good_until: AwareDatetime
    incidents: list[PlannedIncidentOut]
    data_age: DataAgeOut
    policy: PolicyOut


class CommitBody(Schema):
    """Which incidents of the plan; all where nothing is given."""

    model_config = ConfigDict(extra="forbid")

    incident_ids: Annotated[list[UUID], Field(max_length=plans.INCIDENTS_LIMIT)] | None = None


def _plan_out(plan: BatchPlan) -> BatchPlanOut:
    shape: dict[str, Any] = {
        "id": plan.id,
        "made_at": plan.made_at,
        "good_until": plan.made_at + plans.GOOD_FOR,
        "policy": plan.policy,
    }
    return BatchPlanOut.model_validate(shape | plan.answer)


@router.post(
    "/incidents/{incident_id}/recommendations",
    response={201: RecommendationOut},
    operation_id="recommend_units",
)
def post_recommendation(request: HttpRequest, incident_id: UUID) -> Status[dict[str, Any]]:
    """Fill the run card and rank the units, each with its reasons; the answer is kept."""
    # The log is written in order: whatever is done by this advice waits for the disk, and makes it
    # durable too. Advice that is lost with a power cut was acted on by nobody.
    ride("SET LOCAL synchronous_commit TO off", matters=False)
    made = recommendations.recommend(incident_id, actor=actor_of(request), at=clock.now())
    named = ("id", "made_at", "pack", "considered", "left_out", "units", "policy")
    shape = {name: getattr(made, name) for name in named}
    return Status(201, shape | made.answer)


@router.post(
    "/incidents/{incident_id}/preemptions",
    response={201: list[AssignmentOut]},
    operation_id="preempt_unit",
)
def post_preemption(
    request: HttpRequest, incident_id: UUID, body: PreemptBody
) -> Status[list[AssignmentOut]]:
    """Take a unit from a less urgent incident as was offered; that one is reassigned."""
    made = preempt(
        incident_id,
        recommendation_id=body.recommendation_id,
        reason=body.reason,
        actor=actor_of(request),
        at=clock.now(),
    )
    return Status(201, [AssignmentOut.model_validate(assignment_shape(one)) for one in made])


@router.post("/batch-plans", response={201: BatchPlanOut}, operation_id="propose_batch_plan")
def post_batch_plan(request: HttpRequest) -> Status[BatchPlanOut]:
    """Plan which free units go to all incidents that wait; the plan is kept."""
    return Status(201, _plan_out(plans.propose(actor=actor_of(request), at=clock.now())))


@router.post(
    "/batch-plans/{plan_id}/commit",
    response={201: list[AssignmentOut]},
    operation_id="commit_batch_plan",
)
def post_commit(
    request: HttpRequest, plan_id: UUID, body: CommitBody
) -> Status[list[AssignmentOut]]:
    """Send what a plan proposes: all of it, or nothing."""
    made = plans.commit(
        plan_id, incident_ids=body.incident_ids, actor=actor_of(request), at=clock.now()
    )
    return Status(201, [AssignmentOut.model_validate(assignment_shape(one)) for one in made])
