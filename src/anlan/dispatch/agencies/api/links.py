"""HTTP of the desk's side: to whom an incident is shown, and who is asked for help."""

from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Status
from pydantic import AwareDatetime, ConfigDict

from anlan.dispatch.agencies import selectors
from anlan.dispatch.agencies.api.agreements import FieldName, Name, ReasonBody
from anlan.dispatch.agencies.models import NOTE_MAX_CHARACTERS, UNITS_LIMIT, HelpRequest, Share
from anlan.dispatch.agencies.services import help_requests, shares
from anlan.dispatch.agencies.services.asking import ask_help
from anlan.dispatch.agencies.services.help_requests import (
    ANSWER_LIMIT_S,
    ANSWER_WITHIN_S,
    CAPABILITIES_LIMIT,
    Asked,
)
from anlan.dispatch.agencies.services.shares import Wanted
from anlan.dispatch.agencies.transitions import AGENCY_HELPS, FIELDS, HELP_MOVES
from anlan.dispatch.selectors import incident as incident_in_scope
from anlan.kernel import clock
from anlan.kernel.access import Actor, require
from anlan.kernel.http import actor_of
from anlan.kernel.paging import PageAsked, page_of
from anlan.kernel.schemas import Schema
from anlan.kernel.zones import Moment

router = Router()


class ShareOut(Schema):
    """A share as the desk sees it."""

    id: UUID
    agency_id: UUID
    fields: list[str]
    begins_at: AwareDatetime
    ends_at: AwareDatetime
    ended_at: AwareDatetime | None
    rule_id: str
    rule_version: str
    running: bool


class HelpRequestOut(Schema):
    """A request for help as both sides see it; `moves` are those of whoever reads."""

    id: UUID
    incident_id: UUID
    incident_number: str
    share_id: UUID
    agency_id: UUID
    capabilities: list[str]
    unit_count: int
    note: str
    state: Literal["ASKED", "ACCEPTED", "REFUSED", "WITHDRAWN", "FULFILLED"]
    reason: str
    asked_at: AwareDatetime
    due_at: AwareDatetime
    overdue_at: AwareDatetime | None
    answered_at: AwareDatetime | None
    ended_at: AwareDatetime | None
    rule_id: str
    rule_version: str
    moves: list[str]


class ProposalOut(Schema):
    """A route that fits the incident and was not taken: an agency to tell or to ask."""

    agency_id: UUID
    route: str
    action: Literal["TELL", "ASK", "PROPOSE"]
    capabilities: list[str]
    unit_count: int
    answer_within_s: int
    reason_zh: str
    reason_en: str
    agreed: bool


class LinksOut(Schema):
    """The agencies of an incident: told, asked, proposed."""

    shares: list[ShareOut]
    requests: list[HelpRequestOut]
    proposals: list[ProposalOut]


class HelpRequestPage(Schema):
    """A page of requests for help."""

    items: list[HelpRequestOut]
    next: str | None


class ShareBody(Schema):
    """To whom, what of the agreed fields, until when; all of them for a day where not said."""

    model_config = ConfigDict(extra="forbid")

    agency_id: UUID
    fields: Annotated[list[FieldName], Field(max_length=len(FIELDS))] | None = None
    ends_at: Moment | None = None


class AskBody(Schema):
    """Whom to ask for what, and how soon it should answer."""

    model_config = ConfigDict(extra="forbid")

    agency_id: UUID
    capabilities: Annotated[list[Name], Field(min_length=1, max_length=CAPABILITIES_LIMIT)]
    unit_count: int = Field(1, ge=1, le=UNITS_LIMIT)
    note: str = Field("", max_length=NOTE_MAX_CHARACTERS)
    answer_within_s: int = Field(ANSWER_WITHIN_S, ge=1, le=ANSWER_LIMIT_S)


class HelpMoveBody(ReasonBody):
    """Facts of a request's move; the note is for the other side."""

    note: str = Field("", max_length=NOTE_MAX_CHARACTERS)


def _columns(row: Share | HelpRequest, schema: type[Schema], *but: str) -> dict[str, Any]:
    return {name: getattr(row, name) for name in schema.model_fields if name not in but}


def share_out(share: Share) -> ShareOut:
    """Return a share as the desk sees it."""
    running = share.ended_at is None and share.ends_at > clock.now()
    return ShareOut.model_validate(_columns(share, ShareOut, "running") | {"running": running})


