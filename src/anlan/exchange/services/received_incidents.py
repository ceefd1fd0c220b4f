"""Incidents that other centres tell of by EIDO: signed, by agreement, each here once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from anlan.dispatch.agencies.selectors import is_linked
from anlan.exchange.eido_reading import EIDO_LIMIT_BYTES, ReadEido, read_eido
from anlan.exchange.errors import NotLinkedError
from anlan.exchange.models import ReceivedIncident
from anlan.exchange.services.messages import claimed, signed_by
from anlan.kernel.errors import TooLargeError


@dataclass(frozen=True, slots=True)
class Told:
    """An EIDO that came in; `is_new` says whether its message had not come before."""

    message_id: str
    agency_id: UUID
    eido: ReadEido
    record: ReceivedIncident
    is_new: bool


def take_told(webhook_id: UUID, headers: Mapping[str, str], body: bytes, *, at: datetime) -> Told:
    """Take a signed EIDO; its incident's record is locked until the caller's transaction ends.

    Two that tell of the same incident at once come one after the other. Raises
    `UnknownWebhookError`, `BadSignatureError`, `TooLargeError`, `NotLinkedError`, `BadEidoError`.
    """
    if len(body) > EIDO_LIMIT_BYTES:
        raise TooLargeError(field="body", rule="at_most_512_kb")
    hook, signed = signed_by(webhook_id, headers, body, at=at)
    if not is_linked(hook.agency_id, at):
        raise NotLinkedError
    eido = read_eido(body)
    ReceivedIncident.objects.bulk_create(
        [
            ReceivedIncident(
                area=hook.area,
                agency_id=hook.agency_id,
                external_id=eido.id,
                issuer=eido.issuer,
                changed_at=eido.changed_at,
                received_at=at,
            )
        ],
        ignore_conflicts=True,
    )
    rows = ReceivedIncident.objects.select_for_update()
    record = rows.get(agency_id=hook.agency_id, external_id=eido.id)
    is_new = claimed(hook, signed.id, "eido", record.id, at=at)
    return Told(signed.id, hook.agency_id, eido, record, is_new)


def note_report(told: Told, report_id: UUID) -> None:
    """Note what a told incident became here, and how new what was told of it is."""
    told.record.report_id = report_id
    told.record.changed_at = told.eido.changed_at
    told.record.save(update_fields=["report_id", "changed_at"])
