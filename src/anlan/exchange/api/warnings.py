"""HTTP of public warnings and of alerts from other senders."""

from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Status
from pydantic import AwareDatetime, ConfigDict, FiniteFloat

from anlan.exchange import selectors
from anlan.exchange.cap.words import LISTS
from anlan.exchange.models import PublicWarning
from anlan.exchange.services import alerts
from anlan.exchange.services import warnings as services
from anlan.exchange.services.warnings import (
    LIMITS_CHARACTERS,
    REASON_MAX_CHARACTERS,
    RING_LIMIT_POINTS,
    Draft,
)
from anlan.exchange.transitions import WARNING_MOVES
from anlan.kernel import clock
from anlan.kernel.access import Actor, require
from anlan.kernel.http import actor_of
from anlan.kernel.paging import PageAsked, page_of
from anlan.kernel.schemas import Schema
from anlan.kernel.zones import Moment

router = Router()
Lon = Annotated[FiniteFloat, Field(ge=-180, le=180)]
Lat = Annotated[FiniteFloat, Field(ge=-90, le=90)]


class WordsIn(Schema):
    """What a warning says in one language."""

    model_config = ConfigDict(extra="forbid")

    event: str = Field(min_length=1, max_length=LIMITS_CHARACTERS["event"])
    headline: str = Field(min_length=1, max_length=LIMITS_CHARACTERS["headline"])
    description: str = Field(min_length=1, max_length=LIMITS_CHARACTERS["description"])
    instruction: str = Field(min_length=1, max_length=LIMITS_CHARACTERS["instruction"])
    area: str = Field(min_length=1, max_length=LIMITS_CHARACTERS["area"])


class BothWords(Schema):
    """What a warning says, in Chinese and in English."""

    model_config = ConfigDict(extra="forbid")

    zh: WordsIn
    en: WordsIn


class Circle(Schema):
    """A place and how far around it, in kilometres."""

    model_config = ConfigDict(extra="forbid")

    lon: Lon
    lat: Lat
    radius_km: Annotated[FiniteFloat, Field(ge=0.01, le=100)]


class WarningBody(Schema):
    """A warning to be drafted; a ring of [lon, lat], closed, or a circle says where."""

    model_config = ConfigDict(extra="forbid")

    status: Literal["Actual", "Exercise", "Test"]
    category: Literal[
        "Geo", "Met", "Safety", "Security", "Rescue", "Fire", "Health", "Env", "Transport", "Infra",
        "CBRNE", "Other",
    ]  # fmt: skip
    urgency: Literal["Immediate", "Expected", "Future"]
    severity: Literal["Extreme", "Severe", "Moderate", "Minor", "Unknown"]
    certainty: Literal["Observed", "Likely", "Possible", "Unlikely", "Unknown"]
    response: Literal[
        "Shelter", "Evacuate", "Prepare", "Execute", "Avoid", "Monitor", "Assess", "AllClear",
        "None",
    ]  # fmt: skip
    words: BothWords
    expires_at: Moment
    ring: Annotated[list[tuple[Lon, Lat]], Field(max_length=RING_LIMIT_POINTS)] | None = None
    circle: Circle | None = None
    replaces: UUID | None = None


class WarningMessageOut(Schema):
    """A CAP document that was published."""

    identifier: str
    kind: Literal["Alert", "Update", "Cancel"]
    sent_at: AwareDatetime
    address: str


class WarningOut(Schema):
    """A public warning; `moves` are those that whoever reads may make."""

    id: UUID
    number: str
    state: Literal["DRAFT", "APPROVED", "PUBLISHED", "DISCARDED", "CANCELLED", "REPLACED"]
    status: str
    category: str
    urgency: str
    severity: str
    certainty: str
    response: str
    words: dict[str, dict[str, str]]
    ring: list[list[float]] | None
    circle: list[float] | None
    expires_at: AwareDatetime
    replaces: str | None
    drafted_at: AwareDatetime
    approved_at: AwareDatetime | None
    published_at: AwareDatetime | None
    ended_at: AwareDatetime | None
    messages: list[WarningMessageOut]
    moves: list[str]


class WarningPage(Schema):
    """A page of warnings."""

    items: list[WarningOut]
    next: str | None


