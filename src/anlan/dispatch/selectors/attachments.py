"""Photos and voice notes of an incident."""

from uuid import UUID

from anlan.dispatch.errors import UnknownAttachmentError
from anlan.dispatch.models import IncidentAttachment


def attachments(incident_id: UUID) -> list[IncidentAttachment]:
    """Return what crews attached to an incident, oldest first, without the content."""
    rows = IncidentAttachment.objects.filter(incident_id=incident_id).defer("content")
    return list(rows.order_by("ordinal"))


def attachment(attachment_id: UUID) -> IncidentAttachment:
    """Return one attachment in scope with its content, or raise `UnknownAttachmentError`."""
    found = IncidentAttachment.objects.filter(pk=attachment_id).first()
    if found is None:
        raise UnknownAttachmentError
    return found
