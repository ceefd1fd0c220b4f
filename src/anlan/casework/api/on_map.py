"""HTTP of open cases on a map."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from pydantic import AwareDatetime

from anlan.casework.selectors.on_map import CasesOnMap, cases_on_map
from anlan.casework.transitions import CaseState
from anlan.kernel import clock
from anlan.kernel.access import require
from anlan.kernel.boxes import BoxAsked
from anlan.kernel.http import actor_of
from anlan.kernel.schemas import Schema

router = Router()


class CaseGroupOut(Schema):
    """Cases that stand together at this scale; `id` where it is a single one."""

    lon: float
    lat: float
    count: int
    late: int
    id: UUID | None


class CaseOnMapOut(Schema):
    """An open case as a map lists it: nobody's words, no contact."""

    id: UUID
    number: str
    item_code: str
    state: CaseState
    organisation_id: UUID | None
    lon: float
    lat: float
    due_at: AwareDatetime | None
    late: bool


class CasesOnMapOut(Schema):
    """Every open case in a box is counted in `groups`; `listed` are the 200 that are due first."""

    total: int
    late: int
    groups: list[CaseGroupOut]
    listed: list[CaseOnMapOut]


def _shape(found: CasesOnMap, at: AwareDatetime) -> dict[str, Any]:
    named = ("id", "number", "item_code", "state", "organisation_id", "lon", "lat", "due_at")
    return {
        "total": found.total,
        "late": found.late,
        "groups": found.groups,
        "listed": [
            {name: getattr(case, name) for name in named}
            | {"late": case.clock == "RUNNING" and case.due_at is not None and case.due_at < at}
            for case in found.listed
        ],
    }


@router.get("/cases-on-map", response=CasesOnMapOut, operation_id="list_cases_on_map")
def get_cases_on_map(request: HttpRequest, box: BoxAsked) -> CasesOnMapOut:
    """Show where open cases are in a box: counted by square, and listed, those due first."""
    require(actor_of(request), "case.read")
    at = clock.now()
    shape = _shape(cases_on_map(box.checked(), at), at)
    return CasesOnMapOut.model_validate(shape, from_attributes=True)
