"""HTTP of after-action notes."""

from datetime import date
from typing import Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Status
from pydantic import AwareDatetime, ConfigDict

from anlan.dispatch.review import selectors
from anlan.dispatch.review.models import TEXT_MAX_CHARACTERS, VERSIONS_LIMIT, ReviewNote
from anlan.dispatch.review.services.notes import NoteGiven, add_note, correct_note
from anlan.dispatch.selectors import incident
from anlan.kernel import clock
from anlan.kernel.access import require
from anlan.kernel.http import actor_of
from anlan.kernel.schemas import Schema
from anlan.orgs.models import Account
from anlan.orgs.selectors import known_staff

router = Router()
Kind = Literal["WENT_WELL", "TO_CHANGE", "FOLLOW_UP"]
State = Literal["STANDS", "DONE", "WITHDRAWN"]


class StaffOut(Schema):
    """Somebody of the staff who can own a follow-up."""

    id: UUID
    name_zh: str
    name_en: str


class ReviewVersionOut(Schema):
    """One version of a note."""

    version: int
    kind: Kind
    state: State
    text: str
    step_id: UUID | None
    owner: StaffOut | None
    due_date: date | None
    made_by_name: str
    made_at: AwareDatetime


class ReviewNoteOut(ReviewVersionOut):
    """A note as it stands, and what it said before, the latest first."""

    id: UUID
    earlier: list[ReviewVersionOut]


class ReviewNoteBody(Schema):
    """A note: what went well, what to change, or a follow-up with its owner and date."""

    model_config = ConfigDict(extra="forbid")

    kind: Kind
    text: str = Field(max_length=TEXT_MAX_CHARACTERS)
    step_id: UUID | None = None
    owner_id: UUID | None = None
    due_date: date | None = None


class ReviewCorrectionBody(ReviewNoteBody):
    """A further version of a note; `version` is the one that was read."""

    version: int = Field(ge=1, le=VERSIONS_LIMIT)
    state: State = "STANDS"


def _given(body: ReviewNoteBody, state: State = "STANDS") -> NoteGiven:
    return NoteGiven(
        kind=body.kind,
        text=body.text,
        step_id=body.step_id,
        owner_id=body.owner_id,
        due_date=body.due_date,
        state=state,
    )


def _staff_out(account: Account) -> StaffOut:
    return StaffOut(id=account.id, name_zh=account.display_name_zh, name_en=account.display_name_en)


def _notes_out(incident_id: UUID) -> list[ReviewNoteOut]:
    staff = {one.id: _staff_out(one) for one in known_staff()}
    shown = []
    for note_id, versions in selectors.review_notes(incident_id).items():
        *earlier, latest = (_version_out(one, staff) for one in versions)
        fields = {name: getattr(latest, name) for name in ReviewVersionOut.model_fields}
        shown.append(ReviewNoteOut(id=note_id, earlier=earlier[::-1], **fields))
    return shown


def _version_out(note: ReviewNote, staff: dict[UUID, StaffOut]) -> ReviewVersionOut:
    named = ("version", "kind", "state", "text", "step_id", "due_date", "made_by_name", "made_at")
    owner = staff.get(note.owner_id) if note.owner_id else None
    return ReviewVersionOut.model_validate(
        {name: getattr(note, name) for name in named} | {"owner": owner}
    )


@router.get("/staff", response=list[StaffOut], operation_id="list_staff")
def get_staff(request: HttpRequest) -> list[StaffOut]:
    """List the staff in scope who can own a follow-up."""
    require(actor_of(request), "review.write")
    return [_staff_out(one) for one in known_staff()]


@router.get(
    "/incidents/{incident_id}/review-notes",
    response=list[ReviewNoteOut],
    operation_id="list_review_notes",
)
def get_review_notes(request: HttpRequest, incident_id: UUID) -> list[ReviewNoteOut]:
    """List the after-action notes of an incident, each with its earlier versions."""
    require(actor_of(request), "review.read")
    return _notes_out(incident(incident_id).id)


@router.post(
    "/incidents/{incident_id}/review-notes",
    response={201: list[ReviewNoteOut]},
    operation_id="add_review_note",
)
def post_review_note(
    request: HttpRequest, incident_id: UUID, body: ReviewNoteBody
) -> Status[list[ReviewNoteOut]]:
    """Add an after-action note to an incident; all of its notes are the answer."""
    add_note(incident_id, _given(body), actor=actor_of(request), at=clock.now())
    return Status(201, _notes_out(incident_id))


@router.post(
    "/review-notes/{note_id}/versions",
    response={201: list[ReviewNoteOut]},
    operation_id="correct_review_note",
)
def post_review_version(
    request: HttpRequest, note_id: UUID, body: ReviewCorrectionBody
) -> Status[list[ReviewNoteOut]]:
    """Add a version to a note: a correction, that it is done, or that it is withdrawn."""
    made = correct_note(
        note_id,
        _given(body, body.state),
        seen_version=body.version,
        actor=actor_of(request),
        at=clock.now(),
    )
    return Status(201, _notes_out(made.incident_id))
