"""HTTP of agreements: offered and ended by the centre, accepted by the agency."""

from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Status
from pydantic import AwareDatetime, ConfigDict

from anlan.dispatch.agencies import selectors
from anlan.dispatch.agencies.models import NOTE_MAX_CHARACTERS, Agreement
from anlan.dispatch.agencies.services import agreements as services
from anlan.dispatch.agencies.services.agreements import KINDS_LIMIT, Terms
from anlan.dispatch.agencies.transitions import (
    AGENCY_AGREES,
    AGREEMENT_MOVES,
    FIELDS,
)
from anlan.kernel import clock
from anlan.kernel.access import Actor, require
from anlan.kernel.http import actor_of
from anlan.kernel.paging import PageAsked, page_of
from anlan.kernel.schemas import Schema
from anlan.kernel.zones import Moment
from anlan.orgs.api.organisations import OrganisationOut

router = Router()
Name = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]{0,39}$")]
FieldName = Literal["kind", "priority", "place", "text", "needs", "phase", "units", "times"]


class AgreementOut(Schema):
    """An agreement as both sides see it; `moves` are those of whoever reads."""

    id: UUID
    agency_id: UUID
    fields: list[str]
    kinds: list[str]
    begins_at: AwareDatetime
    ends_at: AwareDatetime
    state: Literal["OFFERED", "ACCEPTED", "REFUSED", "WITHDRAWN", "ENDED"]
    offered_at: AwareDatetime
    answered_at: AwareDatetime | None
    moves: list[str]


class AgreementPage(Schema):
    """A page of agreements."""

    items: list[AgreementOut]
    next: str | None


class OfferBody(Schema):
    """What is offered to which agency."""

    model_config = ConfigDict(extra="forbid")

    agency_id: UUID
    fields: Annotated[list[FieldName], Field(min_length=1, max_length=len(FIELDS))]
    kinds: Annotated[list[Name], Field(max_length=KINDS_LIMIT)] = []
    begins_at: Moment
    ends_at: Moment


class ReasonBody(Schema):
    """Why, where a move needs it."""

    model_config = ConfigDict(extra="forbid")

    reason: str = Field("", max_length=NOTE_MAX_CHARACTERS)


def moves_of(agreement: Agreement, actor: Actor) -> list[str]:
    """Return the moves that `actor` may make of an agreement now."""
    offered = AGREEMENT_MOVES.offered(agreement.state)
    if "agreement.answer" in actor.permissions:
        return [name for name in offered if name in AGENCY_AGREES or name == "end"]
    if "agreement.offer" in actor.permissions:
        return [name for name in offered if name not in AGENCY_AGREES]
    return []


def _out(agreement: Agreement, actor: Actor) -> AgreementOut:
    columns = {
        name: getattr(agreement, name) for name in AgreementOut.model_fields if name != "moves"
    }
    return AgreementOut.model_validate(columns | {"moves": moves_of(agreement, actor)})


@router.get("/agencies", response=list[OrganisationOut], operation_id="list_agencies")
def get_agencies(request: HttpRequest) -> list[OrganisationOut]:
    """List the organisations that may be linked."""
    require(actor_of(request), "agreement.read")
    return [
        OrganisationOut.model_validate(one, from_attributes=True) for one in selectors.agencies()
    ]


@router.get("/agreements", response=AgreementPage, operation_id="list_agreements")
def get_agreements(request: HttpRequest, page: PageAsked) -> AgreementPage:
    """List agreements, newest first: the centre's all, an agency's its own."""
    actor = actor_of(request)
    require(actor, "agreement.read")
    found, after = page_of(selectors.agreements(), page)
    return AgreementPage(items=[_out(one, actor) for one in found], next=after)


@router.post("/agreements", response={201: AgreementOut}, operation_id="offer_agreement")
def post_agreement(request: HttpRequest, body: OfferBody) -> Status[AgreementOut]:
    """Offer an agreement; it counts once the agency has accepted it."""
    actor = actor_of(request)
    terms = Terms(body.fields, body.kinds, body.begins_at, body.ends_at)
    made = services.offer(body.agency_id, terms, actor=actor, at=clock.now())
    return Status(201, _out(made, actor))


@router.post(
    "/agreements/{agreement_id}/moves/{move}",
    response=AgreementOut,
    operation_id="move_agreement",
)
def post_agreement_move(
    request: HttpRequest, agreement_id: UUID, move: str, body: ReasonBody
) -> AgreementOut:
    """Make one of an agreement's moves: accept, refuse, withdraw, end."""
    actor = actor_of(request)
    moved = services.make_move(agreement_id, move, body.model_dump(), actor=actor, at=clock.now())
    return _out(moved, actor)
