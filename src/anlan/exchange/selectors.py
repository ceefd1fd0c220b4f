"""Reads of the room."""

from datetime import datetime
from uuid import UUID

from django.db.models import Count, QuerySet

from anlan.dispatch import selectors as dispatch
from anlan.dispatch.agencies.selectors import shared_incident
from anlan.exchange.eido import IncidentFacts, UnitFacts
from anlan.exchange.errors import UnknownWarningError, UnknownWebhookError
from anlan.exchange.log_events import StepFacts
from anlan.exchange.models import (
    Delivery,
    PublicWarning,
    ReceivedAlert,
    WarningMessage,
    Webhook,
)
from anlan.intake.kinds import kinds

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


def incident_facts(incident_id: UUID, at: datetime) -> IncidentFacts:
    """Return an incident in scope as it is told to another centre, or raise as dispatch does."""
    found = dispatch.incident(incident_id)
    return IncidentFacts(
        id=found.id,
        number=found.number,
        state=found.state,
        changed_at=at,
        kind=found.kind,
        kind_name=_kind_name(found.kind),
        priority=found.priority,
        phase=dispatch.phase_of(found.state, [one.state for one in found.assignments.all()]),
        lon=found.lon,
        lat=found.lat,
        place_text=found.place_text,
        text=found.text,
        disposition=found.disposition,
        units=[UnitFacts(one.call_sign, one.state) for one in found.assignments.all()],
    )


def shared_facts(share_id: UUID, at: datetime) -> IncidentFacts:
    """Return a shared incident as far as the agency that reads may see it."""
    found = shared_incident(share_id)
    states = found.job_states
    return IncidentFacts(
        id=found.incident_id,
        number=found.number,
        state=found.state,
        changed_at=at,
        kind=found.kind,
        kind_name=_kind_name(found.kind),
        priority=found.priority,
        phase=None if states is None else dispatch.phase_of(found.state, states),
        lon=found.lon,
        lat=found.lat,
        place_text=found.place_text,
        text=found.text,
        units=[UnitFacts(call_sign, None) for call_sign in found.units or ()],
    )


def _kind_name(kind: str | None) -> str | None:
    found = kinds().get(kind) if kind else None
    return found.name_en if found else kind


def steps(incident_id: UUID) -> list[StepFacts]:
    """Return the history of an incident in scope, oldest first."""
    incident = dispatch.incident(incident_id)
    return [
        StepFacts(
            one.id, one.move, one.source, one.target, one.made_by_name, one.made_at, one.facts
        )
        for one in dispatch.steps(incident.id)
    ]


def warnings() -> QuerySet[PublicWarning]:
    """Return the public warnings in scope, with their messages."""
    return PublicWarning.objects.select_related("replaces").prefetch_related("messages")


def warning(warning_id: UUID) -> PublicWarning:
    """Return one warning in scope, or raise `UnknownWarningError`."""
    found = warnings().filter(pk=warning_id).first()
    if found is None:
        raise UnknownWarningError
    return found


def alerts() -> QuerySet[ReceivedAlert]:
    """Return the alerts of other senders in scope."""
    return ReceivedAlert.objects.all()


def published_messages(limit: int) -> list[WarningMessage]:
    """Return the messages that were published, newest first."""
    return list(WarningMessage.objects.order_by("-sent_at", "-pk")[:limit])


def published_message(identifier: str) -> WarningMessage | None:
    """Return one message as it was published; None for an unknown identifier."""
    return WarningMessage.objects.filter(identifier=identifier).first()
