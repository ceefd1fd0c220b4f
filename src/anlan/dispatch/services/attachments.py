"""Writes of attachments: what a crew photographed or said, kept with its incident."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from anlan.dispatch import selectors
from anlan.dispatch.errors import TooManyAttachmentsError
from anlan.dispatch.models import ATTACHMENTS_PER_INCIDENT_LIMIT, IncidentAttachment
from anlan.dispatch.services.incidents import locked_incident
from anlan.dispatch.services.steps import tell_incident, write_step
from anlan.kernel.access import Actor, require
from anlan.kernel.errors import DeniedError, InvalidError
from anlan.kernel.photos import clean_photo
from anlan.kernel.told_times import believable
from anlan.kernel.voice_notes import VOICE_LIMIT_S, voice_type

_STEP = {"PHOTO": "photo", "VOICE": "voice_note"}


@dataclass(frozen=True, slots=True)
class Taken:
    """What a device hands in: its bytes, how long it sounds, when the device says it was taken."""

    content: bytes
    seconds: int | None = None
    told_at: datetime | None = None


def add_photo(
    assignment_id: UUID, taken: Taken, *, actor: Actor, at: datetime
) -> IncidentAttachment:
    """Keep a photo with the incident of the crew's own assignment; only its pixels stay.

    Raises `DeniedError`, `UnknownAssignmentError`, `TooManyAttachmentsError`, and what
    `clean_photo` raises.
    """
    require(actor, "attachment.add_own")
    jpeg = clean_photo(taken.content)  # before the lock: it takes its time
    return _add(assignment_id, "PHOTO", ("image/jpeg", jpeg), taken, actor, at)


def add_voice_note(
    assignment_id: UUID, taken: Taken, *, actor: Actor, at: datetime
) -> IncidentAttachment:
    """Keep a voice note with the incident of the crew's own assignment.

    Raises `InvalidError` for one over `VOICE_LIMIT_S`, else as `add_photo` and `voice_type`.
    """
    require(actor, "attachment.add_own")
    if taken.seconds is None or not 1 <= taken.seconds <= VOICE_LIMIT_S:
        raise InvalidError(field="seconds", rule="at_most_120_seconds")
    sound = (voice_type(taken.content), taken.content)
    return _add(assignment_id, "VOICE", sound, taken, actor, at)


@transaction.atomic
def _add(
    assignment_id: UUID, kind: str, content: tuple[str, bytes], taken: Taken, actor: Actor,
    at: datetime,
) -> IncidentAttachment:  # fmt: skip
    assignment = selectors.assignment(assignment_id)
    if actor.unit_id != assignment.unit_id:
        raise DeniedError(permission="attachment.add")
    incident = locked_incident(assignment.incident_id)
    there = IncidentAttachment.objects.filter(incident=incident).count()
    if there >= ATTACHMENTS_PER_INCIDENT_LIMIT:
        raise TooManyAttachmentsError(limit=ATTACHMENTS_PER_INCIDENT_LIMIT)
    said = believable(taken.told_at, since=assignment.assigned_at, at=at)
    added = IncidentAttachment.objects.create(
        area=incident.area,
        incident=incident,
        ordinal=there + 1,
        kind=kind,
        content_type=content[0],
        content=content[1],
        seconds=taken.seconds,
        call_sign=assignment.call_sign,
        added_by=actor.id,
        added_at=at,
        told_at=said,
    )
    facts = {"unit": assignment.call_sign, "attachment_id": str(added.id)}
    state = (incident.state, incident.state)
    write_step(incident, _STEP[kind], state, facts, actor, at, said)
    tell_incident(incident, "incident.changed", at)
    return added