class WarningMoveBody(Schema):
    """Why, where a move needs it."""

    model_config = ConfigDict(extra="forbid")

    reason: str = Field("", max_length=REASON_MAX_CHARACTERS)


class AlertOut(Schema):
    """An alert of another sender."""

    id: UUID
    identifier: str
    sender: str
    sent_at: AwareDatetime
    status: str
    kind: str
    scope: str
    infos: list[dict[str, Any]]
    expires_at: AwareDatetime | None
    taken_at: AwareDatetime


class AlertPage(Schema):
    """A page of alerts."""

    items: list[AlertOut]
    next: str | None


_OWN = {"id", "number", "state", "expires_at", "words", "ring", "circle", *LISTS}
_TIMES = {"drafted_at", "approved_at", "published_at", "ended_at"}


def _moves(warning: PublicWarning, actor: Actor) -> list[str]:
    may = {
        "approve": "warning.approve" in actor.permissions and actor.id != warning.drafted_by,
        "publish": "warning.publish" in actor.permissions,
        "discard": "warning.draft" in actor.permissions,
        "cancel": "warning.publish" in actor.permissions,
    }
    return [name for name in WARNING_MOVES.offered(warning.state) if may.get(name)]


def _out(warning: PublicWarning, actor: Actor) -> WarningOut:
    columns = {name: getattr(warning, name) for name in _OWN | _TIMES}
    messages = [
        {
            "identifier": one.identifier,
            "kind": one.kind,
            "sent_at": one.sent_at,
            "address": f"/warnings/{one.identifier}.cap",
        }
        for one in warning.messages.all()
    ]
    replaced = warning.replaces.number if warning.replaces else None
    return WarningOut.model_validate(
        columns | {"messages": messages, "moves": _moves(warning, actor), "replaces": replaced}
    )


@router.get("/warnings", response=WarningPage, operation_id="list_warnings")
def get_warnings(request: HttpRequest, page: PageAsked) -> WarningPage:
    """List public warnings, newest first, drafts too."""
    actor = actor_of(request)
    require(actor, "warning.read")
    found, after = page_of(selectors.warnings(), page)
    return WarningPage(items=[_out(one, actor) for one in found], next=after)


@router.post("/warnings", response={201: WarningOut}, operation_id="draft_warning")
def post_warning(request: HttpRequest, body: WarningBody) -> Status[WarningOut]:
    """Draft a warning; another person approves it before it can be published."""
    actor = actor_of(request)
    circle = body.circle
    draft = Draft(
        listed={name: getattr(body, name) for name in LISTS},
        words=body.words.model_dump(),
        expires_at=body.expires_at,
        ring=body.ring,
        circle=(circle.lon, circle.lat, circle.radius_km) if circle else None,
        replaces=body.replaces,
    )
    made = services.draft_warning(draft, actor=actor, at=clock.now())
    return Status(201, _out(selectors.warning(made.id), actor))


@router.post(
    "/warnings/{warning_id}/moves/{move}", response=WarningOut, operation_id="move_warning"
)
def post_warning_move(
    request: HttpRequest, warning_id: UUID, move: str, body: WarningMoveBody
) -> WarningOut:
    """Make one of a warning's moves: approve, publish, discard, cancel."""
    actor = actor_of(request)
    services.make_move(warning_id, move, body.model_dump(), actor=actor, at=clock.now())
    return _out(selectors.warning(warning_id), actor)


@router.get("/alerts", response=AlertPage, operation_id="list_alerts")
def get_alerts(request: HttpRequest, page: PageAsked) -> AlertPage:
    """List the alerts of other senders, newest first."""
    require(actor_of(request), "warning.read")
    found, after = page_of(selectors.alerts(), page)
    items = [AlertOut.model_validate(one, from_attributes=True) for one in found]
    return AlertPage(items=items, next=after)


@router.post(
    "/alerts",
    response={201: list[AlertOut]},
    operation_id="take_alerts",
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/cap+xml": {"schema": {"type": "string"}}},
        }
    },
)
def post_alerts(request: HttpRequest) -> Status[list[AlertOut]]:
    """Take a CAP 1.2 document of another sender; a broken one is refused by element and rule."""
    taken = alerts.take_alerts(request.body, actor=actor_of(request), at=clock.now())
    return Status(201, [AlertOut.model_validate(one, from_attributes=True) for one in taken])
