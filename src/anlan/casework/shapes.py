"""Cases and joint tasks as lists and live screens show them: one shape for API and outbox."""

from collections.abc import Sequence
from typing import Any, Literal
from uuid import UUID

from pydantic import AwareDatetime

from anlan.casework.models import Case, JointPart, JointTask
from anlan.casework.transitions import (
    CaseDisposition,
    CaseState,
    PartState,
    TaskState,
    Verdict,
)
from anlan.kernel.purposes import WHOLE
from anlan.kernel.schemas import Schema
from anlan.orgs.protected import ReportersWords


class CaseRow(Schema):
    """A case as lists show it; the reporter's own words are not part of it."""

    id: UUID
    number: str
    item_code: str
    state: CaseState
    lon: float
    lat: float
    area: int
    place_text: ReportersWords
    channel: str
    organisation_id: UUID | None
    incident_id: UUID | None
    merged_into_id: UUID | None
    disposition: CaseDisposition | None
    verdict: Verdict | None
    begun_at: AwareDatetime | None
    sent_back_count: int
    reopened_count: int
    clock: Literal["RUNNING", "PAUSED", "STOPPED"]
    due_at: AwareDatetime | None
    holder_due_at: AwareDatetime | None
    awaited_year: int | None
    escalation_level: int
    listed_at: AwareDatetime | None
    sealed_to: list[UUID] | None
    filed_at: AwareDatetime
    closed_at: AwareDatetime | None


def listed(case: Case) -> dict[str, Any]:
    """Return the list shape of `case` as JSON values."""
    return CaseRow.model_validate(case).model_dump(mode="json", context=WHOLE)


class JointPartRow(Schema):
    """A department's part of a joint task; late is said of the department, never of a person.

    `holder_due_at` is by when whoever has it now is to act: report in, be done, or decide.
    """

    id: UUID
    organisation_id: UUID
    duty: str
    state: PartState
    decided: bool
    called_at: AwareDatetime
    holder_due_at: AwareDatetime | None
    due_at: AwareDatetime | None
    came_late: bool
    late: bool
    reported_in_at: AwareDatetime | None
    ended_at: AwareDatetime | None


class JointTaskHead(Schema):
    """A joint task without its parts."""

    id: UUID
    number: str
    case_id: UUID | None
    item_code: str
    state: TaskState
    lon: float
    lat: float
    area: int
    place_text: ReportersWords
    organisation_id: UUID
    opened_at: AwareDatetime
    closed_at: AwareDatetime | None


class JointTaskRow(JointTaskHead):
    """A joint task as lists show it, with its parts in the order in which they were called."""

    parts: list[JointPartRow]


def listed_task(task: JointTask, parts: Sequence[JointPart]) -> dict[str, Any]:
    """Return the list shape of a joint task with its parts as JSON values."""
    head = JointTaskHead.model_validate(task).model_dump(context=WHOLE)
    rows = [JointPartRow.model_validate(part) for part in parts]
    return JointTaskRow(**head, parts=rows).model_dump(mode="json", context=WHOLE)
