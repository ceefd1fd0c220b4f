"""Clocks of parts: by when each department reports in and is done; who was late is told once."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from anlan.casework.models import ENDED_PARTS, JointPart, JointTask
from anlan.casework.selectors.joint_tasks import part_history
from anlan.casework.service_clock.parts import due, part_clocks
from anlan.casework.services.clocks import CLOCK, LOOK_AGAIN, OVER
from anlan.casework.services.joint_tasks.rows import tell_task, write_joint_step
from anlan.kernel.deadlines import Due, Handler, clear_deadlines, set_deadline

PART_DUE = "casework.joint_part"
CAME_LATE, LATE = "came_late", "late"


def follow_part(part: JointPart, task: JointTask, at: datetime) -> None:
    """Write by when a part is due, tell who is late by now, and set when to look again.

    Runs before and after every step, with the task locked: a late worker, and a move that comes
    before the worker, lead to the same history.
    """
    coming: list[datetime] = []
    if part.state in ENDED_PARTS:
        part.holder_due_at = None
    else:
        coming = _follow_open(part, task, at)
    part.save(update_fields=["holder_due_at", "due_at", "came_late", "late"])
    if coming:
        set_deadline(PART_DUE, area=part.area, subject_id=part.id, due_at=min(coming))
    else:
        clear_deadlines(part.id, [PART_DUE])


def _follow_open(part: JointPart, task: JointTask, at: datetime) -> list[datetime]:
    steps = part_history(part.id)
    at = max(at, steps[-1].at)  # two servers may disagree by a moment about the time
    clocks = part_clocks(steps, task.item_code, task.opened_at, task.area)
    part.due_at = due(clocks.whole, at)
    if part.state == "REFUSED":
        part.holder_due_at = due(clocks.arbiter, at) if clocks.arbiter else None
        return []
    report_in_at = due(clocks.report_in, at) if part.state == "CALLED" else None
    part.holder_due_at = report_in_at if part.state == "CALLED" else part.due_at
    waits = {LATE: part.due_at} | ({CAME_LATE: report_in_at} if part.state == "CALLED" else {})
    return list(_tell_due(part, waits, at))


def _tell_due(
    part: JointPart, waits: dict[str, datetime | None], at: datetime
) -> Iterator[datetime]:
    """Tell which term is over; yield when the others will be, or the days be looked for again."""
    for name, due_at in waits.items():
        if getattr(part, name):
            continue
        if due_at is None:
            yield at + LOOK_AGAIN
        elif at > due_at:
            setattr(part, name, True)
            facts = {"called_id": str(part.organisation_id), "due_at": due_at.isoformat()}
            write_joint_step(part, move=name, source=part.state, facts=facts, actor=CLOCK, at=at)
        else:
            yield due_at + OVER


def _lock(part_id: UUID) -> list[JointTask]:
    return list(JointTask.objects.select_for_update().filter(parts=part_id))


def _is_due(found: Due, at: datetime) -> None:
    for part in JointPart.objects.filter(pk=found.subject_id).select_related("task"):
        follow_part(part, part.task, at)
        tell_task(part.task, at)


PART_HANDLER = Handler(_lock, _is_due)
