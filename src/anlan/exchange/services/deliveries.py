"""Messages to agencies outside: made from the outbox, sent until they arrive or are given up.

At least once, each under the id of its event: who receives it twice knows by the id. A message is
taken for a while before it is sent, so that a worker that dies in between leaves it to the next.
What it says is read when it is sent, in the agency's own scope: what was shared and is no more
does not leave.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import orjson
import structlog
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q

from anlan.exchange.errors import UnknownDeliveryError
from anlan.exchange.models import ERROR_MAX_CHARACTERS, Delivery, Webhook
from anlan.exchange.sending import Answer, post
from anlan.exchange.services.agency_actor import agency_actor
from anlan.exchange.services.contents import content_of
from anlan.exchange.services.webhooks import SECRETS
from anlan.exchange.signatures import headers_for
from anlan.exchange.transitions import DELIVERY_MOVES
from anlan.kernel.access import Actor, require, system_actor
from anlan.kernel.models import OutboxEntry
from anlan.kernel.outbox_readers import Reader
from anlan.kernel.scope import scoped
from anlan.kernel.vault import open_sealed

RETRIES_AFTER_S = (5, 30, 120, 600, 3_600, 4 * 3_600, 12 * 3_600)
"""Seconds until the next attempt, after the first, second... one; then it is given up."""
TAKEN_FOR = timedelta(seconds=60)
KEPT_FOR = timedelta(days=30)
ERASE_BATCH_ROWS = 1_000
GONE = 410
CARRIER = system_actor("webhooks")

log = structlog.get_logger("anlan.webhooks")


@dataclass(frozen=True, slots=True)
class Parcel:
    """A message that was taken to be sent."""

    delivery_id: UUID
    event_id: UUID
    topic: str
    subject_id: UUID
    happened_at: datetime
    agency_id: UUID
    webhook_id: UUID
    url: str
    secret: str


def make_deliveries(entries: Sequence[OutboxEntry], at: datetime) -> None:
    """Make a message of each event for the webhook of the agency that it is addressed to."""
    audiences = {entry.audience for entry in entries if entry.audience}
    hooks = {hook.agency_id: hook for hook in Webhook.objects.filter(agency_id__in=audiences)}
    Delivery.objects.bulk_create(
        (
            Delivery(
                area=hooks[entry.audience].area,
                webhook=hooks[entry.audience],
                event_id=entry.id,
                topic=entry.topic,
                subject_id=entry.subject_id,
                happened_at=entry.published_at,
                due_at=at,
            )
            for entry in entries
            if entry.audience in hooks
        ),
        ignore_conflicts=True,
    )


READER = Reader("webhooks", Q(audience__isnull=False), make_deliveries)


def send_next(at: datetime) -> bool:
    """Send the next message, of a webhook that sends none now; say whether there was one."""
    parcel = _take(at)
    if parcel is None:
        return False
    body = _body(parcel, at)
    headers = headers_for(parcel.secret, str(parcel.event_id), body, at)
    _record(parcel, post(parcel.url, body, headers), at)
    return True


def _take(at: datetime) -> Parcel | None:
    """Take the next message for `TAKEN_FOR`: one a webhook at a time, so that none holds all up."""
    with scoped(CARRIER):
        due = Delivery.objects.filter(state="PENDING", due_at__lte=at)
        free = Q(busy_until__isnull=True) | Q(busy_until__lte=at)
        hook = (
            Webhook.objects.select_for_update(skip_locked=True)
            .filter(free, Exists(due.filter(webhook=OuterRef("pk"))), active=True)
            .order_by(F("busy_until").asc(nulls_first=True), "pk")
            .first()
        )
        if hook is None:
            return None
        delivery = due.filter(webhook=hook).order_by("due_at", "pk").first()
        if delivery is None:
            return None
        hook.busy_until = at + TAKEN_FOR
        hook.save(update_fields=["busy_until"])
        Delivery.objects.filter(pk=delivery.pk).update(due_at=at + TAKEN_FOR)
        return Parcel(
            delivery_id=delivery.id,
            event_id=delivery.event_id,
            topic=delivery.topic,
            subject_id=delivery.subject_id,
            happened_at=delivery.happened_at,
            agency_id=hook.agency_id,
            webhook_id=hook.id,
            url=hook.url,
            secret=open_sealed(hook.sealed_secret, SECRETS, hook.id),
        )


def _body(parcel: Parcel, at: datetime) -> bytes:
    with scoped(agency_actor(parcel.agency_id)):
        shown = content_of(parcel.topic, parcel.subject_id)
    return orjson.dumps(
        {"type": parcel.topic, "timestamp": parcel.happened_at, "data": shown},
        option=orjson.OPT_UTC_Z,
    )


def _record(parcel: Parcel, answer: Answer, at: datetime) -> None:
    """Write down what came of it, and let the webhook send its next message."""
    with scoped(CARRIER):
        Webhook.objects.filter(pk=parcel.webhook_id).update(busy_until=at)
        delivery = Delivery.objects.select_for_update().get(pk=parcel.delivery_id)
        if delivery.state != "PENDING":
            return
        delivery.attempts += 1
        delivery.last_status, delivery.last_error = (
            answer.status,
            answer.error[:ERROR_MAX_CHARACTERS],
        )
        if answer.accepted:
            _end(delivery, "deliver", at)
        elif answer.status == GONE or delivery.attempts > len(RETRIES_AFTER_S):
            _end(delivery, "give_up", at)
            log.warning("webhook_given_up", delivery=str(delivery.id), status=answer.status)
        else:
            wait_s = RETRIES_AFTER_S[delivery.attempts - 1]
            delivery.due_at = at + timedelta(seconds=wait_s)
        delivery.save()


def _end(delivery: Delivery, move: str, at: datetime) -> None:
    delivery.state = DELIVERY_MOVES.check(delivery.state, move, ()).target
    delivery.due_at, delivery.ended_at = None, at


@transaction.atomic
def replay(delivery_id: UUID, *, actor: Actor, at: datetime) -> Delivery:
    """Send a message again that arrived or was given up, under the same id."""
    require(actor, "webhook.write")
    delivery = Delivery.objects.select_for_update().filter(pk=delivery_id).first()
    if delivery is None:
        raise UnknownDeliveryError
    delivery.state = DELIVERY_MOVES.check(delivery.state, "replay", ()).target
    delivery.attempts, delivery.due_at, delivery.ended_at = 0, at, None
    delivery.save()
    return delivery


def erase_old_deliveries(at: datetime) -> int:
    """Delete up to `ERASE_BATCH_ROWS` messages that ended more than `KEPT_FOR` ago."""
    with scoped(CARRIER):
        old = Delivery.objects.filter(ended_at__lt=at - KEPT_FOR).values_list("pk", flat=True)
        return Delivery.objects.filter(pk__in=list(old[:ERASE_BATCH_ROWS])).delete()[0]
