"""Photos of cases: of what was found, and of what was done."""

from datetime import datetime
from uuid import UUID

from anlan.casework.errors import PhotoNotNowError, TooManyPhotosError
from anlan.casework.models import PHOTOS_PER_CASE_LIMIT, Case, CasePhoto
from anlan.casework.services.step_rows import locked_case
from anlan.casework.shapes import listed
from anlan.casework.transitions import PHOTO_RIGHTS, CaseState
from anlan.kernel.access import Actor
from anlan.kernel.moves import NotHeldError, require_one
from anlan.kernel.outbox import publish
from anlan.kernel.photos import clean_photo

PHASE_OF_STATE = {CaseState.FILED: "FILED", CaseState.ASSIGNED: "HANDLED"}


def add_photo(*, case_id: UUID, uploaded: bytes, actor: Actor, at: datetime) -> CasePhoto:
    """Add a photo to a case, cleaned of all metadata; its phase follows from the case's state.

    Raises `DeniedError`, `UnknownCaseError`, `PhotoNotNowError`, `NotHeldError`,
    `TooManyPhotosError`, or what `clean_photo` raises.
    """
    require_one(actor, tuple(PHOTO_RIGHTS.values()))
    jpeg = clean_photo(uploaded)  # before the lock: it takes its time
    case = locked_case(case_id)
    state = CaseState(case.state)
    if state not in PHOTO_RIGHTS:
        raise PhotoNotNowError(state=state)
    if not PHOTO_RIGHTS[state].open_to(actor, case.organisation_id):
        raise NotHeldError(move="photo")
    taken = CasePhoto.objects.filter(case_id=case.id).count()
    if taken >= PHOTOS_PER_CASE_LIMIT:
        raise TooManyPhotosError(limit=PHOTOS_PER_CASE_LIMIT)
    photo = insert_photo(case, taken + 1, jpeg, actor=actor, at=at)
    publish("case.changed", area=case.area, subject_id=case.id, body=listed(case), at=at)
    return photo


def insert_photo(case: Case, ordinal: int, jpeg: bytes, *, actor: Actor, at: datetime) -> CasePhoto:
    """Keep a cleaned photo of a locked case; its phase follows from the case's state."""
    return CasePhoto.objects.create(
        area=case.area,
        case=case,
        ordinal=ordinal,
        phase=PHASE_OF_STATE[CaseState(case.state)],
        jpeg=jpeg,
        added_by=actor.id,
        added_at=at,
    )
