"""Reads of the room."""

from uuid import UUID

from django.db.models import Count, QuerySet

from anlan.exchange.errors import UnknownWebhookError
from anlan.exchange.models import Delivery, Webhook

WEBHOOKS_LIMIT_ROWS = 500


def webhooks() -> list[Webhook]:
    """Return the webhooks in scope, oldest first."""
    return list(Webhook.objects.order_by("pk")[:WEBHOOKS_LIMIT_ROWS])


def waiting_and_dead() -> dict[UUID, dict[str, int]]:
    """Return how many messages of each webhook wait, and how many were given up."""
    found: dict[UUID, dict[str, int]] = {}
    rows = Delivery.objects.filter(state__in=("PENDING", "DEAD")).values("webhook_id", "state")
    for row in rows.annotate(count=Count("pk")):
        counts = found.setdefault(row["webhook_id"], {"PENDING": 0, "DEAD": 0})
        counts[row["state"]] = row["count"]
    return found


def deliveries(webhook_id: UUID, state: str | None) -> QuerySet[Delivery]:
    """Return the messages of one webhook in scope, or raise `UnknownWebhookError`."""
    if not Webhook.objects.filter(pk=webhook_id).exists():
        raise UnknownWebhookError
    rows = Delivery.objects.filter(webhook_id=webhook_id)
    return rows.filter(state=state) if state else rows
