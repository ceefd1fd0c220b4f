"""What an agency outside answers: signed, bounded, and done once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any, Literal
from uuid import UUID

from django.db import IntegrityError, transaction
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from anlan.dispatch.agencies.services import agreements, help_requests
from anlan.exchange.errors import BadMessageError, UnknownWebhookError
from anlan.exchange.models import TakenMessage, Webhook
from anlan.exchange.services.agency_actor import agency_actor
from anlan.exchange.services.webhooks import SECRETS
from anlan.exchange.signatures import Signed, check_signature
from anlan.kernel.access import system_actor
from anlan.kernel.errors import TooLargeError
from anlan.kernel.scope import scoped
from anlan.kernel.vault import open_sealed

MESSAGE_LIMIT_BYTES = 16 * 1024
KEPT_FOR = timedelta(days=30)  # many times as long as a signature counts
ERASE_BATCH_ROWS = 1_000
TAKER = system_actor("signed-messages")
MOVES: Mapping[str, Callable[..., object]] = {
    "help_request": help_requests.make_move,
    "agreement": agreements.make_move,
}
Kind = Literal[
    "help_request.accept", "help_request.refuse", "help_request.fulfil",
    "agreement.accept", "agreement.refuse", "agreement.end",
]  # fmt: skip


Words = Annotated[str, Field(max_length=500, pattern=r"^[^\x00-\x08\x0b-\x1f\x7f]*$")]


class MessageData(BaseModel):
    """What the answer is about, and why."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    reason: Words = ""
    note: Words = ""


class Message(BaseModel):
    """An agency's answer."""

    model_config = ConfigDict(extra="forbid")

    type: Kind
    data: MessageData


@dataclass(frozen=True, slots=True)
class Taken:
    """A message: its id, and whether it did something now or had been done before."""

    id: str
    done_now: bool


def take_message(
    webhook_id: UUID, headers: Mapping[str, str], body: bytes, *, at: datetime
) -> Taken:
    """Do what a signed message says, once; the same id again does nothing.

    Raises `UnknownWebhookError`, `BadSignatureError`, `TooLargeError`, `BadMessageError`, and the
    refusals of the move: then the id is not used up.
    """
    if len(body) > MESSAGE_LIMIT_BYTES:
        raise TooLargeError(field="body", rule="at_most_16_kb")
    with scoped(TAKER):
        hook, signed = signed_by(webhook_id, headers, body, at=at)
        message = _read(body)
        if not claimed(hook, signed.id, message.type, message.data.id, at=at):
            return Taken(signed.id, done_now=False)
        subject, _, move = message.type.partition(".")
        facts: dict[str, Any] = {"reason": message.data.reason, "note": message.data.note}
        actor = agency_actor(hook.agency_id)
        with scoped(actor):
            MOVES[subject](message.data.id, move, facts, actor=actor, at=at)
    return Taken(signed.id, done_now=True)


def signed_by(
    webhook_id: UUID, headers: Mapping[str, str], body: bytes, *, at: datetime
) -> tuple[Webhook, Signed]:
    """Return the webhook whose secret a message is signed with, and the message's id.

    Raises `UnknownWebhookError`, `BadSignatureError`.
    """
    hook = Webhook.objects.filter(pk=webhook_id, active=True).first()
    if hook is None:
        raise UnknownWebhookError
    return hook, check_signature(
        open_sealed(hook.sealed_secret, SECRETS, hook.id), headers, body, at
    )


def _read(body: bytes) -> Message:
    try:
        return Message.model_validate_json(body)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        named = ".".join(str(part) for part in first["loc"]) or "body"
        raise BadMessageError(field=named, rule=str(first["type"])) from None


def claimed(hook: Webhook, message_id: str, kind: str, subject_id: UUID, *, at: datetime) -> bool:
    """Use a message's id up, in the caller's transaction; False where it had been used before."""
    try:
        with transaction.atomic():
            TakenMessage.objects.create(
                area=hook.area,
                webhook=hook,
                message_id=message_id,
                kind=kind,
                subject_id=subject_id,
                taken_at=at,
            )
    except IntegrityError:
        return False
    return True


def erase_old_messages(at: datetime) -> int:
    """Forget up to `ERASE_BATCH_ROWS` messages taken more than `KEPT_FOR` ago."""
    with scoped(TAKER):
        old = TakenMessage.objects.filter(taken_at__lt=at - KEPT_FOR).values_list("pk", flat=True)
        return TakenMessage.objects.filter(pk__in=list(old[:ERASE_BATCH_ROWS])).delete()[0]
