"""HTTP of tasks for volunteers, as the organisation that asks for hours sees them."""

from typing import Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Status
from pydantic import AwareDatetime, ConfigDict, FiniteFloat

from anlan.kernel import clock
from anlan.kernel.access import Actor, require
from anlan.kernel.http import actor_of
from anlan.kernel.looks import PURPOSE_MAX_CHARACTERS
from anlan.kernel.paging import PageAsked, page_of
from anlan.kernel.schemas import Schema
from anlan.kernel.zones import Moment
from anlan.volunteering import selectors, services
from anlan.volunteering.models import (
    HOURS_PER_TASK_LIMIT,
    PLACE_TEXT_LIMIT_CHARACTERS,
    TEXT_LIMIT_CHARACTERS,
    TITLE_LIMIT_CHARACTERS,
)
from anlan.volunteering.services import REASON_LIMIT_CHARACTERS, Held, TaskGiven
from anlan.volunteering.transitions import (
    OFFER_MOVES,
    TASK_MOVES,
    OfferState,
    ReleaseGround,
    VolunteerTaskState,
)

router = Router()


class _Strict(Schema):
    model_config = ConfigDict(extra="forbid")


class VolunteerTaskBody(_Strict):
    """A task to publish: what, where (degrees WGS84), from when to when, how many hours in all."""

    title: str = Field(min_length=1, max_length=TITLE_LIMIT_CHARACTERS)
    text: str = Field(min_length=1, max_length=TEXT_LIMIT_CHARACTERS)
    place_text: str = Field(min_length=1, max_length=PLACE_TEXT_LIMIT_CHARACTERS)
    lon: FiniteFloat = Field(ge=-180, le=180)
    lat: FiniteFloat = Field(ge=-90, le=90)
    begins_at: Moment
    ends_at: Moment
    hours_wanted: int = Field(ge=1, le=HOURS_PER_TASK_LIMIT)


class EndTaskBody(_Strict):
    """What a move takes: `hours_given` in all when it is done, `reason` when it is called off."""

    hours_given: int | None = Field(None, ge=0, le=HOURS_PER_TASK_LIMIT)
    reason: str | None = Field(None, min_length=1, max_length=REASON_LIMIT_CHARACTERS)


class ReleaseBody(_Strict):
    """Why hours are given free again."""

    ground: ReleaseGround


class VolunteerLookBody(_Strict):
    """Why somebody looks at how to reach who offered hours."""

    purpose: str = Field(max_length=PURPOSE_MAX_CHARACTERS)


class VolunteerContactOut(Schema):
    """How to reach who offered hours, for that task."""

    name: str
    telephone: str


class VolunteerTaskItem(Schema):
    """A task in a list, and how many of the hours that it wants are offered."""

    id: UUID
    number: str
    organisation_id: UUID
    area: int
    title: str
    place_text: str
    lon: float
    lat: float
    begins_at: AwareDatetime
    ends_at: AwareDatetime
    hours_wanted: int
    hours_offered: int
    hours_given: int | None
    state: VolunteerTaskState


class VolunteerTaskPage(Schema):
    """A page of tasks for volunteers."""

    items: list[VolunteerTaskItem]
    next: str | None


class HoursOfferOut(Schema):
    """Hours that were offered. The number stays with who offered; a contact stands apart."""

    id: UUID
    hours: int
    state: OfferState
    ground: ReleaseGround | None
    offered_at: AwareDatetime
    contact_kept: bool
    moves: list[str]


class VolunteerStepOut(Schema):
    """One move of a task, or of hours offered for it."""

    move: str
    source: str
    target: str
    made_by_name: str
    made_at: AwareDatetime
    facts: dict[str, str]


class VolunteerTaskOut(VolunteerTaskItem):
    """A task with its offers and its history; offers are shown to who published it alone."""

    text: str
    offers: list[HoursOfferOut]
    timeline: list[VolunteerStepOut]
    moves: list[str]


