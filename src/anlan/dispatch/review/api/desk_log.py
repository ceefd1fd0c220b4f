"""HTTP of the desk's log: notes of the shift, promises, and that they were settled."""

from typing import Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Status
from pydantic import AwareDatetime, ConfigDict

from anlan.dispatch.review import selectors
from anlan.dispatch.review.models import TEXT_MAX_CHARACTERS, DeskNote, Handover
from anlan.dispatch.review.services.desk_log import add_note, settle
from anlan.kernel import clock
from anlan.kernel.access import Actor, require
from anlan.kernel.http import actor_of
from anlan.kernel.schemas import Schema
from anlan.kernel.zones import Moment

router = Router()


class DeskNoteOut(Schema):
    """One entry of the log; a promise that was settled says by which entry."""

    id: UUID
    kind: Literal["NOTE", "PROMISE", "DONE"]
    text: str
    incident_id: UUID | None
    incident_number: str
    due_at: AwareDatetime | None
    settles: UUID | None
    settled: bool
    made_by_name: str
    made_at: AwareDatetime


class TakeoverOut(Schema):
    """Who took over, when, and what they had to say."""

    taken_by_name: str
    taken_at: AwareDatetime
    remark: str


class HandoverRow(Schema):
    """A hand-over as lists show it."""

    id: UUID
    made_by_name: str
    made_at: AwareDatetime
    text: str
    mine: bool
    takeover: TakeoverOut | None


class DeskNoteBody(Schema):
    """Words for the log, about an incident or none; with `due_at` they are a promise."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(max_length=TEXT_MAX_CHARACTERS)
    incident_id: UUID | None = None
    due_at: Moment | None = None


class SettleBody(Schema):
    """How a promise was kept, or why it lapsed."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(max_length=TEXT_MAX_CHARACTERS)


def desk_note_out(note: DeskNote) -> DeskNoteOut:
    """Return an entry of the log as screens show it."""
    named = ("id", "kind", "text", "incident_id", "due_at", "made_by_name", "made_at")
    return DeskNoteOut.model_validate(
        {name: getattr(note, name) for name in named}
        | {
            "incident_number": note.incident.number if note.incident else "",
            "settles": note.settles_id,
            "settled": hasattr(note, "settled_by"),
        }
    )


def handover_row(handed: Handover, actor: Actor) -> HandoverRow:
    """Return a hand-over as lists show it to `actor`."""
    taken = getattr(handed, "takeover", None)
    return HandoverRow(
        id=handed.id,
        made_by_name=handed.made_by_name,
        made_at=handed.made_at,
        text=handed.text,
        mine=handed.made_by == actor.id,
        takeover=TakeoverOut.model_validate(taken, from_attributes=True) if taken else None,
    )


@router.get("/desk-log", response=list[DeskNoteOut], operation_id="get_desk_log")
def get_desk_log(request: HttpRequest, since: Moment | None = None) -> list[DeskNoteOut]:
    """List the latest entries of the log of the own desk, newest first."""
    actor = actor_of(request)
    require(actor, "handover.read")
    return [desk_note_out(note) for note in selectors.log_of(actor.area_low, since)]


@router.post("/desk-log", response={201: DeskNoteOut}, operation_id="add_desk_note")
def post_desk_note(request: HttpRequest, body: DeskNoteBody) -> Status[DeskNoteOut]:
    """Add a note or a promise to the log of the own desk."""
    made = add_note(
        body.text,
        incident_id=body.incident_id,
        due_at=body.due_at,
        actor=actor_of(request),
        at=clock.now(),
    )
    return Status(201, desk_note_out(made))


@router.post(
    "/desk-log/{note_id}/settlement", response={201: DeskNoteOut}, operation_id="settle_promise"
)
def post_settlement(request: HttpRequest, note_id: UUID, body: SettleBody) -> Status[DeskNoteOut]:
    """Say that a promise was kept, or why it lapsed: once."""
    made = settle(note_id, body.text, actor=actor_of(request), at=clock.now())
    return Status(201, desk_note_out(made))
