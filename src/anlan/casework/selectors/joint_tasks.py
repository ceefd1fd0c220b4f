"""Reads of joint tasks, their parts, histories and photos."""

from uuid import UUID

from django.db.models import Prefetch, Q

from anlan.casework.errors import UnknownPhotoError, UnknownTaskError
from anlan.casework.models import (
    ENDED_PARTS,
    JointPart,
    JointPhoto,
    JointStep,
    JointTask,
)
from anlan.casework.selectors.cases import as_told
from anlan.casework.service_clock.marks import Told
from anlan.casework.transitions import PartStanding, PartState, TaskStanding, TaskState
from anlan.kernel.paging import PageQuery, page_of

PARTS = Prefetch("parts", queryset=JointPart.objects.order_by("pk"))


def joint_tasks(
    asked: PageQuery,
    *,
    state: str | None = None,
    case_id: UUID | None = None,
    caller_id: UUID | None = None,
    called_id: UUID | None = None,
    refused: bool = False,
    late: bool = False,
) -> tuple[list[JointTask], str | None]:
    """Return one page of the joint tasks in scope, newest first, and the cursor of the next page.

    `caller_id` called up; `called_id` has an open part; `refused`: a part waits for the arbiter;
    `late`: somebody came late or is late.
    """
    rows = JointTask.objects.prefetch_related(PARTS)
    if state is not None:
        rows = rows.filter(state=state)
    if case_id is not None:
        rows = rows.filter(case_id=case_id)
    if caller_id is not None:
        rows = rows.filter(organisation_id=caller_id)
    if called_id is not None:
        mine = JointPart.objects.filter(organisation_id=called_id).exclude(state__in=ENDED_PARTS)
        rows = rows.filter(pk__in=mine.values("task_id"))
    if refused:
        rows = rows.filter(pk__in=JointPart.objects.filter(state="REFUSED").values("task_id"))
    if late:
        tardy = JointPart.objects.filter(Q(came_late=True) | Q(late=True))
        rows = rows.filter(pk__in=tardy.values("task_id"))
    return page_of(rows, asked)


def joint_task(task_id: UUID) -> JointTask:
    """Return one joint task in scope with its parts, or raise `UnknownTaskError`."""
    found = JointTask.objects.prefetch_related(PARTS).filter(pk=task_id).first()
    if found is None:
        raise UnknownTaskError
    return found


def joint_steps(task: JointTask) -> list[JointStep]:
    """Return the moves of a joint task and of its parts, the first one first."""
    subjects = [task.id, *(part.id for part in task.parts.all())]
    return list(JointStep.objects.filter(subject_id__in=subjects).order_by("made_at", "pk"))


def part_history(part_id: UUID) -> list[Told]:
    """Return the moves of a part as its clocks read them."""
    return as_told(JointStep.objects.filter(subject_id=part_id).order_by("pk"))


def joint_photos(task: JointTask) -> list[JointPhoto]:
    """Return the photos of every part of a task in their order, without their bytes."""
    rows = JointPhoto.objects.filter(part__task=task)
    return list(rows.order_by("part_id", "ordinal").defer("jpeg"))


def joint_photo(photo_id: UUID) -> JointPhoto:
    """Return one photo in scope, or raise `UnknownPhotoError`."""
    found = JointPhoto.objects.filter(pk=photo_id).first()
    if found is None:
        raise UnknownPhotoError
    return found


def task_standing(task: JointTask) -> TaskStanding:
    """Return what the table of joint tasks has to know of `task`."""
    parts = tuple(PartState(part.state) for part in task.parts.all())
    return TaskStanding(TaskState(task.state), task.organisation_id, parts)


def part_standing(part: JointPart, task: JointTask) -> PartStanding:
    """Return what the table of parts has to know of `part`."""
    return PartStanding(
        state=PartState(part.state),
        organisation_id=part.organisation_id,
        caller_id=task.organisation_id,
        opened_by=task.opened_by,
        decided=part.decided,
        task_open=task.state == "OPEN",
    )
