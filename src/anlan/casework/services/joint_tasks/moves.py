"""The two services that move joint tasks: one for a part, one for the whole."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from anlan.casework.errors import NotCallableError, ProposedItselfError
from anlan.casework.models import NOTE_LIMIT_CHARACTERS, JointPart, JointTask
from anlan.casework.move_facts import check_facts
from anlan.casework.selectors.joint_tasks import part_standing, task_standing
from anlan.casework.services.joint_tasks.clocks import follow_part
from anlan.casework.services.joint_tasks.rows import (
    callable_organisation,
    locked_part,
    locked_task,
    tell_case,
    tell_task,
    write_joint_step,
)
from anlan.casework.services.step_rows import locked_case
from anlan.casework.transitions import PART_MOVES, TASK_MOVES, part_after
from anlan.kernel.access import Actor
from anlan.kernel.moves import require_one
from anlan.kernel.texts import clean_text


def move_part(
    part_id: UUID, name: str, facts: Mapping[str, str], *, actor: Actor, at: datetime,
    note: str = "",
) -> JointTask:  # fmt: skip
    """Make the move called `name` of a part; return its task.

    `note` is what a department says on reporting in, if it says anything.
    """
    move = PART_MOVES.named(name)
    require_one(actor, move.rights)
    task, part = locked_part(part_id)
    standing = part_standing(part, task)
    refused = move.refusal(standing, actor)
    if refused is not None:
        raise refused
    told = check_facts(move, facts)
    if note:
        told["note"] = clean_text(note, field="note", limit_characters=NOTE_LIMIT_CHARACTERS)
    given = _check(task, part, name, told)
    follow_part(part, task, at)  # what was due before this is told before it
    source, before = part.state, part.organisation_id
    stands = part_after(standing, move, given)
    part.state, part.decided = stands.state.value, stands.decided
    _change(part, name, told, given, at)
    part.save()
    step = {"called_id": str(before)} | told
    write_joint_step(part, move=name, source=source, facts=step, actor=actor, at=at)
    follow_part(part, task, at)
    tell_task(task, at)
    return task


def _check(task: JointTask, part: JointPart, name: str, told: Mapping[str, str]) -> UUID | None:
    """Refuse what only other rows can tell; return to whom the arbiter gives the part."""
    if name == "refuse":
        proposed = callable_organisation(told["proposed_id"], task.area, field="proposed_id")
        if proposed.id == part.organisation_id:
            raise ProposedItselfError(field="proposed_id", rule="another_organisation")
    if name != "arbitrate":
        return None
    given = callable_organisation(told["organisation_id"], task.area, field="organisation_id").id
    others = task.parts.exclude(pk=part.id)
    if given == task.organisation_id or others.filter(organisation_id=given).exists():
        raise NotCallableError(field="organisation_id", rule="each_department_once")
    return given


def _change(
    part: JointPart, name: str, told: Mapping[str, str], given: UUID | None, at: datetime
) -> None:
    """Change what a move changes beside what the table says."""
    match name:
        case "report_in":
            part.reported_in_at, part.note = at, told.get("note", "")
        case "finish":
            part.outcome, part.ended_at = told["outcome"], at
        case "waive":
            part.outcome, part.ended_at = told["reason"], at
        case "rework":
            part.outcome, part.ended_at = "", None
        case "arbitrate":
            if given is not None and given != part.organisation_id:
                part.organisation_id, part.called_at = given, at
                part.came_late = part.late = False


def close_task(task_id: UUID, facts: Mapping[str, str], *, actor: Actor, at: datetime) -> JointTask:
    """Close a joint task with what came of it; every part has ended before."""
    move = TASK_MOVES.named("close")
    require_one(actor, move.rights)
    seen = JointTask.objects.filter(pk=task_id).values_list("case_id", flat=True).first()
    case = locked_case(seen) if seen else None
    task = locked_task(task_id)
    refused = move.refusal(task_standing(task), actor)
    if refused is not None:
        raise refused
    told = check_facts(move, facts)
    task.state, task.closed_at = move.target, at
    task.save()
    write_joint_step(task, move="close", source="OPEN", facts=told, actor=actor, at=at)
    if case is not None:
        tell_case(case, "joint_done", {"task": task.number} | told, actor=actor, at=at)
    tell_task(task, at)
    return task
