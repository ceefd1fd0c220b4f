"""Calling up: a joint task is opened, and every department has its part and its clock at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from anlan.casework import catalogue
from anlan.casework.errors import CaseEndedError, NotCallableError
from anlan.casework.models import (
    DUTY_LIMIT_CHARACTERS,
    PARTS_PER_TASK_LIMIT,
    PARTS_PER_TASK_MIN,
    PLACE_TEXT_LIMIT_CHARACTERS,
    TEXT_LIMIT_CHARACTERS,
    Case,
    JointPart,
    JointTask,
)
from anlan.casework.services.joint_tasks.clocks import follow_part
from anlan.casework.services.joint_tasks.rows import (
    callable_organisation,
    tell_case,
    tell_task,
    write_joint_step,
)
from anlan.casework.services.step_rows import locked_case
from anlan.casework.transitions import AT_REST, PART_MOVES, TASK_MOVES
from anlan.kernel.access import Actor, require
from anlan.kernel.errors import DeniedError
from anlan.kernel.identifiers import new_number
from anlan.kernel.texts import clean_text


@dataclass(frozen=True, slots=True)
class Called:
    """Who is called up, and for what."""

    organisation_id: UUID
    duty: str


@dataclass(frozen=True, slots=True)
class CallUp:
    """A joint task to be opened: on a case, whose item and place it takes, or at a place."""

    text: str
    parts: Sequence[Called]
    item_code: str
    lon: float
    lat: float
    area: int
    place_text: str = ""

    @classmethod
    def to_case(cls, case: Case, text: str, parts: Sequence[Called]) -> "CallUp":
        """Return what calls departments up to a case."""
        place = (case.item_code, case.lon, case.lat, case.area, case.place_text)
        return cls(text, parts, *place)


def call_up(
    wanted: CallUp, *, actor: Actor, at: datetime, case_id: UUID | None = None
) -> JointTask:
    """Open a joint task, on a case if it is given; return it.

    Raises `UnknownItemError`, `CaseEndedError` for a case that has ended, `NotCallableError` for
    too few or too many parts, an organisation twice or the caller's own.
    """
    require(actor, "task.call_up")
    case = locked_case(case_id) if case_id else None
    if case is not None and case.state in AT_REST:
        raise CaseEndedError(state=case.state)
    if case is None:
        catalogue.item(wanted.item_code, on=at.date())
    caller_id = actor.organisation_id
    if caller_id is None:
        raise DeniedError(permission="task.call_up")
    _check_parts(wanted, caller_id)
    duties = [_duty(row, called) for row, called in enumerate(wanted.parts)]
    task = _insert(_new(wanted, caller_id, actor, at), case)
    write_joint_step(task, move="open", source="", facts={}, actor=actor, at=at)
    for called, duty in zip(wanted.parts, duties, strict=True):
        _call(task, called.organisation_id, duty, actor, at)
    if case is not None:
        tell_case(case, "call_up", {"task": task.number}, actor=actor, at=at)
    tell_task(task, at)
    return task


def _check_parts(wanted: CallUp, caller_id: UUID) -> None:
    if not PARTS_PER_TASK_MIN <= len(wanted.parts) <= PARTS_PER_TASK_LIMIT:
        raise NotCallableError(
            field="parts",
            rule="so_many_departments",
            least=PARTS_PER_TASK_MIN,
            most=PARTS_PER_TASK_LIMIT,
        )
    named = [called.organisation_id for called in wanted.parts]
    if len(set(named)) < len(named):
        raise NotCallableError(field="parts", rule="each_department_once")
    if caller_id in named:
        raise NotCallableError(field="parts", rule="another_organisation")
    for one in named:
        callable_organisation(one, wanted.area, field="parts")


def _new(wanted: CallUp, caller_id: UUID, actor: Actor, at: datetime) -> JointTask:
    text = clean_text(
        wanted.text, field="text", limit_characters=TEXT_LIMIT_CHARACTERS, required=True
    )
    place = clean_text(
        wanted.place_text, field="place_text", limit_characters=PLACE_TEXT_LIMIT_CHARACTERS
    )
    return JointTask(
        area=wanted.area,
        number=new_number("J"),
        item_code=wanted.item_code,
        state=TASK_MOVES.initial,
        lon=wanted.lon,
        lat=wanted.lat,
        place_text=place,
        text=text,
        organisation_id=caller_id,
        opened_by=actor.id,
        opened_at=at,
    )


def _insert(task: JointTask, case: Case | None) -> JointTask:
    task.case = case
    try:
        with transaction.atomic():
            task.save(force_insert=True)
    except IntegrityError as error:
        if "casework_joint_task_open_case" in str(error) and case is not None:
            raise CaseEndedError(state=case.state) from None
        raise
    return task


def _duty(row: int, called: Called) -> str:
    field = f"parts.{row}.duty"
    return clean_text(
        called.duty, field=field, limit_characters=DUTY_LIMIT_CHARACTERS, required=True
    )


def _call(task: JointTask, organisation_id: UUID, duty: str, actor: Actor, at: datetime) -> None:
    part = JointPart.objects.create(
        area=task.area,
        task=task,
        organisation_id=organisation_id,
        duty=duty,
        state=PART_MOVES.initial,
        called_at=at,
    )
    ids = str(organisation_id)
    facts = {"called_id": ids, "organisation_id": ids}
    write_joint_step(part, move="call_up", source="", facts=facts, actor=actor, at=at)
    follow_part(part, task, at)
