"""HTTP of joint tasks: a street calls departments up, each reports in, the arbiter decides."""

from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, File, Router, Status, UploadedFile
from pydantic import AwareDatetime, ConfigDict, FiniteFloat

from anlan.casework import selectors
from anlan.casework.models import (
    DUTY_LIMIT_CHARACTERS,
    NOTE_LIMIT_CHARACTERS,
    PARTS_PER_TASK_LIMIT,
    PARTS_PER_TASK_MIN,
    PLACE_TEXT_LIMIT_CHARACTERS,
    TEXT_LIMIT_CHARACTERS,
    JointPart,
    JointTask,
)
from anlan.casework.selectors import joint_tasks as reads
from anlan.casework.services import joint_tasks as writes
from anlan.casework.shapes import JointPartRow, JointTaskHead, JointTaskRow
from anlan.casework.transitions import (
    FACT_LIMIT_CHARACTERS,
    PART_MOVES,
    TASK_MOVES,
    Ground,
    TaskState,
)
from anlan.kernel import clock
from anlan.kernel.access import Actor, require
from anlan.kernel.errors import InvalidError, TooLargeError
from anlan.kernel.http import actor_of
from anlan.kernel.paging import PageAsked
from anlan.kernel.photos import UPLOAD_LIMIT_BYTES
from anlan.kernel.purposes import require_sight
from anlan.kernel.schemas import Schema
from anlan.orgs.protected import EVIDENCE
from anlan.places.selectors import cell_of_point

router = Router()
Only = Literal["mine", "called", "refused", "late"]


class _Strict(Schema):
    model_config = ConfigDict(extra="forbid")


class CalledBody(_Strict):
    """A department that is called up, and what it is to do."""

    organisation_id: UUID
    duty: str = Field(min_length=1, max_length=DUTY_LIMIT_CHARACTERS)


class CallUpBody(_Strict):
    """A joint task: on a case, whose item and place it takes; or with item and place of its own."""

    case_id: UUID | None = None
    item_code: str | None = Field(None, max_length=8)
    lon: FiniteFloat | None = Field(None, ge=-180, le=180)
    lat: FiniteFloat | None = Field(None, ge=-90, le=90)
    place_text: str = Field("", max_length=PLACE_TEXT_LIMIT_CHARACTERS)
    text: str = Field(min_length=1, max_length=TEXT_LIMIT_CHARACTERS)
    parts: list[CalledBody] = Field(min_length=PARTS_PER_TASK_MIN, max_length=PARTS_PER_TASK_LIMIT)


class TaskMoveBody(_Strict):
    """What came of a joint task."""

    outcome: str | None = Field(None, max_length=FACT_LIMIT_CHARACTERS)


class PartMoveBody(_Strict):
    """The facts of a part's move; each move takes its own and no other."""

    note: str = Field("", max_length=NOTE_LIMIT_CHARACTERS)
    ground: Ground | None = None
    proposed_id: UUID | None = None
    organisation_id: UUID | None = None
    reason: str | None = Field(None, max_length=FACT_LIMIT_CHARACTERS)
    outcome: str | None = Field(None, max_length=FACT_LIMIT_CHARACTERS)


class JointStepOut(Schema):
    """One move of a joint task or of a part; `called_id` in its facts is the department."""

    move: str
    source: str
    target: str
    made_by_name: str
    made_at: AwareDatetime
    facts: dict[str, str]


class JointPhotoOut(Schema):
    """A photo of a part; its picture stands at `/joint-photos/{id}`."""

    id: UUID
    added_at: AwareDatetime


class JointPartOut(JointPartRow):
    """A part, what was said of it, its photos, and what the reader may do with it now."""

    note: str
    outcome: str
    photos: list[JointPhotoOut]
    moves: list[str]
    may_add_photo: bool


class JointTaskItem(JointTaskRow):
    """A joint task in a list, and by part what the reader may do with it now."""

    part_moves: dict[UUID, list[str]]


class JointTaskPage(Schema):
    """A page of joint tasks."""

    items: list[JointTaskItem]
    next: str | None


class JointTaskOut(JointTaskHead):
    """A joint task with all that happened to it, and what the reader may do now."""

    text: str
    case_number: str | None
    parts: list[JointPartOut]
    timeline: list[JointStepOut]
    moves: list[str]


def _head(task: JointTask) -> dict[str, Any]:
    return JointTaskHead.model_validate(task).model_dump()


def _moves(part: JointPart, task: JointTask, actor: Actor) -> list[str]:
    return PART_MOVES.open_to(reads.part_standing(part, task), actor)


def _item(task: JointTask, actor: Actor) -> JointTaskItem:
    parts = list(task.parts.all())
    return JointTaskItem(
        **_head(task),
        parts=[JointPartRow.model_validate(part) for part in parts],
        part_moves={part.id: _moves(part, task, actor) for part in parts},
    )


def _part(
    part: JointPart, task: JointTask, photos: list[JointPhotoOut], actor: Actor
) -> JointPartOut:
    return JointPartOut(
        **JointPartRow.model_validate(part).model_dump(),
        note=part.note,
        outcome=part.outcome,
        photos=photos,
        moves=_moves(part, task, actor),
        may_add_photo=part.ended_at is None and writes.TAKING.open_to(actor, part.organisation_id),
    )


