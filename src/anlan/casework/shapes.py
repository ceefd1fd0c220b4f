"""A case as lists and live screens show it: one shape for the API and the outbox."""

from typing import Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import AwareDatetime

from anlan.casework.models import Case
from anlan.casework.transitions import CaseDisposition, CaseState, Verdict


class CaseRow(Schema):
    """A case as lists show it; the reporter's own words are not part of it."""

    id: UUID
    number: str
    item_code: str
    state: CaseState
    lon: float
    lat: float
    area: int
    place_text: str
    channel: str
    organisation_id: UUID | None
    incident_id: UUID | None
    disposition: CaseDisposition | None
    verdict: Verdict | None
    sent_back_count: int
    reopened_count: int
    clock: Literal["RUNNING", "PAUSED", "STOPPED"]
    due_at: AwareDatetime | None
    holder_due_at: AwareDatetime | None
    awaited_year: int | None
    escalation_level: int
    listed_at: AwareDatetime | None
    filed_at: AwareDatetime
    closed_at: AwareDatetime | None


def listed(case: Case) -> dict[str, Any]:
    """Return the list shape of `case` as JSON values."""
    return CaseRow.model_validate(case).model_dump(mode="json")
