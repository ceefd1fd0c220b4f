"""HTTP of appeals: filed by the organisation that is evaluated, decided by another."""

from collections.abc import Iterable
from typing import Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Status
from pydantic import AwareDatetime, ConfigDict

from anlan.casework.evaluation import selectors
from anlan.casework.evaluation.models import REASON_LIMIT_CHARACTERS, Appeal, AppealStep
from anlan.casework.evaluation.services import Appealed, file_appeal, move_appeal
from anlan.casework.evaluation.transitions import (
    APPEAL_MOVES,
    AppealGround,
    AppealState,
    Measure,
)
from anlan.kernel import clock
from anlan.kernel.access import Actor, require
from anlan.kernel.http import actor_of
from anlan.kernel.paging import PageAsked
from anlan.kernel.schemas import Schema

router = Router()

AppealMove = Literal["grant", "decline", "withdraw"]


class AppealStepOut(Schema):
    """Something that was done with an appeal."""

    move: str
    made_by_name: str
    made_at: AwareDatetime
    facts: dict[str, str]


class AppealOut(Schema):
    """An appeal with what was done, and what the reader may do now."""

    id: UUID
    evaluation_id: UUID
    organisation_id: UUID
    name_zh: str
    name_en: str
    measure: Measure
    case_id: UUID | None
    state: AppealState
    ground: AppealGround
    text: str
    filed_at: AwareDatetime
    decided_at: AwareDatetime | None
    decision: str
    steps: list[AppealStepOut]
    moves: list[AppealMove]


class AppealPage(Schema):
    """A page of appeals."""

    items: list[AppealOut]
    next: str | None


class Strict(Schema):
    """A body that holds no unknown field."""

    model_config = ConfigDict(extra="forbid")


class AppealBody(Strict):
    """What is appealed and why; without a case the whole figure."""

    measure: Measure
    case_id: UUID | None = None
    ground: AppealGround
    text: str = Field(max_length=REASON_LIMIT_CHARACTERS)


class AppealMoveBody(Strict):
    """Why it is decided so; nothing to withdraw."""

    reason: str | None = Field(None, max_length=REASON_LIMIT_CHARACTERS)


def _appeals(rows: Iterable[Appeal], actor: Actor) -> list[AppealOut]:
    found = list(rows)
    steps: dict[UUID, list[AppealStep]] = {}
    for step in selectors.appeal_steps(one.id for one in found):
        steps.setdefault(step.subject_id, []).append(step)
    names = selectors.names_of({one.organisation_id for one in found})
    return [_appeal(one, steps.get(one.id, []), names, actor) for one in found]


def _appeal(
    one: Appeal, steps: list[AppealStep], names: dict[UUID, tuple[str, str]], actor: Actor
) -> AppealOut:
    name_zh, name_en = names[one.organisation_id]
    return AppealOut(
        id=one.id,
        evaluation_id=one.evaluation_id,
        organisation_id=one.organisation_id,
        name_zh=name_zh,
        name_en=name_en,
        measure=Measure(one.measure),
        case_id=one.case_id,
        state=AppealState(one.state),
        ground=AppealGround(one.ground),
        text=one.text,
        filed_at=one.filed_at,
        decided_at=one.decided_at,
        decision=one.decision,
        steps=[AppealStepOut.model_validate(step) for step in steps],
        moves=APPEAL_MOVES.open_to(  # type: ignore[arg-type]  # the table names no other
            selectors.standing_of(one, settled=False), actor
        ),
    )


@router.post(
    "/evaluations/{evaluation_id}/appeals", response={201: AppealOut}, operation_id="file_appeal"
)
def post_appeal(request: HttpRequest, evaluation_id: UUID, body: AppealBody) -> Status[AppealOut]:
    """Ask that a case, or a whole figure, be not counted for the reader's own organisation."""
    actor = actor_of(request)
    appeal = file_appeal(evaluation_id, Appealed(**body.model_dump()), actor=actor, at=clock.now())
    return Status(201, _appeals([appeal], actor)[0])


@router.get("/evaluation-appeals", response=AppealPage, operation_id="list_appeals")
def get_appeals(
    request: HttpRequest,
    asked: PageAsked,
    evaluation_id: UUID | None = None,
    state: AppealState | None = None,
) -> AppealPage:
    """List appeals, newest first: of the reader's own organisation, or all for who compares."""
    actor = actor_of(request)
    require(actor, "evaluation.read")
    found, after = selectors.appeals(asked, evaluation_id=evaluation_id, state=state, actor=actor)
    return AppealPage(items=_appeals(found, actor), next=after)


@router.post(
    "/evaluation-appeals/{appeal_id}/moves/{move}", response=AppealOut, operation_id="move_appeal"
)
def post_appeal_move(
    request: HttpRequest, appeal_id: UUID, move: AppealMove, body: AppealMoveBody
) -> AppealOut:
    """Grant, decline or withdraw an appeal; nobody decides on their own organisation's."""
    actor = actor_of(request)
    facts = {} if body.reason is None else {"reason": body.reason}
    appeal = move_appeal(appeal_id, move, facts, actor=actor, at=clock.now())
    return _appeals([appeal], actor)[0]
