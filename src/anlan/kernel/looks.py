"""Looks at protected fields: each states a purpose and stays on the record."""

from datetime import datetime
from uuid import UUID

from django.db import connection

from anlan.kernel.access import Actor, system_actor
from anlan.kernel.errors import InvalidError
from anlan.kernel.models import FieldLook
from anlan.kernel.retention import kept_for
from anlan.kernel.scope import scoped
from anlan.kernel.texts import clean_text

PURPOSE_MIN_CHARACTERS = 3
PURPOSE_MAX_CHARACTERS = 200
ERASE_BATCH_ROWS = 1_000
ERASER = system_actor("look-expiry", sees_sealed=True)


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


def looks_since(field: str, subject_id: UUID, since: datetime) -> int:
    """Return how often `field` of `subject_id` was looked at after a time."""
    looks = FieldLook.objects.filter(field=field, subject_id=subject_id, looked_at__gt=since)
    return looks.count()


def erase_old_looks(at: datetime) -> int:
    """Delete up to `ERASE_BATCH_ROWS` looks whose time is over; return how many.

    None of the last year, whatever the rule says: the database sees to that.
    """
    with scoped(ERASER), connection.cursor() as cursor:
        until = at - kept_for("look", at)
        cursor.execute("SELECT kernel_erase_looks(%s, %s)", [until, ERASE_BATCH_ROWS])
        return int(cursor.fetchone()[0])
