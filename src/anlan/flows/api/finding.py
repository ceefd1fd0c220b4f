"""HTTP of the search box: numbers and call signs."""

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router

from anlan.flows.selectors.finding import found_by_name
from anlan.kernel.http import actor_of
from anlan.kernel.schemas import Schema

router = Router()
TYPED_MAX_CHARACTERS = 40


class FoundIncidentOut(Schema):
    """An incident by its number."""

    id: UUID
    number: str
    kind: str
    priority: int
    state: str


class FoundCaseOut(Schema):
    """A case by its number."""

    id: UUID
    number: str
    item_code: str
    state: str


class FoundUnitOut(Schema):
    """A unit by its call sign."""

    id: UUID
    call_sign: str
    kind: str
    duty: str


class FoundOut(Schema):
    """What was found, a few rows of each kind."""

    incidents: list[FoundIncidentOut]
    cases: list[FoundCaseOut]
    units: list[FoundUnitOut]


@router.get("/search", response=FoundOut, operation_id="find_by_name")
def get_found(
    request: HttpRequest, text: Annotated[str, Query(max_length=TYPED_MAX_CHARACTERS)] = ""
) -> FoundOut:
    """Find incidents and cases by the beginning of their number, units by their call sign.

    Persons, telephone numbers, contacts and the words of reports are not searched: nothing of them
    can be found here. A sealed case is not found by anybody.
    """
    found = found_by_name(text.strip(), actor_of(request))
    return FoundOut.model_validate(found, from_attributes=True)
