"""Looks at protected fields: each states a purpose and stays on the record."""

from datetime import datetime
from uuid import UUID

from anlan.kernel.access import Actor
from anlan.kernel.errors import InvalidError
from anlan.kernel.models import FieldLook
from anlan.kernel.texts import clean_text

PURPOSE_MIN_CHARACTERS = 3
PURPOSE_MAX_CHARACTERS = 200


def record_look(
    actor: Actor, *, field: str, subject_id: UUID, area: int, purpose: str, at: datetime
) -> None:
    """Write down that `actor` looks at `field` of `subject_id`; without a purpose nobody looks."""
    stated = clean_text(purpose, field="purpose", limit_characters=PURPOSE_MAX_CHARACTERS)
    if len(stated) < PURPOSE_MIN_CHARACTERS:
        raise InvalidError(code="look.purpose", field="purpose", rule="3_to_200_characters")
    FieldLook.objects.create(
        area=area,
        actor_id=actor.id,
        actor_name=actor.name,
        field=field,
        subject_id=subject_id,
        purpose=stated,
        looked_at=at,
    )
