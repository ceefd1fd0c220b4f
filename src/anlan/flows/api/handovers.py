"""HTTP of hand-overs at shift change: the picture as it stands, what was handed over, by whom."""

from typing import Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Status
from pydantic import AwareDatetime, ConfigDict

from anlan.dispatch.review import selectors as review
from anlan.dispatch.review.api.desk_log import (
    DeskNoteOut,
    HandoverRow,
    desk_note_out,
    handover_row,
)
from anlan.dispatch.review.services import handovers
from anlan.flows.selectors.desk_picture import desk_picture
from anlan.kernel import clock
from anlan.kernel.access import Actor, require
from anlan.kernel.http import actor_of
from anlan.kernel.schemas import Schema
from anlan.orgs.protected import ReportersWords

router = Router()
TEXT_MAX_CHARACTERS = 2_000


class OpenRow(Schema):
    """An open incident, as a hand-over names it."""

    id: UUID
    number: str
    kind: str
    priority: int
    place_text: ReportersWords
    phase: str
    received_at: AwareDatetime
    units: list[str]


class DueRow(Schema):
    """Something with a time: a clock, a call back, an answer, a shift, a promise, promised help."""

    what: Literal["CLOCK", "CALL_BACK", "ANSWER", "SHIFT", "PROMISE", "HELP"]
    due_at: AwareDatetime
    name: str
    text: str
    incident_id: UUID | None
    incident_number: str


class OutRow(Schema):
    """A unit out of service, since when, and why."""

    call_sign: str
    kind: str
    reason: str
    since_at: AwareDatetime | None


class OpenPart(Schema):
    """Open incidents, the most urgent first; `count` is of all of them."""

    count: int
    rows: list[OpenRow]


class DuePart(Schema):
    """What is due or promised, the soonest first; `count` is of all of it."""

    count: int
    rows: list[DueRow]


class OutPart(Schema):
    """Units out of service; `count` is of all of them."""

    count: int
    rows: list[OutRow]


class PictureOut(Schema):
    """The desk as it stood."""

    open: OpenPart
    due: DuePart
    promised: DuePart
    out_of_service: OutPart


class HandoverOut(HandoverRow):
    """A hand-over with its picture and the entries of the log since the one before."""

    picture: PictureOut
    log: list[DeskNoteOut]


class DraftOut(Schema):
    """What would be handed over now."""

    at: AwareDatetime
    picture: PictureOut
    log: list[DeskNoteOut]
    last: HandoverRow | None


class HandoverBody(Schema):
    """The leaving shift's words for the coming one."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field("", max_length=TEXT_MAX_CHARACTERS)


class TakeoverBody(Schema):
    """What the person who takes over has to say."""

    model_config = ConfigDict(extra="forbid")

    remark: str = Field("", max_length=TEXT_MAX_CHARACTERS)


def _whole(handover_id: UUID, actor: Actor) -> HandoverOut:
    handed = review.handover(actor.area_low, handover_id)
    return HandoverOut(
        **dict(handover_row(handed, actor)),
        picture=PictureOut.model_validate(handed.picture),
        log=[desk_note_out(note) for note in review.log_before(handed)],
    )


@router.get("/handover", response=DraftOut, operation_id="get_handover_draft")
def get_draft(request: HttpRequest) -> DraftOut:
    """Show what would be handed over now: the picture of the own desk, and its log since."""
    actor, at = actor_of(request), clock.now()
    require(actor, "handover.read")
    last = review.last_handover(actor.area_low)
    log = review.log_of(actor.area_low, last.made_at if last else None)
    return DraftOut(
        at=at,
        picture=PictureOut.model_validate(desk_picture(actor.area_low, at)),
        log=[desk_note_out(note) for note in log],
        last=handover_row(last, actor) if last else None,
    )


@router.get("/handovers", response=list[HandoverRow], operation_id="list_handovers")
def get_handovers(request: HttpRequest) -> list[HandoverRow]:
    """List the latest hand-overs of the own desk, newest first."""
    actor = actor_of(request)
    require(actor, "handover.read")
    return [handover_row(one, actor) for one in review.handovers_of(actor.area_low)]


@router.post("/handovers", response={201: HandoverOut}, operation_id="hand_over")
def post_handover(request: HttpRequest, body: HandoverBody) -> Status[HandoverOut]:
    """Hand the desk over: the picture as it stands is kept with the words."""
    actor, at = actor_of(request), clock.now()
    require(actor, "handover.write")
    picture = desk_picture(actor.area_low, at)
    made = handovers.hand_over(picture, body.text, actor=actor, at=at)
    return Status(201, _whole(made.id, actor))


@router.get("/handovers/{handover_id}", response=HandoverOut, operation_id="get_handover")
def get_handover(request: HttpRequest, handover_id: UUID) -> HandoverOut:
    """Show one hand-over as it was made."""
    actor = actor_of(request)
    require(actor, "handover.read")
    return _whole(handover_id, actor)


@router.post(
    "/handovers/{handover_id}/takeover", response={201: HandoverOut}, operation_id="take_over"
)
def post_takeover(
    request: HttpRequest, handover_id: UUID, body: TakeoverBody
) -> Status[HandoverOut]:
    """Acknowledge a hand-over and take the desk: another person than who handed it over, once."""
    actor = actor_of(request)
    handovers.take_over(handover_id, body.remark, actor=actor, at=clock.now())
    return Status(201, _whole(handover_id, actor))