def task_out(task_id: UUID, actor: Actor) -> JointTaskOut:
    """Return one joint task as its page shows it to `actor`."""
    task = reads.joint_task(task_id)
    photos: dict[UUID, list[JointPhotoOut]] = {}
    for photo in reads.joint_photos(task):
        photos.setdefault(photo.part_id, []).append(JointPhotoOut.model_validate(photo))
    return JointTaskOut(
        **_head(task),
        text=task.text,
        case_number=task.case.number if task.case else None,
        parts=[_part(part, task, photos.get(part.id, []), actor) for part in task.parts.all()],
        timeline=[JointStepOut.model_validate(step) for step in reads.joint_steps(task)],
        moves=TASK_MOVES.open_to(reads.task_standing(task), actor),
    )


@router.get("/joint-tasks", response=JointTaskPage, operation_id="list_joint_tasks")
def get_joint_tasks(
    request: HttpRequest,
    asked: PageAsked,
    state: TaskState | None = None,
    case_id: UUID | None = None,
    only: Only | None = None,
) -> JointTaskPage:
    """List joint tasks, newest first.

    Only those that the reader's organisation opened (`mine`) or has an open part of (`called`),
    those with a part for the arbiter (`refused`), or with a department that was late (`late`).
    """
    actor = actor_of(request)
    require(actor, "case.read")
    found, after = reads.joint_tasks(
        asked,
        state=state,
        case_id=case_id,
        caller_id=actor.organisation_id if only == "mine" else None,
        called_id=actor.organisation_id if only == "called" else None,
        refused=only == "refused",
        late=only == "late",
    )
    return JointTaskPage(items=[_item(task, actor) for task in found], next=after)


@router.post("/joint-tasks", response={201: JointTaskOut}, operation_id="call_up")
def post_joint_task(request: HttpRequest, body: CallUpBody) -> Status[JointTaskOut]:
    """Call departments up: each has to report in within its clock, which runs at once."""
    actor = actor_of(request)
    require(actor, "task.call_up")
    called = [writes.Called(one.organisation_id, one.duty) for one in body.parts]
    wanted = _wanted(body, called)
    task = writes.call_up(wanted, actor=actor, at=clock.now(), case_id=body.case_id)
    return Status(201, task_out(task.id, actor))


def _wanted(body: CallUpBody, called: list[writes.Called]) -> writes.CallUp:
    if body.case_id is not None:
        return writes.CallUp.to_case(selectors.case(body.case_id), body.text, called)
    for name in ("item_code", "lon", "lat"):
        if getattr(body, name) is None:
            raise InvalidError(field=name, rule="required")
    lon, lat = body.lon or 0.0, body.lat or 0.0
    return writes.CallUp(
        text=body.text,
        parts=called,
        item_code=body.item_code or "",
        lon=lon,
        lat=lat,
        area=cell_of_point(lon, lat).area,
        place_text=body.place_text,
    )


@router.get("/joint-tasks/{task_id}", response=JointTaskOut, operation_id="get_joint_task")
def get_joint_task(request: HttpRequest, task_id: UUID) -> JointTaskOut:
    """Show a joint task: who was called, who came when, what each did."""
    actor = actor_of(request)
    require(actor, "case.read")
    return task_out(task_id, actor)


@router.post(
    "/joint-tasks/{task_id}/moves/{move}", response=JointTaskOut, operation_id="move_joint_task"
)
def post_task_move(
    request: HttpRequest, task_id: UUID, move: Literal["close"], body: TaskMoveBody
) -> JointTaskOut:
    """Close a joint task, once every part is done or waived. Only who called up does."""
    actor = actor_of(request)
    require(actor, "case.read")
    facts = body.model_dump(exclude_none=True)
    task = writes.close_task(task_id, facts, actor=actor, at=clock.now())
    return task_out(task.id, actor)


@router.post(
    "/joint-parts/{part_id}/moves/{move}", response=JointTaskOut, operation_id="move_joint_part"
)
def post_part_move(
    request: HttpRequest,
    part_id: UUID,
    move: Literal["report_in", "refuse", "arbitrate", "finish", "rework", "waive"],
    body: PartMoveBody,
) -> JointTaskOut:
    """Report in, refuse, decide, tell that it is done, ask for rework, waive."""
    actor = actor_of(request)
    require(actor, "case.read")
    facts = body.model_dump(mode="json", exclude_none=True, exclude={"note"})
    if body.note and move != "report_in":
        raise InvalidError(field="note", rule="extra_forbidden")
    task = writes.move_part(part_id, move, facts, note=body.note, actor=actor, at=clock.now())
    return task_out(task.id, actor)


@router.post(
    "/joint-parts/{part_id}/photos", response={201: JointPhotoOut}, operation_id="add_joint_photo"
)
def post_part_photo(
    request: HttpRequest, part_id: UUID, photo: File[UploadedFile]
) -> Status[JointPhotoOut]:
    """Add a photo of at most 5 MB: JPEG, PNG or WebP. Only its pixels are kept."""
    if (photo.size or 0) > UPLOAD_LIMIT_BYTES:
        raise TooLargeError(code="photo.too_large", field="photo", rule="at_most_5_mb")
    actor = actor_of(request)
    added = writes.add_part_photo(part_id, photo.read(), actor=actor, at=clock.now())
    return Status(201, JointPhotoOut.model_validate(added))


@router.get(
    "/joint-photos/{photo_id}",
    operation_id="get_joint_photo",
    openapi_extra={"responses": {200: {"content": {"image/jpeg": {}}}}},
)
def get_joint_photo(request: HttpRequest, photo_id: UUID) -> HttpResponse:
    """Return a photo of a part as JPEG."""
    require(actor_of(request), "case.read")
    require_sight(actor_of(request), EVIDENCE)
    return HttpResponse(bytes(reads.joint_photo(photo_id).jpeg), content_type="image/jpeg")
