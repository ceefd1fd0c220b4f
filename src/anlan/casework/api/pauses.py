"""HTTP of pauses: asked by who handles a case, decided by others."""

from typing import Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Status
from pydantic import AwareDatetime, ConfigDict

from anlan.casework.models import PROOF_LIMIT_CHARACTERS, CasePause
from anlan.casework.services import pauses
from anlan.casework.transitions import PAUSE_MOVES
from anlan.kernel import clock
from anlan.kernel.access import Actor, require
from anlan.kernel.http import actor_of
from anlan.kernel.schemas import Schema
from anlan.kernel.zones import Moment

router = Router()


class PauseBody(Schema):
    """Why the clock is to stand still, what proves it, and until when at most."""

    model_config = ConfigDict(extra="forbid")

    reason: str = Field(min_length=1, max_length=24)
    proof: str = Field(min_length=1, max_length=PROOF_LIMIT_CHARACTERS)
    until: Moment


class PauseDecision(Schema):
    """Why a pause is refused."""

    model_config = ConfigDict(extra="forbid")

    reason: str | None = Field(None, max_length=PROOF_LIMIT_CHARACTERS)


class PauseOut(Schema):
    """A pause, asked or decided, and what the reader may do with it."""

    id: UUID
    state: Literal["ASKED", "GRANTED", "REFUSED", "LAPSED", "ENDED"]
    reason: str
    proof: str
    until: AwareDatetime
    asked_by_name: str
    asked_at: AwareDatetime
    decided_by_name: str
    decided_at: AwareDatetime | None
    decision: str
    ended_at: AwareDatetime | None
    moves: list[str]


def pause_out(pause: CasePause, actor: Actor) -> PauseOut:
    """Return a pause as a case's page shows it to `actor`."""
    names = [name for name in PauseOut.model_fields if name != "moves"]
    shown = {name: getattr(pause, name) for name in names}
    return PauseOut(**shown, moves=PAUSE_MOVES.open_to(pause, actor))


@router.post("/cases/{case_id}/pauses", response={201: PauseOut}, operation_id="ask_case_pause")
def post_pause(request: HttpRequest, case_id: UUID, body: PauseBody) -> Status[PauseOut]:
    """Ask that a case's clock stand still; it runs on until somebody else grants that."""
    actor = actor_of(request)
    require(actor, "case.read")
    pause = pauses.ask_pause(
        case_id,
        reason=body.reason,
        proof=body.proof,
        until=body.until,
        actor=actor,
        at=clock.now(),
    )
    return Status(201, pause_out(pause, actor))


@router.post(
    "/case-pauses/{pause_id}/moves/{move}", response=PauseOut, operation_id="move_case_pause"
)
def post_pause_move(
    request: HttpRequest,
    pause_id: UUID,
    move: Literal["grant", "refuse", "lapse", "end"],
    body: PauseDecision,
) -> PauseOut:
    """Grant, refuse, withdraw or end a pause."""
    actor = actor_of(request)
    require(actor, "case.read")
    facts = body.model_dump(exclude_none=True)
    pause = pauses.move_pause(pause_id, move, facts, actor=actor, at=clock.now())
    return pause_out(pause, actor)
