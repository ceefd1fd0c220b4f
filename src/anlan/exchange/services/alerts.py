"""Alerts of other senders: read, checked, kept once."""

from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from anlan.exchange.cap.reading import Alert, read_alerts
from anlan.exchange.errors import BadAlertError
from anlan.exchange.models import ReceivedAlert
from anlan.kernel.access import Actor, require
from anlan.kernel.errors import InvalidError
from anlan.kernel.outbox import publish
from anlan.orgs.selectors import organisation

NAME_MAX_CHARACTERS = 200


@transaction.atomic
def take_alerts(raw: bytes, *, actor: Actor, at: datetime) -> list[ReceivedAlert]:
    """Take a CAP 1.2 document of another sender; the same alert again is the one that is there.

    Raises `TooLargeError`, `BadAlertError`; then nothing of it is kept.
    """
    require(actor, "alert.take")
    alerts = read_alerts(raw)
    for alert in alerts:
        for name in ("identifier", "sender"):
            if len(getattr(alert, name)) > NAME_MAX_CHARACTERS:
                raise BadAlertError(field=f"alert.{name}", rule="at_most_200_characters")
    if actor.organisation_id is None:
        raise InvalidError(field="organisation", rule="required")
    area = organisation(actor.organisation_id).area
    return [_take(alert, area, actor, at) for alert in alerts]


def _take(alert: Alert, area: int, actor: Actor, at: datetime) -> ReceivedAlert:
    found, made = ReceivedAlert.objects.get_or_create(
        sender=alert.sender,
        identifier=alert.identifier,
        sent_at=alert.sent_at,
        defaults={
            "area": area,
            "status": alert.status,
            "kind": alert.message_type,
            "scope": alert.scope,
            "infos": [_kept(info) for info in map(asdict, alert.infos)],
            "expires_at": _last_end(alert),
            "taken_by": actor.id,
            "taken_at": at,
        },
    )
    if made:
        body = {"sender": found.sender, "kind": found.kind}
        publish("alert.received", area=found.area, subject_id=found.id, body=body, at=at)
    return found


def _kept(info: dict[str, object]) -> dict[str, object]:
    ends = info["expires_at"]
    return info | {"expires_at": ends.isoformat() if isinstance(ends, datetime) else None}


def _last_end(alert: Alert) -> datetime | None:
    ends = [info.expires_at for info in alert.infos if info.expires_at is not None]
    return max(ends) if ends else None
