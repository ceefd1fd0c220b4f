"""HTTP of calls. Nothing here lists or finds calls by who rang."""

from typing import Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Status
from pydantic import AwareDatetime, ConfigDict

from anlan.intake import selectors
from anlan.intake.api.reports import ContactIn, ContactOut, LookBody
from anlan.intake.models import Call
from anlan.intake.services import calls, contacts
from anlan.intake.transitions import CALL_MOVES, OWED, TRY_BACK
from anlan.kernel import clock
from anlan.kernel.access import require
from anlan.kernel.http import actor_of
from anlan.kernel.schemas import Schema
from anlan.kernel.zones import Moment

router = Router()


class RingBody(Schema):
    """A call that rings; `answered` where whoever sends this has answered it."""

    model_config = ConfigDict(extra="forbid")

    rang_at: Moment | None = None
    answered: bool = False
    contact: ContactIn | None = None


class CallMoveBody(Schema):
    """Facts of a call's move; giving up needs a reason."""

    model_config = ConfigDict(extra="forbid")

    reason: str = Field("", max_length=calls.REASON_LIMIT_CHARACTERS)


class CallOut(Schema):
    """A call: how far it has come, and until when somebody has to call back."""

    id: UUID
    area: int
    state: Literal["RINGING", "ANSWERED", "SILENT", "ABANDONED", "ENDED"]
    rang_at: AwareDatetime
    answered_at: AwareDatetime | None
    answered_by: str
    ended_at: AwareDatetime | None
    call_back_due_at: AwareDatetime | None
    call_back_tries: int
    contact_kept: bool
    moves: list[str]


def _call_out(call: Call) -> CallOut:
    tries = [TRY_BACK] if call.state in OWED else []
    # Help is sent from a call by taking its report: that address is in flows.
    moves = [move for move in CALL_MOVES.offered(call.state) if move != "send"]
    return CallOut.model_validate(
        {
            **selectors.call_shape(call),
            "contact_kept": selectors.contact_kept_of_call(call.id, clock.now()),
            "moves": tries + moves,
        }
    )


@router.get("/calls", response=list[CallOut], operation_id="list_open_calls")
def get_calls(request: HttpRequest) -> list[CallOut]:
    """List the calls that somebody still has to do something about, owed ones first."""
    require(actor_of(request), "report.take")
    return [_call_out(call) for call in selectors.open_calls()]


@router.post("/calls", response={201: CallOut}, operation_id="ring")
def post_call(request: HttpRequest, body: RingBody) -> Status[CallOut]:
    """Take in a call: from the telephone exchange while it rings, or from who answers it."""
    contact = body.contact
    call = calls.ring(
        rang_at=body.rang_at,
        answered=body.answered,
        contact=contacts.ContactGiven(contact.name, contact.telephone) if contact else None,
        actor=actor_of(request),
        at=clock.now(),
    )
    return Status(201, _call_out(call))


@router.get("/calls/{call_id}", response=CallOut, operation_id="get_call")
def get_call(request: HttpRequest, call_id: UUID) -> CallOut:
    """Show one call."""
    require(actor_of(request), "report.take")
    return _call_out(selectors.call(call_id))


@router.post("/calls/{call_id}/moves/{move}", response=CallOut, operation_id="move_call")
def post_call_move(
    request: HttpRequest,
    call_id: UUID,
    move: Literal["answer", "silent", "abandon", "no_answer", "reach", "give_up", "end"],
    body: CallMoveBody,
) -> CallOut:
    """Answer a call, end it, say that it is silent or given up; call back, or give that up."""
    facts = body.model_dump()
    return _call_out(calls.make_move(call_id, move, facts, actor=actor_of(request), at=clock.now()))


@router.post(
    "/calls/{call_id}/contact-views", response=ContactOut, operation_id="look_at_contact_of_call"
)
def post_contact_view(
    request: HttpRequest, response: HttpResponse, call_id: UUID, body: LookBody
) -> ContactOut:
    """Show how to call back; the look and its purpose stay on the record."""
    contact = contacts.look_at_contact_of_call(
        call_id=call_id, purpose=body.purpose, actor=actor_of(request), at=clock.now()
    )
    response["Cache-Control"] = "no-store"
    return ContactOut.model_validate(contact, from_attributes=True)
