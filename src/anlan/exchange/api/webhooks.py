"""HTTP of webhooks: set up by an administrator, answered to by the agency's own system."""

from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Status
from pydantic import AwareDatetime, BaseModel, ConfigDict

from anlan.exchange import selectors
from anlan.exchange.models import URL_MAX_CHARACTERS, Delivery, Webhook
from anlan.exchange.services import deliveries, messages
from anlan.exchange.services import webhooks as services
from anlan.exchange.services.messages import Message
from anlan.kernel import clock
from anlan.kernel.access import require
from anlan.kernel.http import actor_of
from anlan.kernel.paging import PageAsked, page_of
from anlan.kernel.schemas import Schema
from anlan.orgs.identity.services.proofs import require_recent_proof

router = Router()
DeliveryStateName = Literal["PENDING", "DELIVERED", "DEAD"]


class WebhookOut(Schema):
    """A webhook, without its secret."""

    id: UUID
    agency_id: UUID
    url: str
    active: bool
    added_at: AwareDatetime
    pending: int
    dead: int


class WebhookWithSecret(WebhookOut):
    """A webhook with the secret that is shown this once."""

    secret: str


class WebhookBody(Schema):
    """Which agency hears where."""

    model_config = ConfigDict(extra="forbid")

    agency_id: UUID
    url: str = Field(min_length=1, max_length=URL_MAX_CHARACTERS)


class WebhookChange(Schema):
    """Where messages go, and whether they go at all."""

    model_config = ConfigDict(extra="forbid")

    url: str = Field(min_length=1, max_length=URL_MAX_CHARACTERS)
    active: bool


class DeliveryOut(Schema):
    """One message to a webhook."""

    id: UUID
    event_id: UUID
    topic: str
    subject_id: UUID
    happened_at: AwareDatetime
    state: DeliveryStateName
    attempts: int
    due_at: AwareDatetime | None
    ended_at: AwareDatetime | None
    last_status: int | None
    last_error: str


class DeliveryPage(Schema):
    """A page of messages."""

    items: list[DeliveryOut]
    next: str | None


class MessageTakenOut(Schema):
    """A message that was taken; `done_now` is false where it had been done before."""

    id: str
    done_now: bool


def described(message: type[BaseModel]) -> dict[str, Any]:
    """Return the schema of a body that is read after its signature: its parts written in place."""
    schema = message.model_json_schema()
    parts = schema.pop("$defs", {})
    for name, field in schema["properties"].items():
        if "$ref" in field:
            schema["properties"][name] = parts[field["$ref"].rpartition("/")[2]]
    return schema


def _out(hook: Webhook) -> WebhookOut:
    counts = selectors.waiting_and_dead().get(hook.id, {"PENDING": 0, "DEAD": 0})
    return WebhookOut(
        id=hook.id,
        agency_id=hook.agency_id,
        url=hook.url,
        active=hook.active,
        added_at=hook.added_at,
        pending=counts["PENDING"],
        dead=counts["DEAD"],
    )


def _with_secret(hook: Webhook, secret: str, response: HttpResponse) -> WebhookWithSecret:
    """Show a secret; the reply is not kept anywhere."""
    response["Cache-Control"] = "no-store"
    return WebhookWithSecret(**_out(hook).model_dump(), secret=secret)


@router.get("/webhooks", response=list[WebhookOut], operation_id="list_webhooks")
def get_webhooks(request: HttpRequest) -> list[WebhookOut]:
    """List the webhooks with how many messages wait and how many were given up."""
    require(actor_of(request), "webhook.read")
    return [_out(hook) for hook in selectors.webhooks()]


@router.post("/webhooks", response={201: WebhookWithSecret}, operation_id="add_webhook")
def post_webhook(
    request: HttpRequest, response: HttpResponse, body: WebhookBody
) -> Status[WebhookWithSecret]:
    """Give an agency a webhook; the secret is shown this once."""
    actor = actor_of(request)
    require(actor, "webhook.write")
    require_recent_proof(actor, clock.machine_now())
    made, secret = services.add_webhook(body.agency_id, body.url, actor=actor, at=clock.now())
    return Status(201, _with_secret(made, secret, response))


@router.put("/webhooks/{webhook_id}", response=WebhookOut, operation_id="change_webhook")
def put_webhook(request: HttpRequest, webhook_id: UUID, body: WebhookChange) -> WebhookOut:
    """Change where messages go, or stop them for a while."""
    actor = actor_of(request)
    return _out(services.change_webhook(webhook_id, body.url, active=body.active, actor=actor))


@router.post(
    "/webhooks/{webhook_id}/secret", response=WebhookWithSecret, operation_id="renew_webhook_secret"
)
def post_secret(
    request: HttpRequest, response: HttpResponse, webhook_id: UUID
) -> WebhookWithSecret:
    """Replace the secret; it is shown this once."""
    actor = actor_of(request)
    require(actor, "webhook.write")
    require_recent_proof(actor, clock.machine_now())
    found, secret = services.renew_secret(webhook_id, actor=actor)
    return _with_secret(found, secret, response)


@router.get(
    "/webhooks/{webhook_id}/deliveries", response=DeliveryPage, operation_id="list_deliveries"
)
def get_deliveries(
    request: HttpRequest,
    webhook_id: UUID,
    page: PageAsked,
    state: DeliveryStateName | None = None,
) -> DeliveryPage:
    """List the messages of a webhook, newest first: those that arrived, wait, or were given up."""
    require(actor_of(request), "webhook.read")
    found, after = page_of(selectors.deliveries(webhook_id, state), page)
    return DeliveryPage(items=[_delivery_out(one) for one in found], next=after)


def _delivery_out(delivery: Delivery) -> DeliveryOut:
    return DeliveryOut.model_validate(delivery, from_attributes=True)


@router.post(
    "/deliveries/{delivery_id}/replay", response=DeliveryOut, operation_id="replay_delivery"
)
def post_replay(request: HttpRequest, delivery_id: UUID) -> DeliveryOut:
    """Send a message again, under the same id."""
    actor = actor_of(request)
    return _delivery_out(deliveries.replay(delivery_id, actor=actor, at=clock.now()))


@router.post(
    "/signed/webhooks/{webhook_id}",
    response=MessageTakenOut,
    operation_id="take_signed_message",
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": described(Message)}},
        }
    },
)
def post_signed_message(request: HttpRequest, webhook_id: UUID) -> MessageTakenOut:
    """Take an agency's signed answer (Standard Webhooks headers); the same id is done once."""
    headers = {name.lower(): value for name, value in request.headers.items()}
    taken = messages.take_message(webhook_id, headers, request.body, at=clock.now())
    return MessageTakenOut(id=taken.id, done_now=taken.done_now)
