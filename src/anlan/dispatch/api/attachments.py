"""HTTP of attachments: photos and voice notes of crews."""

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import File, Query, Router, Status, UploadedFile

from anlan.dispatch import selectors
from anlan.dispatch.api.incidents import AttachmentOut
from anlan.dispatch.services import attachments as services
from anlan.dispatch.services.attachments import Taken
from anlan.kernel import clock
from anlan.kernel.access import require
from anlan.kernel.errors import TooLargeError
from anlan.kernel.http import actor_of
from anlan.kernel.photos import UPLOAD_LIMIT_BYTES
from anlan.kernel.purposes import require_sight
from anlan.kernel.voice_notes import VOICE_LIMIT_BYTES, VOICE_LIMIT_S
from anlan.kernel.zones import DeviceMoment
from anlan.orgs.protected import EVIDENCE

router = Router()


@router.post(
    "/assignments/{assignment_id}/photos",
    response={201: AttachmentOut},
    operation_id="add_assignment_photo",
)
def post_photo(
    request: HttpRequest,
    assignment_id: UUID,
    photo: File[UploadedFile],
    told_at: DeviceMoment | None = None,
) -> Status[AttachmentOut]:
    """Add a photo of at most 5 MB from the scene: JPEG, PNG or WebP. Only its pixels are kept."""
    if (photo.size or 0) > UPLOAD_LIMIT_BYTES:
        raise TooLargeError(code="photo.too_large", field="photo", rule="at_most_5_mb")
    taken = Taken(photo.read(), told_at=told_at)
    added = services.add_photo(assignment_id, taken, actor=actor_of(request), at=clock.now())
    return Status(201, AttachmentOut.model_validate(added, from_attributes=True))


@router.post(
    "/assignments/{assignment_id}/voice-notes",
    response={201: AttachmentOut},
    operation_id="add_voice_note",
)
def post_voice_note(
    request: HttpRequest,
    assignment_id: UUID,
    voice: File[UploadedFile],
    seconds: Annotated[int, Query(..., ge=1, le=VOICE_LIMIT_S)],
    told_at: DeviceMoment | None = None,
) -> Status[AttachmentOut]:
    """Add a voice note of at most 1 MB and 120 seconds: WebM, Ogg or MP4, sound alone."""
    if (voice.size or 0) > VOICE_LIMIT_BYTES:
        raise TooLargeError(code="voice.too_large", field="voice", rule="at_most_1_mb")
    taken = Taken(voice.read(), seconds=seconds, told_at=told_at)
    added = services.add_voice_note(assignment_id, taken, actor=actor_of(request), at=clock.now())
    return Status(201, AttachmentOut.model_validate(added, from_attributes=True))


@router.get(
    "/attachments/{attachment_id}",
    operation_id="get_attachment",
    openapi_extra={"responses": {200: {"content": {"image/jpeg": {}, "audio/*": {}}}}},
)
def get_attachment(request: HttpRequest, attachment_id: UUID) -> HttpResponse:
    """Return a photo as JPEG, a voice note as it was recorded."""
    require(actor_of(request), "incident.read")
    require_sight(actor_of(request), EVIDENCE)
    found = selectors.attachment(attachment_id)
    return HttpResponse(bytes(found.content), content_type=found.content_type)