def _out(task_id: UUID, actor: Actor) -> VolunteerTaskOut:
    task, at = selectors.task(task_id), clock.now()
    own = task.organisation_id == actor.organisation_id
    kept = selectors.with_contact(task.id, at) if own else frozenset()
    return VolunteerTaskOut(
        **VolunteerTaskItem.model_validate(task, from_attributes=True).model_dump(),
        text=task.text,
        offers=[
            HoursOfferOut(
                id=offer.id,
                hours=offer.hours,
                state=OfferState(offer.state),
                ground=ReleaseGround(offer.ground) if offer.ground else None,
                offered_at=offer.offered_at,
                contact_kept=offer.id in kept,
                moves=OFFER_MOVES.open_to(Held(offer.state, task.organisation_id), actor),
            )
            for offer in (selectors.offers_of(task.id) if own else [])
        ],
        timeline=[
            VolunteerStepOut.model_validate(step, from_attributes=True)
            for step in selectors.steps(task.id)
        ],
        moves=TASK_MOVES.open_to(task, actor),
    )


@router.get("/volunteer-tasks", response=VolunteerTaskPage, operation_id="list_volunteer_tasks")
def get_tasks(
    request: HttpRequest, page: PageAsked, state: VolunteerTaskState | None = None
) -> VolunteerTaskPage:
    """List the tasks for volunteers in the area, the newest first."""
    require(actor_of(request), "volunteering.read")
    found = selectors.tasks() if state is None else selectors.tasks().filter(state=state.value)
    rows, following = page_of(found, page)
    items = [VolunteerTaskItem.model_validate(row, from_attributes=True) for row in rows]
    return VolunteerTaskPage(items=items, next=following)


@router.post(
    "/volunteer-tasks", response={201: VolunteerTaskOut}, operation_id="publish_volunteer_task"
)
def post_task(request: HttpRequest, body: VolunteerTaskBody) -> Status[VolunteerTaskOut]:
    """Publish a task: from now on residents read it and may offer hours for it."""
    actor = actor_of(request)
    task = services.publish_task(TaskGiven(**body.model_dump()), actor=actor, at=clock.now())
    return Status(201, _out(task.id, actor))


@router.get(
    "/volunteer-tasks/{task_id}", response=VolunteerTaskOut, operation_id="get_volunteer_task"
)
def get_task(request: HttpRequest, task_id: UUID) -> VolunteerTaskOut:
    """Show a task, what was offered for it, and what the reader may do."""
    actor = actor_of(request)
    require(actor, "volunteering.read")
    return _out(task_id, actor)


@router.post(
    "/volunteer-tasks/{task_id}/moves/{move}",
    response=VolunteerTaskOut,
    operation_id="move_volunteer_task",
)
def post_task_move(
    request: HttpRequest, task_id: UUID, move: Literal["finish", "cancel"], body: EndTaskBody
) -> VolunteerTaskOut:
    """Finish a task with the hours that were given in all, or call it off."""
    actor = actor_of(request)
    facts = {name: str(fact) for name, fact in body.model_dump(exclude_none=True).items()}
    services.end_task(task_id, move, facts, actor=actor, at=clock.now())
    return _out(task_id, actor)


@router.post(
    "/volunteer-offers/{offer_id}/moves/release",
    response=VolunteerTaskOut,
    operation_id="release_hours",
)
def post_release(request: HttpRequest, offer_id: UUID, body: ReleaseBody) -> VolunteerTaskOut:
    """Give offered hours free again; how to reach who offered them is deleted at once."""
    actor = actor_of(request)
    offer = services.release(offer_id, body.ground.value, actor=actor, at=clock.now())
    return _out(offer.task_id, actor)


@router.post(
    "/volunteer-offers/{offer_id}/contact-views",
    response=VolunteerContactOut,
    operation_id="look_at_volunteer",
)
def post_look(
    request: HttpRequest, response: HttpResponse, offer_id: UUID, body: VolunteerLookBody
) -> VolunteerContactOut:
    """Show how to reach who offered hours; the look and its purpose stay on the record."""
    reached = services.look_at_volunteer(
        offer_id, body.purpose, actor=actor_of(request), at=clock.now()
    )
    response["Cache-Control"] = "no-store"
    return VolunteerContactOut(name=reached.name, telephone=reached.telephone)
