"""HTTP of looks at sealed cases by who is not of those they are sealed to."""

from typing import Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Status
from pydantic import AwareDatetime

from anlan.casework.api.cases import Strict
from anlan.casework.models import (
    GLASS_REASON_LIMIT_CHARACTERS,
    GLASS_REASON_MIN_CHARACTERS,
    GLASS_WORDS_LIMIT_CHARACTERS,
    BrokenGlass,
)
from anlan.casework.selectors.broken_glass import looks_to_review, own_looks
from anlan.casework.services import broken_glass
from anlan.kernel import clock
from anlan.kernel.access import require
from anlan.kernel.http import actor_of
from anlan.kernel.paging import PageAsked
from anlan.kernel.schemas import Schema
from anlan.orgs.identity.services.proofs import require_recent_proof

router = Router()
TYPED_LIMIT_CHARACTERS = 40
NO_CONTROLS = r"^[^\x00-\x1f\x7f]*$"


class GlassBody(Strict):
    """Which case one wants to see, why, and for which purpose of one's role."""

    number: str = Field(min_length=1, max_length=TYPED_LIMIT_CHARACTERS, pattern=NO_CONTROLS)
    reason: str = Field(
        min_length=GLASS_REASON_MIN_CHARACTERS, max_length=GLASS_REASON_LIMIT_CHARACTERS
    )
    purpose: str = Field(max_length=32, pattern="^[A-Z]+$")


class GlassReviewBody(Strict):
    """Whether a look was justified, and why."""

    finding: Literal["JUSTIFIED", "NOT_JUSTIFIED"]
    words: str = Field(min_length=1, max_length=GLASS_WORDS_LIMIT_CHARACTERS)


class GlassOut(Schema):
    """A look at a sealed case, as who looked and who reviews it see it.

    `case_id` and what belongs to it are null where nothing is sealed from who asked.
    """

    id: UUID
    number: str
    case_id: UUID | None
    opened_by_name: str
    opened_for_id: UUID | None
    reason: str
    purpose: str
    opened_at: AwareDatetime
    until: AwareDatetime | None
    review_due_at: AwareDatetime | None
    overdue_at: AwareDatetime | None
    finding: Literal["JUSTIFIED", "NOT_JUSTIFIED"] | None
    words: str
    reviewed_by_name: str
    reviewed_at: AwareDatetime | None


class GlassPage(Schema):
    """A page of looks at sealed cases; `next` is the cursor of the page after it."""

    items: list[GlassOut]
    next: str | None


def _page(found: list[BrokenGlass], after: str | None) -> GlassPage:
    return GlassPage(items=[GlassOut.model_validate(row) for row in found], next=after)


@router.post("/broken-glass", response={201: GlassOut}, operation_id="break_glass")
def post_glass(request: HttpRequest, body: GlassBody) -> Status[GlassOut]:
    """Open a sealed case to oneself for a time; on the record, told, and reviewed afterwards.

    Wants a proof of the last quarter of an hour. `case_id` is null for any number under which
    nothing is sealed from who asks, whatever the reason: the answer does not tell which.
    """
    actor = actor_of(request)
    require(actor, "glass.break")
    require_recent_proof(actor, clock.machine_now())
    asked = broken_glass.GlassAsked(body.number, body.reason, body.purpose)
    row = broken_glass.break_glass(asked, actor=actor, at=clock.now())
    return Status(201, GlassOut.model_validate(row))


@router.get("/broken-glass", response=GlassPage, operation_id="list_broken_glass")
def get_glass(request: HttpRequest, asked: PageAsked, *, reviewed: bool = False) -> GlassPage:
    """List the looks at cases sealed to one's organisation: to review, the longest due first."""
    actor = actor_of(request)
    require(actor, "glass.review")
    return _page(*looks_to_review(asked, reviewed=reviewed, actor=actor))


@router.get("/broken-glass/own", response=GlassPage, operation_id="list_own_broken_glass")
def get_own_glass(request: HttpRequest, asked: PageAsked) -> GlassPage:
    """List the numbers that one asked to see behind the seal, and what came of it."""
    actor = actor_of(request)
    require(actor, "glass.break")
    return _page(*own_looks(asked, actor=actor))


@router.post(
    "/broken-glass/{glass_id}/review", response=GlassOut, operation_id="review_broken_glass"
)
def post_review(request: HttpRequest, glass_id: UUID, body: GlassReviewBody) -> GlassOut:
    """Say of somebody else's look whether it was justified, and why."""
    row = broken_glass.review_glass(
        glass_id,
        finding=body.finding,
        words=body.words,
        actor=actor_of(request),
        at=clock.now(),
    )
    return GlassOut.model_validate(row)
