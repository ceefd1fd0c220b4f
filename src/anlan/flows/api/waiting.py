"""HTTP of what waits for whoever asks."""

from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from pydantic import AwareDatetime

from anlan.flows.selectors.waiting import waiting_for
from anlan.kernel import clock
from anlan.kernel.http import actor_of
from anlan.kernel.schemas import Schema
from anlan.orgs.protected import ReportersWords

router = Router()


class WaitingRowOut(Schema):
    """Something that waits: `at` is by when, where the queue has a term, or else since when."""

    id: UUID | None
    name: str
    code: str
    place_text: ReportersWords
    at: AwareDatetime | None
    organisation_id: UUID | None


class QueueOut(Schema):
    """A queue: how many wait, at most 99 (then there are `more`), and the first of them."""

    name: str
    count: int
    more: bool
    rows: list[WaitingRowOut]


@router.get("/waiting", response=list[QueueOut], operation_id="list_waiting")
def get_waiting(request: HttpRequest) -> list[QueueOut]:
    """List what waits for whoever asks, queue by queue; the empty ones too.

    Matters are counted by organisation and state, never by person.
    """
    found = waiting_for(actor_of(request), clock.now())
    return [QueueOut.model_validate(one, from_attributes=True) for one in found]
