"""Photos that departments take for their parts."""

from datetime import datetime
from uuid import UUID

from anlan.casework.errors import PartPhotoError
from anlan.casework.models import ENDED_PARTS, PHOTOS_PER_PART_LIMIT, JointPhoto
from anlan.casework.services.joint_tasks.rows import locked_part, tell_task
from anlan.kernel.access import Actor, require
from anlan.kernel.moves import NotHeldError, Right
from anlan.kernel.photos import clean_photo

TAKING = Right("task.answer", holder_only=True)


def add_part_photo(part_id: UUID, uploaded: bytes, *, actor: Actor, at: datetime) -> JointPhoto:
    """Add a photo to an open part, cleaned of all metadata; only its department does.

    Raises `NotHeldError`, `PartPhotoError` for a part that has ended or has as many as it may, or
    what `clean_photo` raises.
    """
    require(actor, TAKING.permission)
    jpeg = clean_photo(uploaded)  # before the lock: it takes its time
    task, part = locked_part(part_id)
    if not TAKING.open_to(actor, part.organisation_id):
        raise NotHeldError(move="photo")
    taken = part.photos.count()
    if part.state in ENDED_PARTS or taken >= PHOTOS_PER_PART_LIMIT:
        raise PartPhotoError(limit=PHOTOS_PER_PART_LIMIT)
    photo = JointPhoto.objects.create(
        area=part.area,
        part=part,
        ordinal=taken + 1,
        jpeg=jpeg,
        added_by=actor.id,
        added_at=at,
    )
    tell_task(task, at)
    return photo
