"""Where joint tasks are locked, told to their history and to the screens.

The order of locks: the case, the task, its part.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from anlan.casework.errors import NotCallableError, OrganisationElsewhereError, UnknownTaskError
from anlan.casework.models import Case, JointPart, JointStep, JointTask
from anlan.casework.services.clocks import CLOCK_FIELDS, follow_clock
from anlan.casework.services.step_rows import write_step
from anlan.casework.shapes import listed, listed_task
from anlan.kernel.access import Actor
from anlan.kernel.errors import InvalidError
from anlan.kernel.outbox import publish
from anlan.orgs import selectors as orgs
from anlan.orgs.models import Organisation

CALLED_KINDS = ("DEPARTMENT", "OPERATOR")


def locked_task(task_id: UUID) -> JointTask:
    """Return a joint task in scope, locked until the transaction ends."""
    task = JointTask.objects.select_for_update().filter(pk=task_id).first()
    if task is None:
        raise UnknownTaskError
    return task


def locked_part(part_id: UUID) -> tuple[JointTask, JointPart]:
    """Return a part in scope and its task, the task locked: no other part moves meanwhile."""
    seen = JointPart.objects.filter(pk=part_id).values_list("task_id", flat=True).first()
    if seen is None:
        raise UnknownTaskError
    task = locked_task(seen)
    return task, JointPart.objects.get(pk=part_id)


def write_joint_step(
    subject: JointTask | JointPart, *, move: str, source: str, facts: Mapping[str, str],
    actor: Actor, at: datetime,
) -> None:  # fmt: skip
    """Add one step to the history of a joint task or of a part."""
    JointStep.objects.create(
        area=subject.area,
        subject_id=subject.id,
        move=move,
        source=source,
        target=subject.state,
        made_by=actor.id,
        made_by_name=actor.name,
        made_at=at,
        facts=dict(facts),
    )


def tell_task(task: JointTask, at: datetime) -> None:
    """Tell the screens how a joint task stands now."""
    body = listed_task(task, list(task.parts.order_by("pk")))
    publish("joint_task.changed", area=task.area, subject_id=task.id, body=body, at=at)


def tell_case(
    case: Case, move: str, facts: Mapping[str, str], *, actor: Actor, at: datetime
) -> None:
    """Write into the history of a locked case what became of a joint task of it."""
    write_step(case, move=move, source=case.state, facts=facts, actor=actor, at=at)
    follow_clock(case, at)
    case.save(update_fields=CLOCK_FIELDS)
    publish("case.changed", area=case.area, subject_id=case.id, body=listed(case), at=at)


def callable_organisation(organisation_id: str | UUID, area: int, *, field: str) -> Organisation:
    """Return an organisation that can be called up to a place; raise `InvalidError` otherwise."""
    try:
        asked = UUID(str(organisation_id))
    except ValueError:
        raise InvalidError(field=field, rule="uuid_parsing") from None
    found = orgs.serving_organisation(asked, area)
    if found is None:
        raise OrganisationElsewhereError(field=field, rule="serves_the_area")
    if found.kind not in CALLED_KINDS:
        raise NotCallableError(field=field, rule="a_department")
    return found