def request_out(request: HelpRequest, actor: Actor) -> HelpRequestOut:
    """Return a request for help as `actor` sees it."""
    agency = "help.answer" in actor.permissions
    desk = "agency.ask" in actor.permissions
    mine = [
        name
        for name in HELP_MOVES.offered(request.state)
        if (agency and name in {*AGENCY_HELPS, "fulfil"}) or (desk and name not in AGENCY_HELPS)
    ]
    columns = _columns(request, HelpRequestOut, "moves")
    return HelpRequestOut.model_validate(columns | {"moves": mine})


@router.get(
    "/incidents/{incident_id}/agencies", response=LinksOut, operation_id="list_links_of_incident"
)
def get_links(request: HttpRequest, incident_id: UUID) -> LinksOut:
    """Show which agencies an incident is shown to, which are asked, and whom the rules propose."""
    actor = actor_of(request)
    require(actor, "incident.read")
    incident = incident_in_scope(incident_id)
    proposed = selectors.proposals(incident, clock.now()) if incident.state == "OPEN" else []
    return LinksOut(
        shares=[share_out(one) for one in selectors.shares_of(incident.id)],
        requests=[request_out(one, actor) for one in selectors.help_requests_of(incident.id)],
        proposals=[
            ProposalOut(
                agency_id=one.agency.id,
                route=one.route.code,
                action=one.route.action,
                capabilities=list(one.route.capabilities),
                unit_count=one.route.unit_count,
                answer_within_s=one.route.answer_within_s,
                reason_zh=one.route.reason_zh,
                reason_en=one.route.reason_en,
                agreed=one.agreed,
            )
            for one in proposed
        ],
    )


@router.post(
    "/incidents/{incident_id}/shares", response={201: ShareOut}, operation_id="share_incident"
)
def post_share(request: HttpRequest, incident_id: UUID, body: ShareBody) -> Status[ShareOut]:
    """Show an incident to an agency, within what was agreed, for a time."""
    wanted = Wanted(body.fields, body.ends_at)
    made = shares.share(
        incident_id, body.agency_id, wanted, actor=actor_of(request), at=clock.now()
    )
    return Status(201, share_out(made))


@router.post("/shares/{share_id}/end", response=ShareOut, operation_id="end_share")
def post_share_end(request: HttpRequest, share_id: UUID, body: ReasonBody) -> ShareOut:
    """End a share at once, with a reason."""
    ended = shares.end_share(share_id, body.reason, actor=actor_of(request), at=clock.now())
    return share_out(ended)


@router.post(
    "/incidents/{incident_id}/help-requests",
    response={201: HelpRequestOut},
    operation_id="ask_help",
)
def post_help_request(
    request: HttpRequest, incident_id: UUID, body: AskBody
) -> Status[HelpRequestOut]:
    """Ask an agency for help; the incident is shared with it unless it is already."""
    actor = actor_of(request)
    asked = Asked(body.capabilities, body.unit_count, body.note, body.answer_within_s)
    made = ask_help(incident_id, body.agency_id, asked, actor=actor, at=clock.now())
    return Status(201, request_out(made, actor))


@router.get("/help-requests", response=HelpRequestPage, operation_id="list_help_requests")
def get_help_requests(
    request: HttpRequest,
    page: PageAsked,
    open: bool = False,  # noqa: FBT001, FBT002 - the query's own name
) -> HelpRequestPage:
    """List requests for help, newest first: the desk's all, an agency's its own."""
    actor = actor_of(request)
    require(actor, "agreement.read")
    found, after = page_of(selectors.help_requests(only_open=open), page)
    return HelpRequestPage(items=[request_out(one, actor) for one in found], next=after)


@router.post(
    "/help-requests/{request_id}/moves/{move}",
    response=HelpRequestOut,
    operation_id="move_help_request",
)
def post_help_move(
    request: HttpRequest, request_id: UUID, move: str, body: HelpMoveBody
) -> HelpRequestOut:
    """Make one of a request's moves: accept, refuse, fulfil, withdraw."""
    actor = actor_of(request)
    moved = help_requests.make_move(
        request_id, move, body.model_dump(), actor=actor, at=clock.now()
    )
    return request_out(moved, actor)
