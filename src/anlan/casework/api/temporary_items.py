"""HTTP of items for a time: departments ask, others decide."""

from datetime import date
from typing import Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Status
from pydantic import AwareDatetime, ConfigDict

from anlan.casework.models import TemporaryItem
from anlan.casework.selectors.temporary_items import temporary_items
from anlan.casework.services.temporary_items import (
    CONDITION_LIMIT_CHARACTERS,
    NAME_LIMIT_CHARACTERS,
    WORDS,
    Wanted,
    ask_item,
    move_item,
)
from anlan.casework.transitions import TEMPORARY_MOVES
from anlan.kernel import clock
from anlan.kernel.access import Actor, require
from anlan.kernel.http import actor_of
from anlan.kernel.paging import PageAsked
from anlan.kernel.schemas import Schema

router = Router()

TemporaryState = Literal["ASKED", "APPROVED", "DECLINED", "ENDED"]


class TemporaryItemBody(Schema):
    """An item for a time, as it is asked for; at most 90 days."""

    model_config = ConfigDict(extra="forbid")

    name_zh: str = Field(min_length=1, max_length=NAME_LIMIT_CHARACTERS)
    name_en: str = Field(min_length=1, max_length=NAME_LIMIT_CHARACTERS)
    filing_zh: str = Field(min_length=1, max_length=CONDITION_LIMIT_CHARACTERS)
    filing_en: str = Field(min_length=1, max_length=CONDITION_LIMIT_CHARACTERS)
    closing_zh: str = Field(min_length=1, max_length=CONDITION_LIMIT_CHARACTERS)
    closing_en: str = Field(min_length=1, max_length=CONDITION_LIMIT_CHARACTERS)
    reason: str = Field(min_length=1, max_length=CONDITION_LIMIT_CHARACTERS)
    needs_photo: bool = True
    lead: str = Field(max_length=48)
    clock: str = Field(max_length=8)
    valid_from: date
    valid_until: date


class TemporaryItemOut(Schema):
    """An item for a time, and what the reader may do with it now."""

    id: UUID
    code: str
    state: TemporaryState
    name_zh: str
    name_en: str
    filing_zh: str
    filing_en: str
    closing_zh: str
    closing_en: str
    reason: str
    needs_photo: bool
    lead: str
    clock: str
    valid_from: date
    valid_until: date
    asked_at: AwareDatetime
    decided_at: AwareDatetime | None
    moves: list[str]


class TemporaryItemPage(Schema):
    """A page of items for a time."""

    items: list[TemporaryItemOut]
    next: str | None


class ItemReasonBody(Schema):
    """Why somebody decides so."""

    model_config = ConfigDict(extra="forbid")

    reason: str = Field("", max_length=CONDITION_LIMIT_CHARACTERS)


def _out(item: TemporaryItem, actor: Actor) -> TemporaryItemOut:
    may = "item.decide" in actor.permissions and item.asked_by != actor.id
    item.moves = TEMPORARY_MOVES.offered(item.state) if may else []  # type: ignore[attr-defined]
    return TemporaryItemOut.model_validate(item)


@router.get("/temporary-items", response=TemporaryItemPage, operation_id="list_temporary_items")
def get_temporary_items(
    request: HttpRequest, asked: PageAsked, state: TemporaryState | None = None
) -> TemporaryItemPage:
    """List the items for a time that were asked for, newest first."""
    actor = actor_of(request)
    require(actor, "case.read")
    found, after = temporary_items(asked, state=state)
    return TemporaryItemPage(items=[_out(item, actor) for item in found], next=after)


@router.post(
    "/temporary-items", response={201: TemporaryItemOut}, operation_id="ask_temporary_item"
)
def post_temporary_item(request: HttpRequest, body: TemporaryItemBody) -> Status[TemporaryItemOut]:
    """Ask for an item that the catalogue does not have yet, until it is written anew."""
    actor = actor_of(request)
    require(actor, "item.ask")
    wanted = Wanted(
        words={name: getattr(body, name) for name in WORDS},
        needs_photo=body.needs_photo,
        lead=body.lead,
        clock=body.clock,
        valid_from=body.valid_from,
        valid_until=body.valid_until,
    )
    return Status(201, _out(ask_item(wanted, actor=actor, at=clock.now()), actor))


@router.post(
    "/temporary-items/{item_id}/moves/{move}", response=TemporaryItemOut,
    operation_id="move_temporary_item",
)  # fmt: skip
def post_temporary_item_move(
    request: HttpRequest,
    item_id: UUID,
    move: Literal["approve", "decline", "end"],
    body: ItemReasonBody,
) -> TemporaryItemOut:
    """Approve, decline or end an item for a time. Whoever asked does not decide."""
    actor = actor_of(request)
    require(actor, "item.decide")
    facts = {"reason": body.reason}
    return _out(move_item(item_id, move, facts, actor=actor, at=clock.now()), actor)
